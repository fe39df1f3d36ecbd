import { checkCode, refuseCode } from "../codes/code.ts";
import { cognito } from "../cognito.ts";
import { recordStep } from "../risk/auth-event.ts";
import { afterConfirmation } from "../sign-up/confirmation.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { findPublicUser, hidesUsers, noSuchPublicUser } from "../users/public-user.ts";
import { makePassword, requireUnusedPassword, setPassword } from "./set-password.ts";

export const ConfirmForgotPassword = cognito("ConfirmForgotPassword", {
  // A wrong code stays counted though the request is refused.
  transaction: "own",

  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { store } = call.environment;
    const { context, user: found } = await store.read((tx) => findPublicUser(call, tx, input));
    if (found === undefined) return hidesUsers(context) ? refuseCode(call, "none") : noSuchPublicUser(call);
    const made = await makePassword(call, context, found, input.Password, { temporary: false });
    const given = { userId: found.user_id, purpose: "forgot-password", code: input.ConfirmationCode } as const;
    const seen = await store.write((tx) => checkCode(call, tx, { ...given, keeps: true }));
    if (seen !== "match") return refuseCode(call, seen);
    // Who has no code must not learn which passwords were used before; who has one may try another password with it.
    await requireUnusedPassword(call, context, found, input.Password);
    const outcome = await store.write(async (tx) => {
      const user = await rereadPoolUser(call, tx, found);
      const checked = await checkCode(call, tx, given);
      if (checked !== "match") return checked;
      await recordStep(call, tx, context, user, input, { type: "PasswordChange", response: "Pass" });
      return setPassword(call, tx, context, user, made, "CONFIRMED");
    });
    if (typeof outcome === "string") return refuseCode(call, outcome);
    await afterConfirmation(call, context, outcome, "ConfirmForgotPassword", {
      clientId: input.ClientId,
      clientMetadata: input.ClientMetadata,
    });
    return {};
  },
});
