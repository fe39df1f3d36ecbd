import { poolUsers } from "../../../store/pool-users.ts";
import { forgetCodes } from "../codes/code.ts";
import { cognito } from "../cognito.ts";
import { syncAliases, takenAlias } from "../users/aliases.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { afterConfirmation, requireUnconfirmed } from "./confirmation.ts";

export const AdminConfirmSignUp = cognito("AdminConfirmSignUp", {
  // The trigger is called once the user is confirmed.
  transaction: "own",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, context) {
    const { now } = call;
    const confirmed = await call.environment.store.write(async (tx) => {
      const user = await rereadPoolUser(call, tx, context.user);
      requireUnconfirmed(call, user);
      // Addresses stay unverified: nobody has proved to read what is sent there.
      const after = { ...user, status: "CONFIRMED", modified_at: now };
      const taken = await syncAliases(tx, context, user, after, { now, moves: false });
      if (taken !== undefined) call.fail("InvalidParameterException", takenAlias(taken));
      await poolUsers.update(tx, user, after);
      await forgetCodes(tx, user.user_id, "sign-up");
      return after;
    });
    await afterConfirmation(call, context, confirmed, "ConfirmSignUp", { clientMetadata: input.ClientMetadata });
  },
});
