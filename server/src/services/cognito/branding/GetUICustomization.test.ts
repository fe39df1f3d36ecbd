import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  GetUICustomizationCommand,
  SetUICustomizationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("GetUICustomization", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
  const ClientId = UserPoolClient?.ClientId ?? "";
  const get = async (id?: string) =>
    (await h.cognito.send(new GetUICustomizationCommand({ UserPoolId, ClientId: id }))).UICustomization;

  test("is for pools with a domain", async () => {
    assert.deepEqual(await refused(get()), {
      code: "InvalidParameterException",
      message: "There has to be an existing domain associated with this user pool",
      status: 400,
    });
    await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "shop" }));
  });

  test("nothing, then the pool's for every client, then the client's own", async () => {
    assert.deepEqual(await get(), {});
    assert.deepEqual(await get(ClientId), {});
    const set = async (id: string, CSS: string) =>
      (await h.cognito.send(new SetUICustomizationCommand({ UserPoolId, ClientId: id, CSS }))).UICustomization;
    const all = await set("ALL", ".label-customizable{font-weight:400}");
    assert.deepEqual(await get(), all);
    assert.deepEqual(await get(ClientId), all);
    const own = await set(ClientId, ".label-customizable{font-weight:700}");
    assert.deepEqual(await get(ClientId), own);
    assert.deepEqual(await get("ALL"), all);
  });

  test("a client that is not there", async () => {
    assert.deepEqual(await refused(get("nobody")), {
      code: "ResourceNotFoundException",
      message: "User pool client nobody does not exist.",
      status: 400,
    });
  });
});
