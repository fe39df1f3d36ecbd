import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  CreateUserPoolReplicaCommand,
  ListUserPoolReplicasCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, testAccount } from "../../../../test/harness.ts";

suite("ListUserPoolReplicas", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const list = (NextToken?: string, pool = UserPoolId) =>
    h.cognito.send(new ListUserPoolReplicasCommand({ UserPoolId: pool, NextToken }));
  const arn = (region: string) => `arn:aws:cognito-idp:${region}:${testAccount}:userpool/${UserPoolId}`;
  const primary = { RegionName: "us-east-1", Status: "ACTIVE", Role: "PRIMARY", UserPoolArn: arn("us-east-1") };

  test("the primary one, and the others by region, a page at a time", async () => {
    assert.deepEqual((await list()).UserPoolReplicas, [primary]);
    const regions = ["us-west-2", ...Array.from({ length: 9 }, (_, at) => `eu-west-${at}`), "us-east-2", "sa-east-1"];
    for (const RegionName of regions) {
      await h.cognito.send(new CreateUserPoolReplicaCommand({ UserPoolId, RegionName }));
    }
    const expected = [
      ...regions.map((region) => ({
        RegionName: region,
        Status: "INACTIVE",
        Role: "SECONDARY",
        UserPoolArn: arn(region),
      })),
      primary,
    ].sort((a, b) => (a.RegionName < b.RegionName ? -1 : 1));
    const first = await list();
    assert.equal(first.UserPoolReplicas?.length, 10);
    const second = await list(first.NextToken);
    assert.equal(second.NextToken, undefined);
    assert.deepEqual([...(first.UserPoolReplicas ?? []), ...(second.UserPoolReplicas ?? [])], expected);
  });

  test("refuses a wrong token and a pool that is not there", async () => {
    const { code, message } = await refused(list("nonsense"));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /^Paging marker nonsense is invalid for request /);
    assert.equal((await refused(list(undefined, "us-east-1_AbCdEfGhI"))).code, "ResourceNotFoundException");
  });
});
