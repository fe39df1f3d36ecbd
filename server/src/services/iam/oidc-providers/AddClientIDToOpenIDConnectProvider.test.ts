import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

const url = "idp.example.com";
const arn = `arn:aws:iam::${testAccount}:oidc-provider/${url}`;
const nobody = `arn:aws:iam::${testAccount}:oidc-provider/nobody.example.com`;
const missing = {
  code: "NoSuchEntity",
  message: `OpenIDConnect Provider not found for arn ${nobody}`,
  status: 404,
};

suite("AddClientIDToOpenIDConnectProvider", async () => {
  const h = await harness();
  await h.iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${url}`, ThumbprintList: ["a".repeat(40)] }));
  const add = (ClientID: string, OpenIDConnectProviderArn = arn, iam = h.iam) =>
    iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }));

  test("adds one at the end, once, up to the quota", async () => {
    for (const clientId of ["b", "a", "b"]) await add(clientId);
    const get = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    assert.deepEqual((await h.iam.send(get)).ClientIDList, ["b", "a"]);
    for (let index = 2; index < 100; index++) await add(`client-${index}`);
    assert.deepEqual(await refused(add("another")), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
      status: 409,
    });
  });

  test("refuses a provider that is not there and a caller who may not", async () => {
    assert.deepEqual(await refused(add("a", nobody)), missing);
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(add("c", arn, eve.iam)),
      accessDenied("eve", "iam:AddClientIDToOpenIDConnectProvider", arn),
    );
  });
});
