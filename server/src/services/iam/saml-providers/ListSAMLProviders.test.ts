import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListSAMLProvidersCommand } from "@aws-sdk/client-iam";
import { harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { createSamlProvider, samlProviderArnOf } from "../../../../test/saml-providers.ts";
import { samlIdentityProvider } from "../../../../test/saml-responses.ts";

const idp = await samlIdentityProvider();

suite("ListSAMLProviders", async () => {
  const h = await harness();
  const list = (iam = h.iam) => iam.send(new ListSAMLProvidersCommand({}));

  test("none, then all by name", async () => {
    assert.deepEqual((await list()).SAMLProviderList, []);
    for (const name of ["b", "C", "a"]) await createSamlProvider(h, name, idp);
    assert.deepEqual(
      (await list()).SAMLProviderList,
      ["a", "b", "C"].map((name) => ({
        Arn: samlProviderArnOf(name),
        CreateDate: new Date(startOfTest),
        ValidUntil: new Date(Date.UTC(2126, 5, 15, 12)),
      })),
    );
  });

  test("refuses who may not", async () => {
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(list(eve.iam)),
      accessDenied("eve", "iam:ListSAMLProviders", samlProviderArnOf("*")),
    );
  });
});
