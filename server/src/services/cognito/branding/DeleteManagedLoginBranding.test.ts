import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateManagedLoginBrandingCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteManagedLoginBrandingCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("DeleteManagedLoginBranding", async () => {
  const h = await harness();

  test("the style is gone, and the client may have another", async () => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
    const UserPoolId = UserPool?.Id ?? "";
    const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
    const create = async () =>
      (
        await h.cognito.send(
          new CreateManagedLoginBrandingCommand({
            UserPoolId,
            ClientId: UserPoolClient?.ClientId,
            UseCognitoProvidedValues: true,
          }),
        )
      ).ManagedLoginBranding?.ManagedLoginBrandingId ?? "";
    const id = await create();
    const remove = (pool = UserPoolId) =>
      h.cognito.send(new DeleteManagedLoginBrandingCommand({ UserPoolId: pool, ManagedLoginBrandingId: id }));
    const { UserPool: other } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "q" }));
    const missing = (pool = "") => ({
      code: "ResourceNotFoundException",
      message: `Managed login branding ${id} does not exist for user pool ${pool}.`,
      status: 400,
    });
    assert.deepEqual(await refused(remove(other?.Id)), missing(other?.Id));
    const { $metadata, ...answer } = await remove();
    assert.deepEqual(answer, {});
    assert.deepEqual(await refused(remove()), missing(UserPoolId));
    assert.notEqual(await create(), id);
  });
});
