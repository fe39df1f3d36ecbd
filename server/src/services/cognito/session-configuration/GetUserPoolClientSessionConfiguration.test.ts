import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  GetUserPoolClientSessionConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("GetUserPoolClientSessionConfiguration", async () => {
  const h = await harness();

  test("an hour for a client that was never told; clients that are not there are refused", async () => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
    const UserPoolId = UserPool?.Id ?? "";
    const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
    const ClientId = UserPoolClient?.ClientId ?? "";
    const get = (client: string, pool = UserPoolId) =>
      h.cognito.send(new GetUserPoolClientSessionConfigurationCommand({ UserPoolId: pool, ClientId: client }));
    const { $metadata, ...answer } = await get(ClientId);
    assert.deepEqual(answer, { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes: 60 } });
    assert.deepEqual(await refused(get("nobody")), {
      code: "ResourceNotFoundException",
      message: "User pool client nobody does not exist.",
      status: 400,
    });
    assert.equal(
      (await refused(get(ClientId, "us-east-1_AbCdEfGhI"))).message,
      "User pool us-east-1_AbCdEfGhI does not exist.",
    );
  });
});
