import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

const url = "idp.example.com";
const arn = `arn:aws:iam::${testAccount}:oidc-provider/${url}`;

suite("DeleteOpenIDConnectProvider", async () => {
  const h = await harness({ quotas: { OpenIdConnectProvidersPerAccount: 1 } });
  const create = () => h.iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${url}` }));
  const remove = (iam = h.iam) => iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));

  test("it is gone, leaves room, and is missed in words of its own", async () => {
    await create();
    await remove();
    const get = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    assert.equal((await refused(h.iam.send(get))).message, `OpenIDConnect Provider not found for arn ${arn}`);
    assert.deepEqual(await refused(remove()), {
      code: "NoSuchEntity",
      message: `OpenId connect Provider ${arn} cannot be found.`,
      status: 404,
    });
    await create();
  });

  test("refuses who may not", async () => {
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(await refused(remove(eve.iam)), accessDenied("eve", "iam:DeleteOpenIDConnectProvider", arn));
  });
});
