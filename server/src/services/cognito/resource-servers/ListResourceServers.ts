import { resourceServers } from "../../../store/resource-servers.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { resourceServerShape } from "./resource-server.ts";

export const ListResourceServers = cognito("ListResourceServers", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const limit =
      input.MaxResults ??
      // Recorded from AWS, 2025: the model calls it optional, and AWS takes its absence for 0.
      call.fail(
        "InvalidParameterException",
        "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
      );
    const after = decodeNextToken(call, input.NextToken);
    const found = await resourceServers.list(call.tx, pool.pool_id, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (server) => server.identifier);
    return { ResourceServers: rows.map(resourceServerShape), ...more };
  },
});
