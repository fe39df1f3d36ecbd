import { poolUserTotp } from "../../../store/pool-user-totp.ts";
import { poolUsers } from "../../../store/pool-users.ts";
import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { mfaPreferences, storedPreferences } from "./mfa.ts";

export const AdminDeleteSoftwareToken = cognito("AdminDeleteSoftwareToken", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(_input, call, { user }) {
    if (user.status === "UNCONFIRMED") call.fail("UserNotConfirmedException", "User is not confirmed.");
    if (!(await poolUserTotp.deleteOfUser(call.tx, user.user_id))) {
      // The text is ours.
      call.fail("ResourceNotFoundException", "User has not set up software token mfa");
    }
    const { SOFTWARE_TOKEN_MFA: _, ...others } = mfaPreferences(user);
    const mfa_json = storedPreferences(others);
    await poolUsers.update(call.tx, user, { ...user, mfa_json, modified_at: call.now });
    return {};
  },
});
