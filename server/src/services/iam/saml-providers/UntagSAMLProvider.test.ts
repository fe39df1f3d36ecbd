import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetSAMLProviderCommand, UntagSAMLProviderCommand } from "@aws-sdk/client-iam";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { createSamlProvider, samlProviderArnOf } from "../../../../test/saml-providers.ts";
import { samlIdentityProvider } from "../../../../test/saml-responses.ts";

const idp = await samlIdentityProvider();

suite("UntagSAMLProvider", async () => {
  const h = await harness();
  const arn = await createSamlProvider(h, "corporate", idp, {
    Tags: ["a", "A", "b"].map((Key) => ({ Key, Value: "1" })),
  });
  const untag = (TagKeys: string[], SAMLProviderArn = arn, iam = h.iam) =>
    iam.send(new UntagSAMLProviderCommand({ SAMLProviderArn, TagKeys }));

  test("takes away the keys that are there, of this very case", async () => {
    await untag(["a", "none"]);
    const { Tags } = await h.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: arn }));
    assert.deepEqual(
      Tags?.map(({ Key }) => Key),
      ["A", "b"],
    );
  });

  test("refuses a provider that is not there and a caller who may not", async () => {
    const missing = samlProviderArnOf("nobody");
    assert.deepEqual(await refused(untag(["a"], missing)), {
      code: "NoSuchEntity",
      message: `Manifest not found for arn ${missing}`,
      status: 404,
    });
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(await refused(untag(["b"], arn, eve.iam)), accessDenied("eve", "iam:UntagSAMLProvider", arn));
  });
});
