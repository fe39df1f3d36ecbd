import { appClients } from "../../../store/app-clients.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";

/** What a page holds where nothing is said: as many as it may. */
const mostOfPage = 60;

export const ListUserPoolClients = cognito("ListUserPoolClients", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    // There is no dynamic registration of clients yet, so that all of them are regular ones.
    if (input.ClientType === "DCR") return { UserPoolClients: [] };
    const limit = input.MaxResults ?? mostOfPage;
    const after = decodeNextToken(call, input.NextToken);
    const found = await appClients.list(call.tx, pool.pool_id, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (client) => client.client_id);
    return {
      UserPoolClients: rows.map(({ client_id, pool_id, name }) => ({
        ClientId: client_id,
        UserPoolId: pool_id,
        ClientName: name,
      })),
      ...more,
    };
  },
});
