import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  DescribeIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { googleDetails } from "../../../../test/cognito-providers.ts";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { keyPair, onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { metadataOf, samlIdentityProvider } from "../../../../test/saml-responses.ts";

suite("DescribeIdentityProvider", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(keyPair(), keyPair()) });
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const describe = async (ProviderName: string, cognito = h.cognito) =>
    (await cognito.send(new DescribeIdentityProviderCommand({ UserPoolId, ProviderName }))).IdentityProvider;

  test("answers as Create did", async () => {
    const google = await h.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: googleDetails,
      }),
    );
    assert.deepEqual(await describe("Google"), google.IdentityProvider);
    const idp = await samlIdentityProvider();
    const saml = await h.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Corporate",
        ProviderType: "SAML",
        ProviderDetails: { MetadataFile: metadataOf(idp, [idp.certificate]) },
        IdpIdentifiers: ["b", "a"],
      }),
    );
    assert.deepEqual(await describe("Corporate"), saml.IdentityProvider);
    assert.match((await describe("Corporate"))?.ProviderDetails?.ActiveEncryptionCertificate ?? "", /^MIIC/);
  });

  test("a provider that is not there", async () => {
    assert.deepEqual(await refused(describe("Nobody")), {
      code: "ResourceNotFoundException",
      message: "Identity provider Nobody does not exist.",
      status: 400,
    });
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(describe("Nobody", ann.cognito))).code, "AccessDeniedException");
  });
});
