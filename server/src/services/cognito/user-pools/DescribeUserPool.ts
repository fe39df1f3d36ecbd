import { poolTotals } from "../../../store/pool-totals.ts";
import { cognito } from "../cognito.ts";
import { domainsOfPool } from "../domains/domain.ts";
import { describedUserPool, requireUserPool } from "./user-pool.ts";

export const DescribeUserPool = cognito("DescribeUserPool", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(_input, call, { pool }) {
    const users = await poolTotals.find(call.tx, pool.pool_id, "users");
    return { UserPool: { ...describedUserPool(pool, users), ...(await domainsOfPool(call, pool.pool_id)) } };
  },
});
