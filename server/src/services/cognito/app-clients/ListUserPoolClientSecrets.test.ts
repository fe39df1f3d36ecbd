import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserPoolClientSecretCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListUserPoolClientSecretsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

suite("ListUserPoolClientSecrets", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example" }));
  const UserPoolId = UserPool?.Id;
  const { UserPoolClient: client } = await h.cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", GenerateSecret: true }),
  );
  const ClientId = client?.ClientId;
  const list = async (id = ClientId) =>
    (await h.cognito.send(new ListUserPoolClientSecretsCommand({ UserPoolId, ClientId: id }))).ClientSecrets ?? [];
  const add = () => h.cognito.send(new AddUserPoolClientSecretCommand({ UserPoolId, ClientId }));

  test("ids and ages, the oldest first, and never a secret", async () => {
    const [first] = await list();
    assert.ok(first?.ClientSecretId !== undefined);
    h.clock.set(startOfTest + 1000);
    const { ClientSecretDescriptor: added } = await add();
    h.clock.set(startOfTest);
    assert.deepEqual(await list(), [
      { ClientSecretId: first.ClientSecretId, ClientSecretCreateDate: new Date(startOfTest) },
      { ClientSecretId: added?.ClientSecretId, ClientSecretCreateDate: new Date(startOfTest + 1000) },
    ]);
  });

  test("a client that is not there", async () => {
    assert.deepEqual(await refused(list("nothing")), {
      code: "ResourceNotFoundException",
      message: "User pool client does not exist.",
      status: 400,
    });
  });
});
