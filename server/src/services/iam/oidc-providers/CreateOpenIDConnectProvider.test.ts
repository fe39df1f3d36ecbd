import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateOpenIDConnectProviderCommand,
  type CreateOpenIDConnectProviderCommandInput,
  GetOpenIDConnectProviderCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { IssuerKeys } from "../../issuer-keys.ts";

const arnOf = (url: string) => `arn:aws:iam::${testAccount}:oidc-provider/${url}`;

const thumbprint = "a".repeat(40);

suite("CreateOpenIDConnectProvider", async () => {
  const h = await harness();
  let urls = 0;
  const create = (more: Partial<CreateOpenIDConnectProviderCommandInput> = {}, iam = h.iam) =>
    iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: `https://idp.example.com/${++urls}`,
        ThumbprintList: [thumbprint],
        ...more,
      }),
    );
  const get = (OpenIDConnectProviderArn: string | undefined) =>
    h.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));

  test("answers the ARN, which is the URL without its scheme, and the tags as they were given", async () => {
    const Tags = ["b", "a"].map((Key) => ({ Key, Value: "1" }));
    const answer = await create({ Url: "https://idp.example.com/tenant", Tags });
    assert.equal(answer.OpenIDConnectProviderArn, arnOf("idp.example.com/tenant"));
    assert.deepEqual(answer.Tags, Tags);
    assert.equal((await create()).Tags, undefined);
  });

  test("a URL is kept as AWS keeps it: its case, a slash at its end, not its default port", async () => {
    for (const [Url, url] of [
      ["https://idp.example.com/path/", "idp.example.com/path/"],
      ["https://idp.example.com/path", "idp.example.com/path"],
      ["https://IDP.example.com/Path", "IDP.example.com/Path"],
      ["https://port.example.com:443", "port.example.com"],
    ] as const) {
      assert.equal((await create({ Url })).OpenIDConnectProviderArn, arnOf(url));
    }
  });

  test("refuses what is no issuer's URL", async () => {
    const invalid = { code: "ValidationError", message: "Invalid Open ID Connect Provider URL", status: 400 };
    for (const Url of [
      "example.org",
      "http://idp.example.com",
      "ftp://idp.example.com",
      "https://",
      "https://idp.example.com/a b",
      "https://localhost@idp.example.com",
      "https://idp.example.com:8443",
      "https://[::1]/",
    ]) {
      assert.deepEqual(await refused(create({ Url })), invalid, Url);
    }
    for (const Url of ["https://idp.example.com/?q=1", "https://idp.example.com/#a"]) {
      assert.deepEqual(await refused(create({ Url })), { code: "InvalidInput", message: "Unknown", status: 400 });
    }
  });

  test("an issuer on this machine goes without TLS, where that is allowed", async () => {
    assert.equal(
      (await create({ Url: "http://localhost:8080/a" })).OpenIDConnectProviderArn,
      arnOf("localhost:8080/a"),
    );
    const strict = new IssuerKeys({ allowLoopback: false });
    assert.deepEqual([strict.isLoopback("localhost:8080"), strict.issuerOf("localhost")], [false, "https://localhost"]);
    const open = new IssuerKeys({ allowLoopback: true });
    for (const url of ["localhost.example.com", "127.0.0.1.example.com", "idp.example.com"]) {
      assert.equal(open.isLoopback(url), false);
    }
  });

  test("client ids are there once, thumbprints are folded", async () => {
    const { OpenIDConnectProviderArn } = await create({
      ClientIDList: ["z", "a", "z"],
      ThumbprintList: ["A".repeat(40), thumbprint],
    });
    const { ClientIDList, ThumbprintList } = await get(OpenIDConnectProviderArn);
    assert.deepEqual(
      { ClientIDList, ThumbprintList },
      { ClientIDList: ["z", "a"], ThumbprintList: [thumbprint, thumbprint] },
    );
  });

  test("limits are AWS's", async () => {
    assert.deepEqual(await refused(create({ ThumbprintList: Array.from({ length: 6 }, () => thumbprint) })), {
      code: "InvalidInput",
      message: "Thumbprint list must contain fewer than 5 entries.",
      status: 400,
    });
    assert.deepEqual(await refused(create({ ClientIDList: Array.from({ length: 101 }, (_, index) => `${index}`) })), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
      status: 409,
    });
    assert.deepEqual(
      await refused(
        create({ Url: "b".repeat(256), ThumbprintList: ["b".repeat(41)], ClientIDList: ["b".repeat(256)] }),
      ),
      {
        code: "ValidationError",
        message:
          "3 validation errors detected: Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; Value at 'thumbprintList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]; Value at 'url' failed to satisfy constraint: Member must have length less than or equal to 255",
        status: 400,
      },
    );
    const { iam } = await harness({ seed: "full", quotas: { OpenIdConnectProvidersPerAccount: 1 } });
    await create({}, iam);
    assert.deepEqual(await refused(create({}, iam)), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for OpenIdConnectProvidersPerAccount: 1",
      status: 409,
    });
  });

  test("a URL is there once", async () => {
    const Url = "https://once.example.com";
    await create({ Url });
    assert.deepEqual(await refused(create({ Url })), {
      code: "EntityAlreadyExists",
      message: `Provider with url ${Url} already exists.`,
      status: 409,
    });
  });

  test("who may not, learns nothing", async () => {
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(create({ Url: "https://once.example.com" }, eve.iam)),
      accessDenied("eve", "iam:CreateOpenIDConnectProvider", arnOf("once.example.com")),
    );
  });
});
