import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  CreateUserPoolReplicaCommand,
  DeleteUserPoolCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { poolReplicas } from "../../../store/pool-replicas.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("CreateUserPoolReplica", async () => {
  const h = await harness({ quotas: { ReplicasPerUserPool: 2 } });
  const newPool = async (UserPoolTier?: "LITE") =>
    (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p", UserPoolTier }))).UserPool?.Id ?? "";
  const UserPoolId = await newPool();
  const create = async (
    RegionName: string,
    pool = UserPoolId,
    UserPoolTags: Record<string, string> = {},
    cognito = h.cognito,
  ) =>
    (await cognito.send(new CreateUserPoolReplicaCommand({ UserPoolId: pool, RegionName, UserPoolTags })))
      .UserPoolReplica;

  test("answers a replica in the making", async () => {
    assert.deepEqual(await create("ap-south-1", UserPoolId, { team: "a" }), {
      RegionName: "ap-south-1",
      Status: "CREATING",
      Role: "SECONDARY",
      UserPoolArn: `arn:aws:cognito-idp:ap-south-1:${testAccount}:userpool/${UserPoolId}`,
    });
    const { UserPools } = await h.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    assert.deepEqual(UserPools?.find(({ Id }) => Id === UserPoolId)?.ReplicaRegions, ["ap-south-1"]);
    const kept = await h.environment.store.read((tx) => poolReplicas.find(tx, UserPoolId, "ap-south-1"));
    assert.equal(kept?.tags_json, '{"team":"a"}');
  });

  test("one for a region, none for its own, for other partitions or for no region", async () => {
    for (const region of ["ap-south-1", "us-east-1"]) {
      assert.deepEqual(await refused(create(region)), invalid(`User pool ${UserPoolId} is in ${region} already.`));
    }
    for (const region of ["cn-north-1", "nowhere"]) {
      assert.deepEqual(
        await refused(create(region)),
        invalid(`${region} is not a Region that the user pool can be replicated to.`),
      );
    }
  });

  test("refuses tags of AWS's, more replicas than the quota, and the plan Lite", async () => {
    assert.deepEqual(await refused(create("eu-west-1", UserPoolId, { "aws:x": "y" })), {
      code: "UserPoolTaggingException",
      message: "aws: prefixed tag key names are not allowed for external use.",
      status: 400,
    });
    await create("eu-west-1");
    assert.deepEqual(await refused(create("eu-west-2")), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 2 replicas.",
      status: 400,
    });
    assert.deepEqual(await refused(create("eu-west-1", await newPool("LITE"))), {
      code: "FeatureUnavailableInTierException",
      message: "The following feature is not available for the LITE pricing tier configured: Multi-Region Replication",
      status: 400,
    });
  });

  test("a pool that is not there; a caller that may not; a deleted pool leaves none", async () => {
    assert.equal((await refused(create("eu-west-1", "us-east-1_AbCdEfGhI"))).code, "ResourceNotFoundException");
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(create("eu-west-1", UserPoolId, {}, ann.cognito))).code, "AccessDeniedException");
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
    assert.deepEqual(await h.environment.store.read((tx) => poolReplicas.list(tx, UserPoolId, "", 10)), []);
  });
});
