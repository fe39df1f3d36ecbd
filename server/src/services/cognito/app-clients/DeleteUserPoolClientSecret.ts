import { appClients } from "../../../store/app-clients.ts";
import { cognito } from "../cognito.ts";
import { requireAppClient } from "./user-pool-client.ts";

export const DeleteUserPoolClientSecret = cognito("DeleteUserPoolClientSecret", {
  resource: (input, call) => requireAppClient(call, input.UserPoolId, input.ClientId),

  async handle(input, call, { client }) {
    const secrets = await appClients.listSecrets(call.tx, client.client_id);
    const id = input.ClientSecretId;
    // The texts are ours.
    if (!secrets.some(({ secret_id }) => secret_id === id)) {
      call.fail("ResourceNotFoundException", `Client secret ${id} does not exist.`);
    }
    if (secrets.length === 1) {
      call.fail("InvalidParameterException", "The only secret of a client cannot be deleted.");
    }
    await appClients.deleteSecret(call.tx, client.client_id, id);
  },
});
