import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateResourceServerCommand,
  CreateUserPoolCommand,
  DescribeResourceServerCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("DescribeResourceServer", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const Scopes = [{ ScopeName: "read", ScopeDescription: "Look" }];
  await h.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "solar", Name: "Solar", Scopes }));
  const describe = (Identifier: string, pool = UserPoolId, cognito = h.cognito) =>
    cognito.send(new DescribeResourceServerCommand({ UserPoolId: pool, Identifier }));

  test("answers what was created", async () => {
    assert.deepEqual((await describe("solar")).ResourceServer, {
      UserPoolId,
      Identifier: "solar",
      Name: "Solar",
      Scopes,
    });
  });

  test("a server or a pool that is not there", async () => {
    assert.deepEqual(await refused(describe("lunar")), {
      code: "ResourceNotFoundException",
      message: "Resource server lunar does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(describe("solar", "us-east-1_AbCdEfGhI")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_AbCdEfGhI does not exist.",
      status: 400,
    });
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(describe("lunar", UserPoolId, ann.cognito))).code, "AccessDeniedException");
  });
});
