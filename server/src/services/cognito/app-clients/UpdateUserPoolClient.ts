import { appClients } from "../../../store/app-clients.ts";
import { cognito } from "../cognito.ts";
import { checkClient, clientConfiguration } from "./client-settings.ts";
import { surroundings } from "./surroundings.ts";
import { appClientShape, requireAppClient, secretOf } from "./user-pool-client.ts";

export const UpdateUserPoolClient = cognito("UpdateUserPoolClient", {
  resource: (input, call) => requireAppClient(call, input.UserPoolId, input.ClientId),

  async handle(input, call, { pool, client }) {
    const { UserPoolId, ClientId, ClientName, ...given } = input;
    const secret = await secretOf(call.environment, call.tx, client.client_id);
    const configuration = clientConfiguration(given);
    const around = surroundings(call.tx, pool, "updating", secret !== undefined);
    await checkClient(call, configuration, around);
    const changed = {
      ...client,
      name: ClientName ?? client.name,
      modified_at: call.now,
      configuration_json: JSON.stringify(configuration),
    };
    await appClients.update(call.tx, changed);
    return { UserPoolClient: appClientShape(changed, secret) };
  },
});
