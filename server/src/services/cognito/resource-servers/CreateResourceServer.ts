import { resourceServers } from "../../../store/resource-servers.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { readScopes, resourceServerShape } from "./resource-server.ts";

export const CreateResourceServer = cognito("CreateResourceServer", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const scopes = readScopes(call, input.Scopes);
    // Both texts are ours: the first one is AWS's of identity providers.
    if ((await resourceServers.find(call.tx, pool.pool_id, input.Identifier)) !== undefined) {
      call.fail("InvalidParameterException", `${input.Identifier} already exists in user pool ${pool.pool_id}.`);
    }
    const quota = call.environment.quotas.ResourceServersPerUserPool;
    if ((await resourceServers.count(call.tx, pool.pool_id)) >= quota) {
      call.fail("LimitExceededException", `Cannot exceed the quota of ${quota} resource servers.`);
    }
    const server = { pool_id: pool.pool_id, identifier: input.Identifier, name: input.Name, scopes };
    await resourceServers.insert(call.tx, server);
    return { ResourceServer: resourceServerShape(server) };
  },
});
