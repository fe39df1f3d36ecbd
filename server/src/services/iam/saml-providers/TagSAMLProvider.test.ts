import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetSAMLProviderCommand, TagSAMLProviderCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { createSamlProvider, samlProviderArnOf } from "../../../../test/saml-providers.ts";
import { samlIdentityProvider } from "../../../../test/saml-responses.ts";

const idp = await samlIdentityProvider();

suite("TagSAMLProvider", async () => {
  const h = await harness({ quotas: { TagsPerSAMLProvider: 3 } });
  const arn = await createSamlProvider(h, "corporate", idp, { Tags: [{ Key: "a", Value: "1" }] });
  const tag = (tags: Record<string, string>, SAMLProviderArn = arn, iam = h.iam) =>
    iam.send(
      new TagSAMLProviderCommand({
        SAMLProviderArn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );

  test("adds and overwrites, and keys of another case are others", async () => {
    await tag({ a: "2", A: "3" });
    const { Tags } = await h.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: arn }));
    assert.deepEqual(Tags, [
      { Key: "A", Value: "3" },
      { Key: "a", Value: "2" },
    ]);
  });

  test("refuses too many, reserved keys and a provider that is not there", async () => {
    assert.deepEqual(await refused(tag({ b: "", c: "" })), {
      code: "LimitExceeded",
      message: "The number of tags has reached the maximum limit.",
      status: 409,
    });
    assert.deepEqual(await refused(tag({ "aws:b": "" })), {
      code: "InvalidInput",
      message: "Tag keys beginning with aws: are reserved for system use.",
      status: 400,
    });
    const missing = samlProviderArnOf("nobody");
    assert.deepEqual(await refused(tag({ b: "" }, missing)), {
      code: "NoSuchEntity",
      message: `Manifest not found for arn ${missing}`,
      status: 404,
    });
  });

  test("the tags that are there and those that come decide who may", async () => {
    const condition = {
      StringEquals: { "aws:ResourceTag/a": "2" },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] },
    };
    const eve = await userWithKey(h, "eve", allow("iam:TagSAMLProvider", "*", condition));
    const hers = await createSamlProvider(h, "hers", idp, { Tags: [{ Key: "a", Value: "2" }] });
    const denied = accessDenied("eve", "iam:TagSAMLProvider", hers);
    assert.deepEqual(await refused(tag({ b: "" }, hers, eve.iam)), denied);
    await tag({ a: "4" }, hers, eve.iam);
    assert.deepEqual(await refused(tag({ a: "5" }, hers, eve.iam)), denied);
  });
});
