import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  CreateUserPoolReplicaCommand,
  ListUserPoolReplicasCommand,
  UpdateUserPoolReplicaCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, testAccount } from "../../../../test/harness.ts";

suite("UpdateUserPoolReplica", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const update = async (RegionName: string, Status: "ACTIVE" | "INACTIVE") =>
    (await h.cognito.send(new UpdateUserPoolReplicaCommand({ UserPoolId, RegionName, Status }))).UserPoolReplica;

  test("on and off", async () => {
    await h.cognito.send(new CreateUserPoolReplicaCommand({ UserPoolId, RegionName: "ap-south-1" }));
    for (const Status of ["ACTIVE", "INACTIVE"] as const) {
      const answer = await update("ap-south-1", Status);
      assert.deepEqual(answer, {
        RegionName: "ap-south-1",
        Status,
        Role: "SECONDARY",
        UserPoolArn: `arn:aws:cognito-idp:ap-south-1:${testAccount}:userpool/${UserPoolId}`,
      });
      const { UserPoolReplicas } = await h.cognito.send(new ListUserPoolReplicasCommand({ UserPoolId }));
      assert.deepEqual(UserPoolReplicas?.[0], answer);
    }
  });

  test("refuses the primary region, and regions without a replica", async () => {
    assert.deepEqual(await refused(update("us-east-1", "INACTIVE")), {
      code: "InvalidParameterException",
      message: `us-east-1 is the primary Region of user pool ${UserPoolId}.`,
      status: 400,
    });
    assert.deepEqual(await refused(update("eu-west-1", "ACTIVE")), {
      code: "ResourceNotFoundException",
      message: `User pool ${UserPoolId} has no replica in eu-west-1.`,
      status: 400,
    });
  });
});
