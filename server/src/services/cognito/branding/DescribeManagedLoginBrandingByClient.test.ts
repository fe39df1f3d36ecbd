import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateManagedLoginBrandingCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeManagedLoginBrandingByClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { defaultSettings } from "./default-settings.ts";

suite("DescribeManagedLoginBrandingByClient", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
  const ClientId = UserPoolClient?.ClientId ?? "";
  const describe = async (id: string, ReturnMergedResources?: boolean, pool = UserPoolId) =>
    (
      await h.cognito.send(
        new DescribeManagedLoginBrandingByClientCommand({ UserPoolId: pool, ClientId: id, ReturnMergedResources }),
      )
    ).ManagedLoginBranding;

  test("the style of the client, once it has one", async () => {
    assert.deepEqual(await refused(describe(ClientId)), {
      code: "ResourceNotFoundException",
      message: `Managed login branding does not exist for user pool client ${ClientId}.`,
      status: 400,
    });
    const { ManagedLoginBranding } = await h.cognito.send(
      new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId, UseCognitoProvidedValues: true }),
    );
    assert.deepEqual(await describe(ClientId), ManagedLoginBranding);
    assert.deepEqual((await describe(ClientId, true))?.Settings, defaultSettings);
  });

  test("clients and pools that are not there", async () => {
    assert.deepEqual(await refused(describe("nobody")), {
      code: "ResourceNotFoundException",
      message: "User pool client nobody does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(describe(ClientId, false, "us-east-1_AbCdEfGhI")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_AbCdEfGhI does not exist.",
      status: 400,
    });
  });
});
