import { poolDomains } from "../../../store/pool-domains.ts";
import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { domainDescription } from "./domain.ts";

export const DescribeUserPoolDomain = cognito("DescribeUserPoolDomain", {
  resource: () => ({ arn: "*" }),

  async handle(input, call) {
    const row = await poolDomains.find(call.tx, call.region, input.Domain);
    const pool = row && (await userPools.find(call.tx, row.pool_id));
    // Nothing tells a domain of somebody else's from one that nobody has.
    if (row === undefined || pool?.account_id !== call.accountId) return { DomainDescription: {} };
    return { DomainDescription: domainDescription(row, pool.account_id) };
  },
});
