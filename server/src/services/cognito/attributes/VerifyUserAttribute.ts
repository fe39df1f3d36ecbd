import { poolUserPendingAttributes } from "../../../store/pool-user-pending-attributes.ts";
import { checkCode, refuseCode } from "../codes/code.ts";
import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { updatePoolUser } from "../users/aliases.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { requireAddress } from "./address-to-verify.ts";

export const VerifyUserAttribute = cognito("VerifyUserAttribute", {
  // A wrong code is counted, though the operation is refused.
  transaction: "own",

  resource: async (input, call) => ({
    arn: "*",
    public: true as const,
    authorized: await requireAccessToken(call, call.tx, input.AccessToken),
  }),

  async handle({ AttributeName, Code }, call, { authorized: context }) {
    const outcome = await call.environment.store.write(async (tx) => {
      const user = await rereadPoolUser(call, tx, context.user);
      const { attribute: name, destination } = await requireAddress(call, tx, user, AttributeName);
      const purpose = `verify-${name}` as const;
      const outcome = await checkCode(call, tx, { userId: user.user_id, purpose, code: Code, destination });
      if (outcome === "match") {
        const attributes = { ...user.attributes, [name]: destination, [`${name}_verified`]: "true" };
        await updatePoolUser(call, tx, context, user, { ...user, attributes, modified_at: call.now });
        await poolUserPendingAttributes.delete(tx, user.user_id, name);
      }
      return outcome;
    });
    if (outcome !== "match") refuseCode(call, outcome);
  },
});
