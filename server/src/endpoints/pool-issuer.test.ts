import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserPoolDomainCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness } from "../../test/harness.ts";
import { payloadOf, signIn, somebody } from "../../test/pool-sessions.ts";
import { createPool } from "../../test/pool-users.ts";

suite("what user pools publish", async () => {
  const h = await harness();
  const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await h.send({ path, headers: new Map(Object.entries(headers)) });
    const named = new Map<string, string>();
    for (let at = 0; at < answer.headers.length; at += 2) {
      named.set(answer.headers[at] ?? "", answer.headers[at + 1] ?? "");
    }
    return { ...answer, headers: named };
  };

  test("is a key set in AWS's form, for any page to read and to keep for a day", async () => {
    const poolId = await createPool(h);
    const answer = await get(`/${poolId}/.well-known/jwks.json`, { origin: "https://app.example.com" });
    assert.deepEqual(Object.fromEntries(answer.headers), {
      "content-type": "application/json",
      "cache-control": "public, max-age=86400",
      "access-control-allow-origin": "*",
    });
    const { keys } = JSON.parse(answer.body) as { keys: Record<string, string>[] };
    assert.equal(keys.length, 2);
    for (const key of keys) {
      assert.deepEqual(Object.keys(key), ["alg", "e", "kid", "kty", "n", "use"]);
      assert.deepEqual([key.alg, key.e, key.kty, key.use], ["RS256", "AQAB", "RSA", "sig"]);
      assert.equal(Buffer.from(key.n ?? "", "base64url").length, 256);
    }
    await h.environment.tasks.settled();
    const { reads } = h.environment.store.statistics();
    assert.equal((await get(`/${poolId}/.well-known/jwks.json`)).body, answer.body);
    if (h.environment.store.kind !== "postgres") assert.equal(h.environment.store.statistics().reads, reads);
  });

  test("is a discovery document that names the host of the request, as its tokens do", async () => {
    const it = await somebody(h);
    const path = `/${it.UserPoolId}/.well-known/openid-configuration`;
    const issuerFor = async (host: string | undefined) => {
      const answer = await get(path, host === undefined ? {} : { host });
      const { issuer, jwks_uri, ...rest } = JSON.parse(answer.body);
      assert.equal(jwks_uri, `${issuer}/.well-known/jwks.json`);
      assert.deepEqual(rest, {
        id_token_signing_alg_values_supported: ["RS256"],
        response_types_supported: ["code", "token"],
        scopes_supported: ["openid", "email", "phone", "profile"],
        subject_types_supported: ["public"],
      });
      const { IdToken } = await signIn(h, it.ClientId, it.sub, {}, { host });
      assert.equal(payloadOf(IdToken).iss, issuer);
      return issuer;
    };
    assert.equal(await issuerFor("LocalHost:4566"), `http://localhost:4566/${it.UserPoolId}`);
    assert.equal(await issuerFor("[::1]:4566"), `http://[::1]:4566/${it.UserPoolId}`);
    assert.equal(await issuerFor("auth_1.example.com"), `http://auth_1.example.com/${it.UserPoolId}`);
    for (const odd of [
      undefined,
      "",
      "a b",
      "a/b",
      "a@b",
      "a:1:2",
      "a:123456",
      "a?",
      "-a",
      "a,b",
      "[::1",
      "x".repeat(300),
    ]) {
      assert.equal(await issuerFor(odd), `http://countersign.test/${it.UserPoolId}`, odd);
    }
  });

  test("names the endpoints of the domain, once there is one, where every client finds them", async () => {
    const poolId = await createPool(h);
    const documentOf = async (host: string) =>
      JSON.parse((await get(`/${poolId}/.well-known/openid-configuration`, { host })).body);
    assert.equal((await documentOf("localhost:4566")).authorization_endpoint, undefined);
    await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: "discovered" }));
    const base = `http://localhost:4566/pools/${poolId}`;
    const issuer = `http://localhost:4566/${poolId}`;
    const document = await documentOf("localhost:4566");
    assert.deepEqual(document, {
      authorization_endpoint: `${base}/oauth2/authorize`,
      end_session_endpoint: `${base}/logout`,
      id_token_signing_alg_values_supported: ["RS256"],
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ["code", "token"],
      revocation_endpoint: `${base}/oauth2/revoke`,
      scopes_supported: ["openid", "email", "phone", "profile"],
      subject_types_supported: ["public"],
      token_endpoint: `${base}/oauth2/token`,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      userinfo_endpoint: `${base}/oauth2/userInfo`,
    });
    assert.deepEqual(Object.keys(document), Object.keys(document).sort());
    const asked = await h.send({
      path: `/pools/${poolId}/oauth2/authorize`,
      headers: new Map([["host", "localhost"]]),
    });
    assert.equal(asked.status, 400, "they are there");
  });

  test("names what the operator says, where he says something", async () => {
    const other = await harness({ issuerUrl: "https://id.example.com/base" });
    const poolId = await createPool(other);
    const answer = await other.send({
      path: `/${poolId}/.well-known/openid-configuration`,
      headers: new Map([["host", "localhost"]]),
    });
    assert.equal(JSON.parse(answer.body).issuer, `https://id.example.com/base/${poolId}`);
  });

  test("is nothing for a pool that is not there, and for other methods and paths", async () => {
    const poolId = await createPool(h);
    for (const document of ["jwks.json", "openid-configuration"]) {
      const answer = await get(`/us-east-1_none/.well-known/${document}`);
      assert.deepEqual([answer.status, answer.body], [404, '{"message":"User pool us-east-1_none does not exist."}\n']);
      const posted = await h.send({ method: "POST", path: `/${poolId}/.well-known/${document}` });
      assert.equal(posted.status, 405);
    }
    for (const path of [`/${poolId}/.well-known/x`, `/${poolId}/jwks.json`, `/a/${poolId}/.well-known/jwks.json`]) {
      assert.equal((await get(path)).status, 404);
    }
  });
});
