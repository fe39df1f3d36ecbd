import { userPoolId } from "../../../runtime/ids.ts";
import { userPools } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import { cognito } from "../cognito.ts";
import { mergeTags } from "../tags/tags.ts";
import { configure, defaultConfiguration, unlessEmpty } from "./configuration.ts";
import { refuseContradictions } from "./contradictions.ts";
import { newSchema } from "./schema.ts";
import { createdUserPool, userPoolArn } from "./user-pool.ts";

/** Tests that must know a pool's id beforehand ask for one by this tag. The texts are ours. */
const idTag = "_custom_id_";

function chosenId(call: Call, tags: Readonly<Record<string, string>> | undefined): string | undefined {
  const id = tags?.[idTag];
  if (id !== undefined && !(id.startsWith(`${call.region}_`) && /^[\w-]{1,45}_[0-9a-zA-Z]{1,32}$/.test(id))) {
    call.fail("InvalidParameterException", `The tag ${idTag} must be an id of a user pool in ${call.region}.`);
  }
  return id;
}

export const CreateUserPool = cognito("CreateUserPool", {
  // The first certificate is signed outside any transaction, because a signature takes a thread's time.
  transaction: "own",

  // As AWS names it in refusals (recorded 2026-09).
  resource: (_input, call) => ({ arn: userPoolArn({ pool_id: "*", account_id: call.accountId, region: call.region }) }),

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
      pool_id: chosenId(call, input.UserPoolTags) ?? userPoolId(call.random, call.region),
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
      if ((await userPools.find(tx, pool.pool_id)) !== undefined) {
        call.fail("InvalidParameterException", `There is a user pool ${pool.pool_id} already.`);
      }
      await userPools.insert(tx, pool);
      if (first !== undefined) await signingCertificates.insertFirst(tx, first);
    });
    if (first === undefined) signingCertificates.makeAhead(pool.pool_id);
    return { UserPool: createdUserPool(pool) };
  },
});
