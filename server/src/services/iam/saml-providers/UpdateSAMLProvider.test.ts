import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  GetSAMLProviderCommand,
  UpdateSAMLProviderCommand,
  type UpdateSAMLProviderCommandInput,
} from "@aws-sdk/client-iam";
import { harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { createSamlProvider, samlProviderArnOf } from "../../../../test/saml-providers.ts";
import { metadataOf, privateKeyPem, samlIdentityProvider } from "../../../../test/saml-responses.ts";

const idp = await samlIdentityProvider();
const AddPrivateKey = privateKeyPem(idp.pair.privateKey);

suite("UpdateSAMLProvider", async () => {
  const h = await harness();
  let names = 0;
  const provider = () => createSamlProvider(h, `idp-${++names}`, idp);
  const update = (SAMLProviderArn: string, changes: Partial<UpdateSAMLProviderCommandInput>, iam = h.iam) =>
    iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn, ...changes }));
  const get = (SAMLProviderArn: string) => h.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }));
  const keyIds = async (arn: string) => (await get(arn)).PrivateKeyList?.map(({ KeyId }) => KeyId ?? "") ?? [];

  test("replaces the metadata, and is valid for a hundred years again", async () => {
    const arn = await provider();
    const before = await get(arn);
    h.clock.set(startOfTest + 60_000);
    const SAMLMetadataDocument = metadataOf({ entityId: "https://next.example.com" }, [idp.certificate]);
    assert.equal((await update(arn, { SAMLMetadataDocument })).SAMLProviderArn, arn);
    h.clock.set(startOfTest);
    const after = await get(arn);
    assert.equal(after.SAMLMetadataDocument, SAMLMetadataDocument);
    assert.equal(after.SAMLProviderUUID, before.SAMLProviderUUID);
    assert.deepEqual(after.CreateDate, before.CreateDate);
    assert.deepEqual(after.ValidUntil, new Date(Date.UTC(2126, 5, 15, 12, 1)));
    assert.deepEqual(await refused(update(arn, { SAMLMetadataDocument: "x".repeat(1000) })), {
      code: "InvalidInput",
      message: "Could not parse metadata",
      status: 400,
    });
  });

  test("two private keys may be there, the same one even, and the third is refused", async () => {
    const arn = await provider();
    await update(arn, { AddPrivateKey });
    await update(arn, { AddPrivateKey });
    assert.deepEqual(await refused(update(arn, { AddPrivateKey })), {
      code: "LimitExceeded",
      message: "Private key limit of 2 is reached.",
      status: 409,
    });
    const [first = "", second = ""] = await keyIds(arn);
    await update(arn, { RemovePrivateKey: first });
    assert.deepEqual(await keyIds(arn), [second]);
    await update(arn, { AddPrivateKey });
    assert.equal((await keyIds(arn))[0], second);
  });

  test("where encryption is required a key stays", async () => {
    const arn = await provider();
    const none = {
      code: "InvalidInput",
      message: "Failed to set assertion encryption mode to Required because no private key is present.",
      status: 400,
    };
    assert.deepEqual(await refused(update(arn, { AssertionEncryptionMode: "Required" })), none);
    await update(arn, { AssertionEncryptionMode: "Required", AddPrivateKey });
    const [RemovePrivateKey = ""] = await keyIds(arn);
    assert.deepEqual(await refused(update(arn, { RemovePrivateKey })), {
      code: "InvalidInput",
      message: "Failed to remove private key.",
      status: 400,
    });
    assert.equal((await get(arn)).PrivateKeyList?.length, 1);
    await update(arn, { RemovePrivateKey, AssertionEncryptionMode: "Allowed" });
    assert.deepEqual(await keyIds(arn), []);
  });

  test("refuses what changes nothing, two changes of keys at once, and keys that are none", async () => {
    const arn = await provider();
    const RemovePrivateKey = "SAMLPK0000000000000000";
    for (const [changes, code, message] of [
      [
        {},
        "ValidationError",
        "Unable to update identity provider. No updates are defined for metadata or encryption assertion.",
      ],
      [
        { AddPrivateKey, RemovePrivateKey },
        "ValidationError",
        "Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.",
      ],
      [
        { RemovePrivateKey },
        "InvalidInput",
        "Failed to remove private key because the Key ID does not match a private key.",
      ],
      [{ AddPrivateKey: "no key" }, "InvalidInput", "Invalid private key."],
    ] as const) {
      assert.deepEqual(await refused(update(arn, changes)), { code, message, status: 400 });
    }
  });

  test("refuses a provider that is not there and a caller who may not", async () => {
    const arn = samlProviderArnOf("nobody");
    assert.deepEqual(await refused(update(arn, { AddPrivateKey })), {
      code: "NoSuchEntity",
      message: `Manifest not found for arn ${arn}`,
      status: 404,
    });
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(update(arn, { AddPrivateKey }, eve.iam)),
      accessDenied("eve", "iam:UpdateSAMLProvider", arn),
    );
  });
});
