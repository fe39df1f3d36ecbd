import { authEvents } from "../../../store/auth-events.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { authEventShape } from "./auth-event.ts";
import { requireThreatProtection } from "./risk-configuration.ts";

/** "Returns 60 events if you set MaxResults to 0, or if you don't include a MaxResults parameter" (API reference). */
const mostOfPage = 60;

export const AdminListUserAuthEvents = cognito("AdminListUserAuthEvents", {
  transaction: "read",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, { configuration, user }) {
    requireThreatProtection(call, configuration);
    const limit = input.MaxResults || mostOfPage;
    const key = decodeNextToken(call, input.NextToken);
    const before = key === "" ? Number.MAX_SAFE_INTEGER : Number(key);
    const found = await authEvents.list(call.tx, user.user_id, before, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (event) => String(event.number));
    return { AuthEvents: rows.map(authEventShape), ...more };
  },
});
