import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

suite("UpdateUserPoolClient", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const createPool = async () =>
    (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example" }))).UserPool?.Id;
  const UserPoolId = await createPool();
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web" }));
  const ClientId = UserPoolClient?.ClientId;
  const act = (given: { UserPoolId?: string | undefined; ClientId?: string | undefined } = {}) =>
    h.cognito.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ...given }));

  test("changes the settings; one that is refused changes nothing", async () => {
    const command = new UpdateUserPoolClientCommand({
      UserPoolId,
      ClientId,
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    });
    await h.cognito.send(command);
    const urls = new UpdateUserPoolClientCommand({ UserPoolId, ClientId, CallbackURLs: ["http://example.com"] });
    assert.deepEqual(await refused(h.cognito.send(urls)), {
      code: "InvalidParameterException",
      message: "http://example.com cannot use the HTTP protocol.",
      status: 400,
    });
    const described = await h.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    assert.deepEqual(described.UserPoolClient?.ExplicitAuthFlows, ["ALLOW_USER_SRP_AUTH"]);
    assert.equal(described.UserPoolClient?.CallbackURLs, undefined);
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
