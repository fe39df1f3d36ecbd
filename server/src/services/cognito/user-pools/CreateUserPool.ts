import { userPoolId } from "../../../runtime/ids.ts";
import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { mergeTags } from "../tags/tags.ts";
import { configure, defaultConfiguration, unlessEmpty } from "./configuration.ts";
import { refuseContradictions } from "./contradictions.ts";
import { newSchema } from "./schema.ts";
import { createdUserPool } from "./user-pool.ts";

export const CreateUserPool = cognito("CreateUserPool", {
  // The first certificate is signed outside any transaction, because a signature takes a thread's time.
  transaction: "own",

  resource: () => ({ arn: "*" }),

  async handle(input, call) {
    const { store, keyPairs, quotas, signingCertificates } = call.environment;
    const before = {
      ...defaultConfiguration,
      AliasAttributes: unlessEmpty(input.AliasAttributes),
      UsernameAttributes: unlessEmpty(input.UsernameAttributes),
      UsernameConfiguration: input.UsernameConfiguration,
      SchemaAttributes: newSchema(call, input.Schema),
    };
    const configuration = configure(before, input);
    refuseContradictions(call, configuration, input);
    const pool = {
      pool_id: userPoolId(call.random, call.region),
      account_id: call.accountId,
      region: call.region,
      name: input.PoolName,
      created_at: call.now,
      modified_at: call.now,
      configuration_json: JSON.stringify(configuration),
      tags: mergeTags(call, "UserPoolTaggingException", {}, input.UserPoolTags ?? {}),
    };
    const pair = keyPairs.take();
    const first = pair && (await signingCertificates.issueFirst(pool.pool_id, pair, call.now));
    await store.write(async (tx) => {
      if ((await userPools.count(tx, pool.account_id, pool.region)) >= quotas.UserPoolsPerRegion) {
        // The text is ours: AWS's is not known.
        call.fail("LimitExceededException", `Cannot exceed the quota of ${quotas.UserPoolsPerRegion} user pools.`);
      }
      await userPools.insert(tx, pool);
      if (first !== undefined) await signingCertificates.insertFirst(tx, first);
    });
    if (first === undefined) signingCertificates.makeAhead(pool.pool_id);
    return { UserPool: createdUserPool(pool) };
  },
});
