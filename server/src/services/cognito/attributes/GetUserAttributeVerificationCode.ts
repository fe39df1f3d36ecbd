import { refuseTooMany, requestCode } from "../codes/code.ts";
import { cognito } from "../cognito.ts";
import { customMessage } from "../messages/custom-message.ts";
import { sendCode } from "../messages/outbox.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { requireAddress } from "./address-to-verify.ts";

export const GetUserAttributeVerificationCode = cognito("GetUserAttributeVerificationCode", {
  transaction: "own",

  async resource(input, call) {
    const authorized = await requireAccessToken(call, call.tx, input.AccessToken);
    const address = await requireAddress(call, call.tx, authorized.user, input.AttributeName);
    return { arn: "*", public: true as const, authorized, address };
  },

  async handle({ AttributeName, ClientMetadata }, call, { authorized: context, address: planned }) {
    const { pool, user, client } = context;
    const occasion = { kind: "VerifyUserAttribute" as const, medium: planned.medium, clientId: client.client_id };
    const custom = await customMessage(call, context, user, { ...occasion, clientMetadata: ClientMetadata });
    const CodeDeliveryDetails = await call.environment.store.write(async (tx) => {
      const current = await rereadPoolUser(call, tx, user);
      const address = await requireAddress(call, tx, current, AttributeName);
      const purpose = `verify-${address.attribute}` as const;
      const { destination } = address;
      const code = await requestCode(call, tx, { poolId: pool.pool_id, userId: user.user_id, purpose, destination });
      if (code === undefined) return refuseTooMany(call);
      return sendCode(call, tx, { ...occasion, context, user: current, address, code, custom });
    });
    return { CodeDeliveryDetails };
  },
});
