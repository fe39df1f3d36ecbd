import { poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";

export const DeleteWebAuthnCredential = cognito("DeleteWebAuthnCredential", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { user } = await requireAccessToken(call, call.tx, input.AccessToken);
    if (!(await poolUserPasskeys.delete(call.tx, user.user_id, input.CredentialId))) {
      // The text is ours.
      call.fail("ResourceNotFoundException", "Credential does not exist.");
    }
    return {};
  },
});
