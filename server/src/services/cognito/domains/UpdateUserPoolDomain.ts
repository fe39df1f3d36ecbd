import { poolDomains } from "../../../store/pool-domains.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { domainAnswer, domainSettings, requireDomain } from "./domain.ts";

export const UpdateUserPoolDomain = cognito("UpdateUserPoolDomain", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const before = await requireDomain(call, pool, input.Domain);
    const row = { ...before, ...domainSettings(call, pool, before, input) };
    await poolDomains.update(call.tx, row);
    return domainAnswer(row);
  },
});
