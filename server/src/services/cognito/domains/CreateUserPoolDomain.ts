import { distributionDomain } from "../../../runtime/ids.ts";
import { poolDomains } from "../../../store/pool-domains.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { domainAnswer, domainSettings, refuseWrongName } from "./domain.ts";

export const CreateUserPoolDomain = cognito("CreateUserPoolDomain", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { tx } = call;
    const isCustom = input.CustomDomainConfig !== undefined;
    refuseWrongName(call, input.Domain, isCustom);
    const unset = {
      is_custom: isCustom ? 1 : 0,
      managed_login_version: 1,
      custom_config_json: null,
      routing_json: null,
    };
    const settings = domainSettings(call, pool, unset, input);
    const own = await poolDomains.listOfPool(tx, pool.pool_id);
    if (own.some(({ is_custom }) => is_custom === unset.is_custom)) {
      call.fail("InvalidParameterException", "User pool already has a domain configured.");
    }
    const taken = isCustom
      ? await poolDomains.findCustom(tx, input.Domain)
      : await poolDomains.find(tx, pool.region, input.Domain);
    if (taken !== undefined) {
      call.fail("InvalidParameterException", "Domain already associated with another user pool.");
    }
    const quota = call.environment.quotas.CustomDomainsPerRegion;
    if (isCustom && (await poolDomains.countCustom(tx, pool.account_id, pool.region)) >= quota) {
      // The text is ours.
      call.fail("LimitExceededException", `Cannot exceed the quota of ${quota} custom domains.`);
    }
    const row = {
      region: pool.region,
      domain: input.Domain,
      pool_id: pool.pool_id,
      is_custom: unset.is_custom,
      distribution: distributionDomain(call.random),
      ...settings,
    };
    await poolDomains.insert(tx, row);
    return domainAnswer(row);
  },
});
