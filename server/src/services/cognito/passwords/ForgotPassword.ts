import { cognito } from "../cognito.ts";
import { recordStep } from "../risk/auth-event.ts";
import { canMigrate, migrateUser } from "../users/migration.ts";
import { findPublicUser, hidesUsers, noSuchPublicUser, simulatedDelivery } from "../users/public-user.ts";
import { canRecover, requireRecovery, sendResetCode } from "./reset.ts";

export const ForgotPassword = cognito("ForgotPassword", {
  // A trigger may word the message.
  transaction: "own",

  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { ClientId: clientId, ClientMetadata: clientMetadata } = input;
    const { context, user: found } = await call.environment.store.read((tx) => findPublicUser(call, tx, input));
    const user =
      found === undefined && canMigrate(call, context)
        ? await migrateUser(call, context, input.Username, { clientMetadata })
        : found;
    // Nobody, somebody disabled and somebody whom no code can reach look alike (developer guide, user existence errors).
    if (hidesUsers(context) && (user === undefined || !canRecover(context, user))) {
      return { CodeDeliveryDetails: simulatedDelivery(call, context, input.Username) };
    }
    if (user === undefined) return noSuchPublicUser(call);
    const address = requireRecovery(call, context, user);
    const from = { clientId, clientMetadata };
    const CodeDeliveryDetails = await sendResetCode(call, context, user, address, from, (tx) =>
      recordStep(call, tx, context, user, input, { type: "ForgotPassword", response: "Pass" }),
    );
    return { CodeDeliveryDetails };
  },
});
