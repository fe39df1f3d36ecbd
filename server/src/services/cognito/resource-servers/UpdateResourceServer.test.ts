import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateResourceServerCommand,
  CreateUserPoolCommand,
  DescribeResourceServerCommand,
  UpdateResourceServerCommand,
  type UpdateResourceServerCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("UpdateResourceServer", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const Scopes = [{ ScopeName: "read", ScopeDescription: "Look" }];
  await h.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "solar", Name: "Solar", Scopes }));
  const update = (input: Partial<UpdateResourceServerCommandInput>) =>
    h.cognito.send(new UpdateResourceServerCommand({ UserPoolId, Identifier: "solar", Name: "Solar", ...input }));
  const described = async () =>
    (await h.cognito.send(new DescribeResourceServerCommand({ UserPoolId, Identifier: "solar" }))).ResourceServer;

  test("replaces the name and the scopes, and scopes that are left out are gone", async () => {
    const changed = [{ ScopeName: "write", ScopeDescription: "Change" }];
    const { ResourceServer } = await update({ Name: "Sun", Scopes: changed });
    assert.deepEqual(ResourceServer, { UserPoolId, Identifier: "solar", Name: "Sun", Scopes: changed });
    assert.deepEqual(await described(), ResourceServer);
    await update({ Name: "Sun" });
    assert.deepEqual(await described(), { UserPoolId, Identifier: "solar", Name: "Sun" });
  });

  test("refuses what Create refuses, and what is not there", async () => {
    const scope = { ScopeName: "read", ScopeDescription: "Look" };
    assert.equal((await refused(update({ Scopes: [scope, scope] }))).message, "Duplicate scope name read.");
    assert.deepEqual(await refused(update({ Identifier: "lunar" })), {
      code: "ResourceNotFoundException",
      message: "Resource server lunar does not exist.",
      status: 400,
    });
  });
});
