import { resourceServers } from "../../../store/resource-servers.ts";
import { cognito } from "../cognito.ts";
import { requireResourceServer } from "./resource-server.ts";

export const DeleteResourceServer = cognito("DeleteResourceServer", {
  resource: (input, call) => requireResourceServer(call, input),

  async handle(_input, call, { pool, server }) {
    await resourceServers.delete(call.tx, pool.pool_id, server.identifier);
  },
});
