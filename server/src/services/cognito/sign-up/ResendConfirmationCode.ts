import { refuseTooMany, requestCode } from "../codes/code.ts";
import { cognito } from "../cognito.ts";
import { signUpAddress } from "../messages/address.ts";
import { customMessage } from "../messages/custom-message.ts";
import { sendCode } from "../messages/outbox.ts";
import { recordStep } from "../risk/auth-event.ts";
import { findPublicUser, hidesUsers, noSuchPublicUser, simulatedDelivery } from "../users/public-user.ts";

export const ResendConfirmationCode = cognito("ResendConfirmationCode", {
  // A trigger may word the message.
  transaction: "own",

  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { store } = call.environment;
    const { ClientId: clientId, ClientMetadata: clientMetadata } = input;
    const { context, user } = await store.read((tx) => findPublicUser(call, tx, input));
    if (user === undefined) {
      if (!hidesUsers(context)) return noSuchPublicUser(call);
      return { CodeDeliveryDetails: simulatedDelivery(call, context, input.Username) };
    }
    // Reported from AWS (amazon-cognito-identity-js#525, 2017), as the next one.
    if (user.status !== "UNCONFIRMED") call.fail("InvalidParameterException", "User is already confirmed.");
    const address = signUpAddress(context.configuration, user.attributes);
    if (address === undefined) return call.fail("InvalidParameterException", "Auto verification not turned on.");
    const kind = "ResendCode";
    const { medium, destination } = address;
    const custom = await customMessage(call, context, user, { kind, medium, clientId, clientMetadata });
    const CodeDeliveryDetails = await store.write(async (tx) => {
      const code = await requestCode(call, tx, {
        poolId: user.pool_id,
        userId: user.user_id,
        purpose: "sign-up",
        destination,
      });
      if (code === undefined) return undefined;
      await recordStep(call, tx, context, user, input, { type: "ResendCode", response: "Pass" });
      return sendCode(call, tx, { context, user, kind, address, code, clientId, custom });
    });
    return { CodeDeliveryDetails: CodeDeliveryDetails ?? refuseTooMany(call) };
  },
});
