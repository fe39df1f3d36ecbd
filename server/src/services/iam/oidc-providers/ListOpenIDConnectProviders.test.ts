import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateOpenIDConnectProviderCommand, ListOpenIDConnectProvidersCommand } from "@aws-sdk/client-iam";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("ListOpenIDConnectProviders", async () => {
  const h = await harness();
  const list = (iam = h.iam) => iam.send(new ListOpenIDConnectProvidersCommand({}));
  const arnOf = (url: string) => `arn:aws:iam::${testAccount}:oidc-provider/${url}`;

  test("none, then all by URL", async () => {
    assert.deepEqual((await list()).OpenIDConnectProviderList, []);
    for (const name of ["b", "a"]) {
      await h.iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${name}.example.com` }));
    }
    assert.deepEqual(
      (await list()).OpenIDConnectProviderList,
      ["a.example.com", "b.example.com"].map((url) => ({ Arn: arnOf(url) })),
    );
  });

  test("refuses who may not", async () => {
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(await refused(list(eve.iam)), accessDenied("eve", "iam:ListOpenIDConnectProviders", arnOf("*")));
  });
});
