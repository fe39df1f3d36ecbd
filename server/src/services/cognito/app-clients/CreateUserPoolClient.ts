import { base32Number } from "../../../runtime/ids.ts";
import { appClients } from "../../../store/app-clients.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { checkClient, clientConfiguration } from "./client-settings.ts";
import { surroundings } from "./surroundings.ts";
import { appClientShape, newSecret } from "./user-pool-client.ts";

/** Tests that must know a client's id beforehand ask for one in its name, which AWS allows `=` in and no colon. */
const chosenId = /^_custom_id_=([\w+]{1,116})$/;

export const CreateUserPoolClient = cognito("CreateUserPoolClient", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { environment, tx, now } = call;
    const { UserPoolId, ClientName, GenerateSecret, ClientSecret, ...given } = input;
    if (GenerateSecret === true && ClientSecret !== undefined) {
      // The text is ours.
      call.fail("InvalidParameterException", "GenerateSecret and ClientSecret cannot be used together.");
    }
    const hasSecret = GenerateSecret === true || ClientSecret !== undefined;
    const configuration = clientConfiguration(given);
    await checkClient(call, configuration, surroundings(tx, pool, "creating", hasSecret));
    const most = environment.quotas.AppClientsPerUserPool;
    if ((await appClients.count(tx, pool.pool_id)) >= most) {
      // The text is ours.
      call.fail("LimitExceededException", `Cannot exceed the quota of ${most} app clients.`);
    }
    const chosen = chosenId.exec(ClientName)?.[1];
    if (chosen !== undefined && (await appClients.find(tx, chosen)) !== undefined) {
      call.fail("InvalidParameterException", `There is a client ${chosen} already.`);
    }
    const client = {
      client_id: chosen ?? base32Number(call.random, 130),
      pool_id: pool.pool_id,
      name: ClientName,
      created_at: now,
      modified_at: now,
      configuration_json: JSON.stringify(configuration),
    };
    await appClients.insert(tx, client);
    const secret = hasSecret ? newSecret(environment, client.client_id, now, ClientSecret) : undefined;
    if (secret !== undefined) await appClients.insertSecret(tx, secret.row);
    return { UserPoolClient: appClientShape(client, secret?.value) };
  },
});
