import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateSAMLProviderCommand,
  type CreateSAMLProviderCommandInput,
  GetSAMLProviderCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../../../../test/certificates.ts";
import { harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { samlProviderArnOf } from "../../../../test/saml-providers.ts";
import { metadataOf, privateKeyPem, samlIdentityProvider } from "../../../../test/saml-responses.ts";

const idp = await samlIdentityProvider();
const metadata = metadataOf(idp, [idp.certificate]);

suite("CreateSAMLProvider", async () => {
  const h = await harness();
  let names = 0;
  const create = (more: Partial<CreateSAMLProviderCommandInput> = {}, iam = h.iam) =>
    iam.send(new CreateSAMLProviderCommand({ Name: `idp-${++names}`, SAMLMetadataDocument: metadata, ...more }));

  test("answers the ARN, and the tags as they were given", async () => {
    const Tags = ["b", "a"].map((Key) => ({ Key, Value: "1" }));
    const tagged = await create({ Name: "tagged", Tags });
    assert.deepEqual(
      { SAMLProviderArn: tagged.SAMLProviderArn, Tags: tagged.Tags },
      { SAMLProviderArn: samlProviderArnOf("tagged"), Tags },
    );
    assert.equal((await create()).Tags, undefined);
  });

  test("takes metadata as AWS does: of several entities, without a certificate, past its validity", async () => {
    const many = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${metadata}</md:EntitiesDescriptor>`;
    for (const SAMLMetadataDocument of [
      many,
      metadataOf(idp, []),
      metadataOf(idp, [idp.certificate], ' validUntil="2020-01-01T00:00:00Z"'),
      metadataOf(idp, [idp.certificate], "", "encryption"),
    ]) {
      assert.ok((await create({ SAMLMetadataDocument })).SAMLProviderArn);
    }
  });

  test("refuses what is no identity provider's metadata", async () => {
    const filler = `<!--${"x".repeat(1000)}-->`;
    const unreadable = { code: "InvalidInput", message: "Could not parse metadata", status: 400 };
    const empty = {
      code: "InvalidInput",
      message: "Metadata must contain at least one SAML assertion issuer",
      status: 400,
    };
    for (const [SAMLMetadataDocument, refusal] of [
      ["x".repeat(1000), unreadable],
      [`<a>${filler}</a>`, unreadable],
      [metadata.slice(0, -5), unreadable],
      [metadata.replace(` entityID="${idp.entityId}"`, ""), unreadable],
      [`<!DOCTYPE a [<!ENTITY b "c">]>${metadata}`, unreadable],
      [metadata.replace(/(<ds:X509Certificate>).{20}/, "$1"), unreadable],
      [metadataOf(idp, [certificate("ec-p256")]), unreadable],
      [
        `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">${filler}</EntityDescriptor>`,
        empty,
      ],
    ] as const) {
      assert.deepEqual(await refused(create({ SAMLMetadataDocument })), refusal, SAMLMetadataDocument.slice(0, 80));
    }
  });

  test("limits are AWS's", async () => {
    assert.deepEqual(await refused(create({ SAMLMetadataDocument: "x".repeat(999) })), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'sAMLMetadataDocument' failed to satisfy constraint: Member must have length greater than or equal to 1000",
      status: 400,
    });
    assert.equal((await refused(create({ Name: "a b" }))).code, "ValidationError");
  });

  test("a name is there once, whatever its case", async () => {
    await create({ Name: "once" });
    for (const Name of ["once", "ONCE"]) {
      assert.deepEqual(await refused(create({ Name })), {
        code: "EntityAlreadyExists",
        message: `Provider with name ${Name} already exists.`,
        status: 409,
      });
    }
  });

  test("takes a private key, which is needed where encryption is required", async () => {
    const AddPrivateKey = privateKeyPem(idp.pair.privateKey);
    assert.deepEqual(await refused(create({ AssertionEncryptionMode: "Required" })), {
      code: "ValidationError",
      message: "Unable to set assertion encryption mode to Required because no private key is provided.",
      status: 400,
    });
    assert.deepEqual(await refused(create({ AddPrivateKey: "no key" })), {
      code: "InvalidInput",
      message: "Invalid private key.",
      status: 400,
    });
    const { SAMLProviderArn } = await create({ AddPrivateKey, AssertionEncryptionMode: "Required" });
    const found = await h.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }));
    assert.equal(found.AssertionEncryptionMode, "Required");
    assert.match(found.PrivateKeyList?.[0]?.KeyId ?? "", /^SAMLPK[0-9A-Z]{16}$/);
    assert.deepEqual(found.PrivateKeyList?.[0]?.Timestamp, new Date(startOfTest));
    const pkcs1 = String(idp.pair.privateKey.export({ type: "pkcs1", format: "pem" }));
    assert.ok((await create({ AddPrivateKey: pkcs1 })).SAMLProviderArn);
  });

  test("holds its quota, and no more tags than may be", async () => {
    const { iam } = await harness({ seed: "full", quotas: { SAMLProvidersPerAccount: 2 } });
    await create({}, iam);
    await create({}, iam);
    assert.deepEqual(await refused(create({}, iam)), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for SAMLProvidersPerAccount: 2",
      status: 409,
    });
    const twice = ["a", "a"].map((Key) => ({ Key, Value: "1" }));
    assert.deepEqual(await refused(create({ Tags: twice })), {
      code: "InvalidInput",
      message: "Duplicate tag keys found.",
      status: 400,
    });
  });

  test("who may not, learns nothing", async () => {
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(create({ Name: "tagged", SAMLMetadataDocument: "x".repeat(1000) }, eve.iam)),
      accessDenied("eve", "iam:CreateSAMLProvider", `arn:aws:iam::${testAccount}:saml-provider/tagged`),
    );
  });
});
