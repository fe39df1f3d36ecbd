import { cognito } from "../cognito.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { makePassword, requireUnusedPassword, setPassword } from "./set-password.ts";

export const AdminSetUserPassword = cognito("AdminSetUserPassword", {
  // A password's verifier is made outside any transaction.
  transaction: "own",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, context) {
    const { user } = context;
    // Who came by an identity provider may sign in with it here, too, and is CONFIRMED then (API reference).
    const temporary = input.Permanent !== true;
    const made = await makePassword(call, context, user, input.Password, { temporary });
    if (!temporary) await requireUnusedPassword(call, context, user, input.Password);
    await call.environment.store.write(async (tx) => {
      const current = await rereadPoolUser(call, tx, user);
      await setPassword(call, tx, context, current, made, temporary ? "FORCE_CHANGE_PASSWORD" : "CONFIRMED");
    });
    return {};
  },
});
