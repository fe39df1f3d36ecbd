import { cognito } from "../cognito.ts";
import { appClientShape, requireAppClient, secretOf } from "./user-pool-client.ts";

export const DescribeUserPoolClient = cognito("DescribeUserPoolClient", {
  resource: (input, call) => requireAppClient(call, input.UserPoolId, input.ClientId),

  handle: async (_input, call, { client }) => ({
    UserPoolClient: appClientShape(client, await secretOf(call.environment, call.tx, client.client_id)),
  }),
});
