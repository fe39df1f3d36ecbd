import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteSAMLProviderCommand, GetSAMLProviderCommand } from "@aws-sdk/client-iam";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { createSamlProvider, samlProviderArnOf } from "../../../../test/saml-providers.ts";
import { privateKeyPem, samlIdentityProvider } from "../../../../test/saml-responses.ts";

const idp = await samlIdentityProvider();
const AddPrivateKey = privateKeyPem(idp.pair.privateKey);

suite("DeleteSAMLProvider", async () => {
  const h = await harness({ quotas: { SAMLProvidersPerAccount: 1 } });
  const remove = (SAMLProviderArn: string, iam = h.iam) => iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn }));

  test("it is gone with its keys, leaves room, and the next of its name is another", async () => {
    const arn = await createSamlProvider(h, "corporate", idp, { AddPrivateKey });
    const get = () => h.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: arn }));
    const before = await get();
    await remove(arn);
    const missing = { code: "NoSuchEntity", message: `Manifest not found for arn ${arn}`, status: 404 };
    assert.deepEqual(await refused(get()), missing);
    assert.deepEqual(await refused(remove(arn)), missing);
    await createSamlProvider(h, "corporate", idp);
    const after = await get();
    assert.notEqual(after.SAMLProviderUUID, before.SAMLProviderUUID);
    assert.deepEqual(after.PrivateKeyList, []);
  });

  test("refuses who may not", async () => {
    const arn = samlProviderArnOf("corporate");
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(await refused(remove(arn, eve.iam)), accessDenied("eve", "iam:DeleteSAMLProvider", arn));
  });
});
