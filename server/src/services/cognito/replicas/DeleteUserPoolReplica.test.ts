import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  CreateUserPoolReplicaCommand,
  DeleteUserPoolReplicaCommand,
  ListUserPoolReplicasCommand,
  UpdateUserPoolReplicaCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, testAccount } from "../../../../test/harness.ts";

suite("DeleteUserPoolReplica", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const remove = async (RegionName = "ap-south-1") =>
    (await h.cognito.send(new DeleteUserPoolReplicaCommand({ UserPoolId, RegionName }))).UserPoolReplica;

  test("an inactive one, and no other", async () => {
    await h.cognito.send(new CreateUserPoolReplicaCommand({ UserPoolId, RegionName: "ap-south-1" }));
    const update = (Status: "ACTIVE" | "INACTIVE") =>
      h.cognito.send(new UpdateUserPoolReplicaCommand({ UserPoolId, RegionName: "ap-south-1", Status }));
    await update("ACTIVE");
    assert.deepEqual(await refused(remove()), {
      code: "InvalidParameterException",
      message: "The replica in ap-south-1 must be INACTIVE to be deleted.",
      status: 400,
    });
    await update("INACTIVE");
    assert.deepEqual(await remove(), {
      RegionName: "ap-south-1",
      Status: "DELETING",
      Role: "SECONDARY",
      UserPoolArn: `arn:aws:cognito-idp:ap-south-1:${testAccount}:userpool/${UserPoolId}`,
    });
    const { UserPoolReplicas } = await h.cognito.send(new ListUserPoolReplicasCommand({ UserPoolId }));
    assert.deepEqual(
      UserPoolReplicas?.map(({ RegionName }) => RegionName),
      ["us-east-1"],
    );
    assert.deepEqual(await refused(remove()), {
      code: "ResourceNotFoundException",
      message: `User pool ${UserPoolId} has no replica in ap-south-1.`,
      status: 400,
    });
    assert.equal(
      (await refused(remove("us-east-1"))).message,
      `us-east-1 is the primary Region of user pool ${UserPoolId}.`,
    );
  });
});
