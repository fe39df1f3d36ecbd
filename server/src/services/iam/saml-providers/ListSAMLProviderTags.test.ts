import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListSAMLProviderTagsCommand } from "@aws-sdk/client-iam";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, invalidMarker } from "../../../../test/refusals.ts";
import { createSamlProvider, samlProviderArnOf } from "../../../../test/saml-providers.ts";
import { samlIdentityProvider } from "../../../../test/saml-responses.ts";

const idp = await samlIdentityProvider();

suite("ListSAMLProviderTags", async () => {
  const h = await harness();
  const arn = await createSamlProvider(h, "corporate", idp, {
    Tags: ["c", "a", "b"].map((Key) => ({ Key, Value: Key })),
  });
  const list = (input: { Marker?: string; MaxItems?: number } = {}, SAMLProviderArn = arn, iam = h.iam) =>
    iam.send(new ListSAMLProviderTagsCommand({ SAMLProviderArn, ...input }));

  test("page by page, by key", async () => {
    const first = await list({ MaxItems: 2 });
    const second = await list({ Marker: first.Marker ?? "" });
    assert.deepEqual(
      [first, second].map((page) => [page.IsTruncated, page.Tags?.map(({ Key }) => Key)]),
      [
        [true, ["a", "b"]],
        [false, ["c"]],
      ],
    );
  });

  test("refuses a provider that is not there, a marker not its own and a caller who may not", async () => {
    const missing = samlProviderArnOf("nobody");
    assert.deepEqual(await refused(list({}, missing)), {
      code: "NoSuchEntity",
      message: `Manifest not found for arn ${missing}`,
      status: 404,
    });
    assert.deepEqual(await refused(list({ Marker: "invalid" })), invalidMarker);
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(await refused(list({}, arn, eve.iam)), accessDenied("eve", "iam:ListSAMLProviderTags", arn));
  });
});
