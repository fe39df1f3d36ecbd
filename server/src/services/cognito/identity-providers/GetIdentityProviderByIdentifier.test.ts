import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  GetIdentityProviderByIdentifierCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { oidcDetails } from "../../../../test/cognito-providers.ts";
import { harness, refused } from "../../../../test/harness.ts";

suite("GetIdentityProviderByIdentifier", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const get = async (IdpIdentifier: string, pool = UserPoolId) =>
    (await h.cognito.send(new GetIdentityProviderByIdentifierCommand({ UserPoolId: pool, IdpIdentifier })))
      .IdentityProvider;

  test("any of its identifiers finds a provider, and its name does not", async () => {
    const { IdentityProvider } = await h.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Corporate",
        ProviderType: "OIDC",
        ProviderDetails: oidcDetails,
        IdpIdentifiers: ["one", "example.com"],
      }),
    );
    assert.deepEqual(await get("one"), IdentityProvider);
    assert.deepEqual(await get("example.com"), IdentityProvider);
    assert.deepEqual(await refused(get("Corporate")), {
      code: "ResourceNotFoundException",
      message: "Identity provider with identifier Corporate does not exist.",
      status: 400,
    });
    assert.equal((await refused(get("one", "us-east-1_AbCdEfGhI"))).code, "ResourceNotFoundException");
  });
});
