import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetSAMLProviderCommand } from "@aws-sdk/client-iam";
import { harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { createSamlProvider, samlProviderArnOf } from "../../../../test/saml-providers.ts";
import { metadataOf, samlIdentityProvider } from "../../../../test/saml-responses.ts";

const idp = await samlIdentityProvider();

suite("GetSAMLProvider", async () => {
  const h = await harness();
  await createSamlProvider(h, "Corporate", idp, { Tags: ["b", "a"].map((Key) => ({ Key, Value: "1" })) });
  const get = (SAMLProviderArn: string, iam = h.iam) => iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }));

  test("answers all that is known of it, the metadata byte for byte and tags by key", async () => {
    const { $metadata, SAMLProviderUUID, ...found } = await get(samlProviderArnOf("Corporate"));
    assert.match(SAMLProviderUUID ?? "", /^SAMLSP[0-9A-Z]{16}$/);
    assert.deepEqual(found, {
      SAMLMetadataDocument: metadataOf(idp, [idp.certificate]),
      CreateDate: new Date(startOfTest),
      ValidUntil: new Date(Date.UTC(2126, 5, 15, 12)),
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "1" },
      ],
      AssertionEncryptionMode: "Allowed",
      PrivateKeyList: [],
    });
  });

  test("refuses one that is not there, of another case, or of another account, and what is no ARN of one", async () => {
    for (const arn of [
      samlProviderArnOf("Nobody"),
      samlProviderArnOf("corporate"),
      "arn:aws:iam::999999999999:saml-provider/Corporate",
    ]) {
      assert.deepEqual(await refused(get(arn)), {
        code: "NoSuchEntity",
        message: `Manifest not found for arn ${arn}`,
        status: 404,
      });
    }
    const user = `arn:aws:iam::${testAccount}:user/ann`;
    assert.deepEqual(await refused(get(user)), {
      code: "ValidationError",
      message: `ARN ${user} is not valid.`,
      status: 400,
    });
  });

  test("who may not look, learns not even what is there", async () => {
    const eve = await userWithKey(h, "eve");
    for (const name of ["Corporate", "Nobody"]) {
      const arn = samlProviderArnOf(name);
      assert.deepEqual(await refused(get(arn, eve.iam)), accessDenied("eve", "iam:GetSAMLProvider", arn));
    }
  });
});
