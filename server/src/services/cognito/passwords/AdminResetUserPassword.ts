import { poolUsers } from "../../../store/pool-users.ts";
import { cognito } from "../cognito.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { requireRecovery, sendResetCode } from "./reset.ts";

export const AdminResetUserPassword = cognito("AdminResetUserPassword", {
  // A trigger may word the message.
  transaction: "own",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, context) {
    const { user } = context;
    if (user.status === "UNCONFIRMED") {
      // As of users with a temporary password.
      call.fail("NotAuthorizedException", "User password cannot be reset in the current state.");
    }
    const address = requireRecovery(call, context, user);
    await sendResetCode(call, context, user, address, { clientMetadata: input.ClientMetadata }, async (tx) => {
      const current = await rereadPoolUser(call, tx, user);
      await poolUsers.update(tx, current, { ...current, status: "RESET_REQUIRED", modified_at: call.now });
    });
  },
});
