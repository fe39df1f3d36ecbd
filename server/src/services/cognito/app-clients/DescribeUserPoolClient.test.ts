import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

suite("DescribeUserPoolClient", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const createPool = async () =>
    (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example" }))).UserPool?.Id;
  const UserPoolId = await createPool();
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web" }));
  const ClientId = UserPoolClient?.ClientId;
  const act = (given: { UserPoolId?: string | undefined; ClientId?: string | undefined } = {}) =>
    h.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId, ...given }));

  test("what was created", async () => {
    assert.deepEqual((await act()).UserPoolClient, UserPoolClient);
  });

  test("a client that is not there, one of another pool, and a pool that is not there", async () => {
    const missing = (message: string) => ({ code: "ResourceNotFoundException", message, status: 400 });
    assert.deepEqual(await refused(act({ ClientId: "nothing" })), missing("User pool client does not exist."));
    const other = await createPool();
    assert.deepEqual(await refused(act({ UserPoolId: other })), missing("User pool client does not exist."));
    assert.deepEqual(
      await refused(act({ UserPoolId: "us-east-1_nothing00" })),
      missing("User pool us-east-1_nothing00 does not exist."),
    );
  });
});
