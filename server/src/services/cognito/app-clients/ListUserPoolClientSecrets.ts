import { appClients } from "../../../store/app-clients.ts";
import { cognito } from "../cognito.ts";
import { requireAppClient } from "./user-pool-client.ts";

/** Their ids and ages: what they are is told once, when they are made. */
export const ListUserPoolClientSecrets = cognito("ListUserPoolClientSecrets", {
  resource: (input, call) => requireAppClient(call, input.UserPoolId, input.ClientId),

  handle: async (_input, call, { client }) => ({
    // A client has two at most, so that there is no second page.
    ClientSecrets: (await appClients.listSecrets(call.tx, client.client_id)).map(({ secret_id, created_at }) => ({
      ClientSecretId: secret_id,
      ClientSecretCreateDate: new Date(created_at),
    })),
  }),
});
