import { poolUsers } from "../../../store/pool-users.ts";
import { checkCode, refuseCode } from "../codes/code.ts";
import { cognito } from "../cognito.ts";
import { signUpAddress } from "../messages/address.ts";
import { useAuthSession } from "../sign-in/auth-session.ts";
import { openSignUpSession, signUpSession } from "../sign-in/auto-sign-in.ts";
import { syncAliases } from "../users/aliases.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { findPublicUser, hidesUsers, noSuchPublicUser } from "../users/public-user.ts";
import { afterConfirmation, requireUnconfirmed } from "./confirmation.ts";

export const ConfirmSignUp = cognito("ConfirmSignUp", {
  // A wrong code stays counted though the request is refused.
  transaction: "own",

  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { store } = call.environment;
    const { context, user: found } = await store.read((tx) => findPublicUser(call, tx, input));
    if (found === undefined) return hidesUsers(context) ? refuseCode(call, "none") : noSuchPublicUser(call);
    const outcome = await store.write(async (tx) => {
      const user = await rereadPoolUser(call, tx, found);
      if (input.Session !== undefined) {
        const session = await openSignUpSession(call, tx, context, user, input.Session, "SIGN_UP");
        await useAuthSession(call, tx, session);
      }
      requireUnconfirmed(call, user);
      const address = signUpAddress(context.configuration, user.attributes);
      const checked = await checkCode(call, tx, {
        userId: user.user_id,
        purpose: "sign-up",
        code: input.ConfirmationCode,
        destination: address?.destination,
      });
      if (checked !== "match" || address === undefined) return checked;
      const attributes = { ...user.attributes, [`${address.attribute}_verified`]: "true" };
      const after = { ...user, attributes, status: "CONFIRMED", modified_at: call.now };
      const moves = input.ForceAliasCreation ?? false;
      const taken = await syncAliases(tx, context, user, after, { now: call.now, moves });
      // Refused in the transaction, so that the code is still good for another try that moves the alias.
      if (taken !== undefined) {
        call.fail("AliasExistsException", `An account with the ${taken.name} already exists.`);
      }
      await poolUsers.update(tx, user, after);
      return after;
    });
    if (typeof outcome === "string") return refuseCode(call, outcome === "match" ? "none" : outcome);
    await afterConfirmation(call, context, outcome, "ConfirmSignUp", {
      clientId: input.ClientId,
      clientMetadata: input.ClientMetadata,
    });
    // Only who signed up just now, and says so, goes on from here.
    return input.Session === undefined ? {} : { Session: signUpSession(call, context, outcome, "CONFIRMED_SIGN_UP") };
  },
});
