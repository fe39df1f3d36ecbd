import { terms } from "../../../store/terms.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { termsListItem } from "./terms.ts";

const largestPage = 60;

export const ListTerms = cognito("ListTerms", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const limit = input.MaxResults ?? largestPage;
    const after = decodeNextToken(call, input.NextToken);
    const found = await terms.list(call.tx, pool.pool_id, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (row) => row.terms_id);
    return { Terms: rows.map(termsListItem), ...more };
  },
});
