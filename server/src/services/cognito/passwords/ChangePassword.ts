import { signInFailures } from "../../../store/sign-in-failures.ts";
import { refuseTooMany } from "../codes/code.ts";
import { cognito } from "../cognito.ts";
import { recordStep } from "../risk/auth-event.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { isLocked, noteFailure } from "../sign-in/attempts.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { makePassword, requireUnusedPassword, setPassword } from "./set-password.ts";
import { checkPassword } from "./verifier.ts";

export const ChangePassword = cognito("ChangePassword", {
  // Passwords are checked and made outside any transaction.
  transaction: "own",

  resource: async (input, call) => ({
    arn: "*",
    public: true as const,
    ...(await requireAccessToken(call, call.tx, input.AccessToken)),
  }),

  async handle(input, call, context) {
    const { user } = context;
    const { PreviousPassword, ProposedPassword } = input;
    // Who has never had a password, having signed in without, need not know one (API reference, PreviousPassword).
    if (user.password_sealed !== null) {
      const { store } = call.environment;
      const key = user.user_id;
      const failures = await store.read((tx) => signInFailures.find(tx, key));
      // Guesses count as those of a sign-in do: who found a token lying about must not find the password by it.
      if (isLocked(call, failures)) refuseTooMany(call);
      const claimed = { poolId: user.pool_id, username: user.username, user };
      if (PreviousPassword === undefined || !(await checkPassword(call.environment, claimed, PreviousPassword))) {
        await store.write(async (tx) => {
          await noteFailure(call, tx, key);
          await recordStep(call, tx, context, user, {}, { type: "PasswordChange", response: "Fail" });
        });
        call.fail("NotAuthorizedException", "Incorrect username or password.");
      }
    }
    const made = await makePassword(call, context, user, ProposedPassword, { temporary: false });
    await requireUnusedPassword(call, context, user, ProposedPassword);
    await call.environment.store.write(async (tx) => {
      await recordStep(call, tx, context, user, {}, { type: "PasswordChange", response: "Pass" });
      await setPassword(call, tx, context, await rereadPoolUser(call, tx, user), made, "CONFIRMED");
    });
    return {};
  },
});
