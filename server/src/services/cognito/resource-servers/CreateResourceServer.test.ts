import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateResourceServerCommand,
  type CreateResourceServerCommandInput,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { resourceServers } from "../../../store/resource-servers.ts";

suite("CreateResourceServer", async () => {
  const h = await harness({ quotas: { ResourceServersPerUserPool: 2 } });
  const newPool = async () => (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }))).UserPool?.Id ?? "";
  const create = (UserPoolId: string, input: Partial<CreateResourceServerCommandInput> = {}, cognito = h.cognito) =>
    cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "solar", Name: "Solar", ...input }));
  const UserPoolId = await newPool();

  test("answers what it keeps", async () => {
    const Scopes = [
      { ScopeName: "read", ScopeDescription: "Look" },
      { ScopeName: "write", ScopeDescription: "Change" },
    ];
    assert.deepEqual((await create(UserPoolId, { Scopes })).ResourceServer, {
      UserPoolId,
      Identifier: "solar",
      Name: "Solar",
      Scopes,
    });
    assert.deepEqual((await create(await newPool())).ResourceServer?.Scopes, undefined);
  });

  test("clients may name its scopes, and no others", async () => {
    const client = (scope: string) =>
      h.cognito.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: "app",
          GenerateSecret: true,
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["client_credentials"],
          AllowedOAuthScopes: [scope],
        }),
      );
    assert.deepEqual((await client("solar/read")).UserPoolClient?.AllowedOAuthScopes, ["solar/read"]);
    for (const scope of ["solar/delete", "lunar/read", "/read"]) {
      assert.equal((await refused(client(scope))).code, "ScopeDoesNotExistException", scope);
    }
  });

  test("an identifier is taken once in a pool", async () => {
    assert.deepEqual(await refused(create(UserPoolId)), {
      code: "InvalidParameterException",
      message: `solar already exists in user pool ${UserPoolId}.`,
      status: 400,
    });
  });

  test("refuses a scope twice, and wrong characters", async () => {
    const scope = { ScopeName: "read", ScopeDescription: "Look" };
    assert.deepEqual(await refused(create(UserPoolId, { Identifier: "x", Scopes: [scope, scope] })), {
      code: "InvalidParameterException",
      message: "Duplicate scope name read.",
      status: 400,
    });
    const slash = await refused(create(UserPoolId, { Identifier: "x", Scopes: [{ ...scope, ScopeName: "a/b" }] }));
    assert.equal(slash.code, "InvalidParameterException");
    assert.match(slash.message, /'scopes\.1\.member\.scopeName' failed to satisfy constraint/);
  });

  test("no more than the quota", async () => {
    const id = await newPool();
    await create(id);
    await create(id, { Identifier: "lunar" });
    assert.deepEqual(await refused(create(id, { Identifier: "stellar" })), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 2 resource servers.",
      status: 400,
    });
  });

  test("a pool that is not there; a caller that may not; a deleted pool leaves none", async () => {
    assert.deepEqual(await refused(create("us-east-1_AbCdEfGhI")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_AbCdEfGhI does not exist.",
      status: 400,
    });
    const id = await newPool();
    const arn = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${id}`;
    const ann = await userWithKey(h, "ann", allow("cognito-idp:CreateResourceServer", arn));
    await create(id, {}, ann.cognito);
    assert.equal((await refused(create(UserPoolId, {}, ann.cognito))).code, "AccessDeniedException");
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: id }));
    assert.deepEqual(await h.environment.store.read((tx) => resourceServers.list(tx, id, "", 10)), []);
  });
});
