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

suite("AddUserPoolClientSecret", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example" }));
  const UserPoolId = UserPool?.Id;
  const create = async (GenerateSecret: boolean) => {
    const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", GenerateSecret });
    return (await h.cognito.send(command)).UserPoolClient;
  };
  const list = async (ClientId: string | undefined) =>
    (await h.cognito.send(new ListUserPoolClientSecretsCommand({ UserPoolId, ClientId }))).ClientSecrets ?? [];
  const add = (ClientId: string | undefined, ClientSecret?: string) =>
    h.cognito.send(new AddUserPoolClientSecretCommand({ UserPoolId, ClientId, ClientSecret }));

  test("a second secret, told once, and no third", async () => {
    const client = await create(true);
    const [first] = await list(client?.ClientId);
    h.clock.set(startOfTest + 1000);
    const { ClientSecretDescriptor: added } = await add(client?.ClientId);
    h.clock.set(startOfTest);
    assert.match(added?.ClientSecretValue ?? "", /^[0-9a-v]{49,52}$/);
    assert.deepEqual(added?.ClientSecretCreateDate, new Date(startOfTest + 1000));
    const ids = (await list(client?.ClientId)).map(({ ClientSecretId }) => ClientSecretId);
    assert.deepEqual(ids, [first?.ClientSecretId, added?.ClientSecretId]);
    assert.deepEqual(await refused(add(client?.ClientId)), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 2 client secrets.",
      status: 400,
    });
  });

  test("one that the caller chose is not told again", async () => {
    const client = await create(true);
    const { ClientSecretDescriptor } = await add(client?.ClientId, "a_secret_of_my_own_choosing_2");
    assert.equal(ClientSecretDescriptor?.ClientSecretValue, undefined);
    const secrets = await h.environment.store.read((tx) => h.environment.appClients.find(tx, client?.ClientId ?? ""));
    assert.deepEqual(secrets?.secrets, [client?.ClientSecret, "a_secret_of_my_own_choosing_2"]);
  });

  test("a public client gets none", async () => {
    const client = await create(false);
    assert.deepEqual(await list(client?.ClientId), []);
    assert.deepEqual(await refused(add(client?.ClientId)), {
      code: "InvalidParameterException",
      message: `Client ${client?.ClientId} is a public client and has no secret.`,
      status: 400,
    });
  });

  test("a client that is not there", async () => {
    assert.deepEqual(await refused(add("nothing")), {
      code: "ResourceNotFoundException",
      message: "User pool client does not exist.",
      status: 400,
    });
  });
});
