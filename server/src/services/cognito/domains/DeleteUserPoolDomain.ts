import { poolDomains } from "../../../store/pool-domains.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { requireDomain } from "./domain.ts";

export const DeleteUserPoolDomain = cognito("DeleteUserPoolDomain", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { region, domain } = await requireDomain(call, pool, input.Domain);
    await poolDomains.delete(call.tx, region, domain);
  },
});
