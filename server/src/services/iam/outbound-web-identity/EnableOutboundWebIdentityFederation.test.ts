import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DisableOutboundWebIdentityFederationCommand,
  EnableOutboundWebIdentityFederationCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("EnableOutboundWebIdentityFederation", async () => {
  const h = await harness();
  const enable = (iam = h.iam) => iam.send(new EnableOutboundWebIdentityFederationCommand({}));

  test("of several at once one makes the issuer, which publishes two keys and nothing secret", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => enable()));
    const made = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.IssuerIdentifier] : []));
    assert.equal(made.length, 1);
    const [issuer = ""] = made;
    assert.match(issuer, /^http:\/\/countersign\.test\/outbound\/[0-9a-f-]{36}$/);
    const path = new URL(issuer).pathname;
    const discovery = await h.send({ path: `${path}/.well-known/openid-configuration` });
    assert.deepEqual(
      [discovery.status, JSON.parse(discovery.body)],
      [
        200,
        {
          claims_supported: ["sub", "iss", "aud", "exp", "iat", "jti", "https://sts.amazonaws.com/"],
          id_token_signing_alg_values_supported: ["RS256", "ES384"],
          issuer,
          jwks_uri: `${issuer}/.well-known/jwks.json`,
          subject_types_supported: ["public"],
        },
      ],
    );
    const { keys } = JSON.parse((await h.send({ path: `${path}/.well-known/jwks.json` })).body);
    assert.deepEqual(
      keys.map((key: object) => Object.keys(key).toSorted()),
      [
        ["alg", "crv", "kid", "kty", "use", "x", "y"],
        ["alg", "e", "kid", "kty", "n", "use"],
      ],
    );
  });

  test("refuses where it is enabled, and keeps its issuer when it is enabled again", async () => {
    assert.deepEqual(await refused(enable()), {
      code: "FeatureEnabled",
      message: "Outbound web identity federation is already enabled for your account",
      status: 409,
    });
    await h.iam.send(new DisableOutboundWebIdentityFederationCommand({}));
    const { IssuerIdentifier = "" } = await enable();
    const path = `${new URL(IssuerIdentifier).pathname}/.well-known/jwks.json`;
    const before = await h.send({ path });
    await h.iam.send(new DisableOutboundWebIdentityFederationCommand({}));
    assert.equal((await enable()).IssuerIdentifier, IssuerIdentifier);
    assert.equal((await h.send({ path })).body, before.body);
  });

  test("paths that nobody publishes at, and other methods, are refused", async () => {
    const unknown = "00000000-0000-4000-8000-000000000000";
    for (const path of [
      "/outbound/",
      "/outbound/x/.well-known/jwks.json",
      `/outbound/${unknown}/.well-known/jwks.json`,
    ]) {
      assert.equal((await h.send({ path })).status, 404);
    }
    assert.equal((await h.send({ method: "POST", path: "/outbound/" })).status, 405);
  });

  test("refuses who may not", async () => {
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(enable(eve.iam)),
      accessDenied("eve", "iam:EnableOutboundWebIdentityFederation", "*"),
    );
  });
});
