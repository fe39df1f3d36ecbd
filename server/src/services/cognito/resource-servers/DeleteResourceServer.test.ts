import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateResourceServerCommand,
  CreateUserPoolCommand,
  DeleteResourceServerCommand,
  ListResourceServersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("DeleteResourceServer", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";

  test("it is gone, and only it", async () => {
    for (const Identifier of ["a", "b"]) {
      await h.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier, Name: "x" }));
    }
    const remove = () => h.cognito.send(new DeleteResourceServerCommand({ UserPoolId, Identifier: "a" }));
    const { $metadata, ...answer } = await remove();
    assert.deepEqual(answer, {});
    const { ResourceServers } = await h.cognito.send(new ListResourceServersCommand({ UserPoolId, MaxResults: 50 }));
    assert.deepEqual(
      ResourceServers?.map(({ Identifier }) => Identifier),
      ["b"],
    );
    assert.deepEqual(await refused(remove()), {
      code: "ResourceNotFoundException",
      message: "Resource server a does not exist.",
      status: 400,
    });
  });
});
