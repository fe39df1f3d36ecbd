import { appClients } from "../../../store/app-clients.ts";
import { cognito } from "../cognito.ts";
import { newSecret, requireAppClient } from "./user-pool-client.ts";

export const AddUserPoolClientSecret = cognito("AddUserPoolClientSecret", {
  resource: (input, call) => requireAppClient(call, input.UserPoolId, input.ClientId),

  async handle(input, call, { client }) {
    const { quotas } = call.environment;
    const secrets = await appClients.listSecrets(call.tx, client.client_id);
    if (secrets.length === 0) {
      // API reference: a client that was made without a secret cannot get one. The text is ours, as the next one.
      call.fail("InvalidParameterException", `Client ${client.client_id} is a public client and has no secret.`);
    }
    if (secrets.length >= quotas.SecretsPerAppClient) {
      call.fail("LimitExceededException", `Cannot exceed the quota of ${quotas.SecretsPerAppClient} client secrets.`);
    }
    // They are kept in the order of their times, even if the clock stands still.
    const now = Math.max(call.now, ...secrets.map(({ created_at }) => created_at + 1));
    const { row, value } = newSecret(call.environment, client.client_id, now, input.ClientSecret);
    await appClients.insertSecret(call.tx, row);
    return {
      ClientSecretDescriptor: {
        ClientSecretId: row.secret_id,
        // Told once, and only where the caller did not choose it.
        ClientSecretValue: input.ClientSecret === undefined ? value : undefined,
        ClientSecretCreateDate: new Date(row.created_at),
      },
    };
  },
});
