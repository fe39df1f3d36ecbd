import { appClients } from "../../../store/app-clients.ts";
import { cognito } from "../cognito.ts";
import { requireAppClient } from "./user-pool-client.ts";

export const DeleteUserPoolClient = cognito("DeleteUserPoolClient", {
  resource: (input, call) => requireAppClient(call, input.UserPoolId, input.ClientId),

  handle: (_input, call, { client }) => appClients.delete(call.tx, client.client_id),
});
