import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { requireWritable } from "./attribute-rules.ts";
import { updateAttributes } from "./update-attributes.ts";

export const UpdateUserAttributes = cognito("UpdateUserAttributes", {
  transaction: "own",

  resource: async (input, call) => ({
    arn: "*",
    public: true as const,
    authorized: await requireAccessToken(call, call.tx, input.AccessToken),
  }),

  async handle({ UserAttributes, ClientMetadata }, call, { authorized }) {
    const { user, client, clientConfiguration } = authorized;
    requireWritable(
      call,
      clientConfiguration,
      UserAttributes.map(({ Name }) => Name),
    );
    const sent = await updateAttributes(call, authorized, user, {
      given: UserAttributes,
      clientId: client.client_id,
      clientMetadata: ClientMetadata,
    });
    // Where none were sent there is no list (recorded from AWS, 2026-09).
    return { CodeDeliveryDetailsList: sent.length > 0 ? sent : undefined };
  },
});
