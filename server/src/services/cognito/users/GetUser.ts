import type { CognitoApi } from "../../../contract/cognito.ts";
import { readableAttributes } from "../attributes/attribute-rules.ts";
import { cognito } from "../cognito.ts";
import { mfaOptions } from "../mfa/mfa.ts";
import { type Authorized, requireAccessToken } from "../sessions/access-token.ts";
import { mfaShape } from "./mfa-shape.ts";
import { attributeList } from "./pool-user.ts";

export const GetUser = cognito("GetUser", {
  resource: () => ({ arn: "*", public: true as const }),

  handle(input, call) {
    const authorized = requireAccessToken(call, call.tx, input.AccessToken);
    // Most requests find all of it in memory, and are answered without a wait.
    return authorized instanceof Promise ? authorized.then(answer) : answer(authorized);
  },
});

/** Attributes that the client may read. */
function answer({ user, clientConfiguration }: Authorized): CognitoApi["GetUser"]["output"] {
  return {
    Username: user.username,
    UserAttributes: readableAttributes(clientConfiguration, attributeList(user)),
    ...mfaOptions(user),
    ...mfaShape(user),
  };
}
