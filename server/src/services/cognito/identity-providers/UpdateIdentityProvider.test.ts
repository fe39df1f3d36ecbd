import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  DescribeIdentityProviderCommand,
  UpdateIdentityProviderCommand,
  type UpdateIdentityProviderCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { oidcDetails } from "../../../../test/cognito-providers.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { keyPair, onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { metadataOf, samlIdentityProvider } from "../../../../test/saml-responses.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("UpdateIdentityProvider", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(keyPair(), keyPair()) });
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const create = async (
    ProviderName: string,
    ProviderType: "OIDC" | "SAML",
    ProviderDetails: Record<string, string>,
    IdpIdentifiers: string[],
  ) =>
    (
      await h.cognito.send(
        new CreateIdentityProviderCommand({ UserPoolId, ProviderName, ProviderType, ProviderDetails, IdpIdentifiers }),
      )
    ).IdentityProvider;
  const update = async (ProviderName: string, input: Partial<UpdateIdentityProviderCommandInput>) =>
    (await h.cognito.send(new UpdateIdentityProviderCommand({ UserPoolId, ProviderName, ...input }))).IdentityProvider;
  const describe = async (ProviderName: string) =>
    (await h.cognito.send(new DescribeIdentityProviderCommand({ UserPoolId, ProviderName }))).IdentityProvider;

  test("each member by itself; what is not given stays", async () => {
    const before = await create("Oidc", "OIDC", oidcDetails, ["a", "b"]);
    h.clock.set(startOfTest + 1000);
    const LastModifiedDate = new Date(startOfTest + 1000);
    const mapped = await update("Oidc", { AttributeMapping: { email: "mail" } });
    assert.deepEqual(mapped, { ...before, LastModifiedDate, AttributeMapping: { email: "mail", username: "sub" } });
    const identified = await update("Oidc", { IdpIdentifiers: ["b", "c"], AcrMapping: { Level1: "one" } });
    assert.deepEqual(identified, { ...mapped, IdpIdentifiers: ["b", "c"], AcrMapping: { Level1: "one" } });
    const { client_secret, ...details } = oidcDetails;
    const detailed = await update("Oidc", { ProviderDetails: { ...details, client_id: "new" } });
    assert.deepEqual(detailed, {
      ...identified,
      ProviderDetails: { ...details, client_id: "new", attributes_url_add_attributes: "false" },
    });
    assert.deepEqual(await describe("Oidc"), detailed);
    assert.deepEqual((await update("Oidc", { IdpIdentifiers: [] }))?.IdpIdentifiers, []);
    h.clock.set(startOfTest);
  });

  test("SAML: new metadata, the same encryption certificate", async () => {
    const idp = await samlIdentityProvider();
    const MetadataFile = metadataOf(idp, [idp.certificate]);
    const before = await create("Saml", "SAML", { MetadataFile }, []);
    const moved = MetadataFile.replace("https://idp.example.com/sso", "https://new.example.com/sso");
    const after = await update("Saml", { ProviderDetails: { MetadataFile: moved, IDPInit: "true" } });
    assert.equal(after?.ProviderDetails?.SSORedirectBindingURI, "https://new.example.com/sso");
    assert.equal(after?.ProviderDetails?.IDPInit, "true");
    assert.equal(
      after?.ProviderDetails?.ActiveEncryptionCertificate,
      before?.ProviderDetails?.ActiveEncryptionCertificate,
    );
    assert.deepEqual(
      await refused(update("Saml", { ProviderDetails: { ...after?.ProviderDetails } })),
      invalid("ActiveEncryptionCertificate is not a valid key for SAML identity provider details."),
    );
    assert.deepEqual(
      await refused(update("Saml", { ProviderDetails: {} })),
      invalid("At least one of the MetadataURL or MetadataFile should be provided."),
    );
  });

  test("refuses identifiers and mappings as Create does; a refusal changes nothing", async () => {
    await create("Other", "OIDC", oidcDetails, ["taken"]);
    const before = await describe("Oidc");
    assert.deepEqual(
      await refused(update("Oidc", { IdpIdentifiers: ["taken"], AttributeMapping: { name: "n" } })),
      invalid("Identifier taken is in use by provider Other."),
    );
    assert.deepEqual(
      await refused(update("Oidc", { AttributeMapping: { nickel: "n" } })),
      invalid("AttributeMapping contains invalid mapping: [nickel]"),
    );
    assert.deepEqual(await describe("Oidc"), before);
  });

  test("a provider that is not there", async () => {
    assert.deepEqual(await refused(update("Nobody", {})), {
      code: "ResourceNotFoundException",
      message: "Identity provider Nobody does not exist.",
      status: 400,
    });
  });
});
