import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserPoolClientSecretCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

suite("DeleteUserPoolClientSecret", async () => {
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
  const remove = (ClientSecretId: string | undefined, id = ClientId) =>
    h.cognito.send(new DeleteUserPoolClientSecretCommand({ UserPoolId, ClientId: id, ClientSecretId }));

  test("the first of two is taken out; the only one stays", async () => {
    const [first] = await list();
    const { ClientSecretDescriptor: added } = await add();
    await remove(first?.ClientSecretId);
    const described = await h.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    assert.equal(described.UserPoolClient?.ClientSecret, added?.ClientSecretValue);
    assert.deepEqual(await refused(remove(first?.ClientSecretId)), {
      code: "ResourceNotFoundException",
      message: `Client secret ${first?.ClientSecretId} does not exist.`,
      status: 400,
    });
    assert.deepEqual(await refused(remove(added?.ClientSecretId)), {
      code: "InvalidParameterException",
      message: "The only secret of a client cannot be deleted.",
      status: 400,
    });
  });

  test("a client that is not there", async () => {
    assert.deepEqual(await refused(remove("a", "nothing")), {
      code: "ResourceNotFoundException",
      message: "User pool client does not exist.",
      status: 400,
    });
  });
});
