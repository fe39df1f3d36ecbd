import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  ListIdentityProvidersCommand,
  type ListIdentityProvidersCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { oidcDetails } from "../../../../test/cognito-providers.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";

suite("ListIdentityProviders", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  for (const ProviderName of ["Third", "First", "Second"]) {
    await h.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName,
        ProviderType: "OIDC",
        ProviderDetails: oidcDetails,
      }),
    );
  }
  const list = (input: Partial<ListIdentityProvidersCommandInput> = {}) =>
    h.cognito.send(new ListIdentityProvidersCommand({ UserPoolId, ...input }));

  test("all of them, by name, a page at a time; no secrets", async () => {
    const { Providers, NextToken } = await list();
    const dates = { LastModifiedDate: new Date(startOfTest), CreationDate: new Date(startOfTest) };
    assert.deepEqual(
      Providers,
      ["First", "Second", "Third"].map((ProviderName) => ({ ProviderName, ProviderType: "OIDC", ...dates })),
    );
    assert.equal(NextToken, undefined);
    const first = await list({ MaxResults: 2 });
    const second = await list({ MaxResults: 2, NextToken: first.NextToken });
    assert.deepEqual([...(first.Providers ?? []), ...(second.Providers ?? [])], Providers);
    assert.equal(second.NextToken, undefined);
    assert.equal((await list({ MaxResults: 0 })).Providers?.length, 3);
    assert.match((await refused(list({ MaxResults: 61 }))).message, /at .maxResults. .* less than or equal to 60$/);
  });

  test("refuses a wrong token and a pool that is not there", async () => {
    const { code, message } = await refused(list({ NextToken: "nonsense" }));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /^Paging marker nonsense is invalid for request /);
    assert.equal((await refused(list({ UserPoolId: "us-east-1_AbCdEfGhI" }))).code, "ResourceNotFoundException");
  });
});
