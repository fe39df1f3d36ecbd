import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  CreateResourceServerCommand,
  GetUserCommand,
  UpdateResourceServerCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../test/harness.ts";
import { lambdaEndpoint } from "../../../test/lambda-endpoint.ts";
import {
  callback,
  challenge,
  codeFor,
  codeForm,
  DomainVisitor,
  type OnDomain,
  poolOnDomain,
  signedInBrowser,
  tokensFor,
  verifier,
} from "../../../test/pool-domain.ts";
import { headerOf, isSignedByOne, keySetOf, payloadOf, signIn } from "../../../test/pool-sessions.ts";
import { createClient, type createPool } from "../../../test/pool-users.ts";
import { authorizationCodes } from "../../store/authorization-codes.ts";

const path = "/oauth2/token";
const pkce = { code_challenge: challenge, code_challenge_method: "S256" };

function basic(id: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}

suite("token: authorization_code", async () => {
  const h = await harness();
  const refusedAs = async (browser: DomainVisitor, form: Record<string, string>, headers = {}) => {
    const answer = await browser.post(path, { form, headers });
    assert.equal(answer.headers.get("content-type"), "application/json;charset=UTF-8");
    return [answer.status, answer.body];
  };
  const invalidGrant = [400, '{"error":"invalid_grant"}'];

  test("gives an ID, an access and a refresh token, once", async () => {
    const it = await poolOnDomain(h, { user: { email: "somebody@example.com", email_verified: "true" } });
    const browser = await signedInBrowser(h, it);
    h.clock.set(startOfTest + 60_000);
    const code = await codeFor(browser, it, { nonce: "n", scope: "openid email" });
    const app = new DomainVisitor(h, it.host);
    const answer = await app.post(path, { form: codeForm(it, code) });
    assert.equal(answer.status, 200);
    assert.deepEqual(Object.keys(answer.json), [
      "id_token",
      "access_token",
      "refresh_token",
      "expires_in",
      "token_type",
    ]);
    assert.deepEqual([answer.json.expires_in, answer.json.token_type], [3600, "Bearer"]);
    assert.equal(answer.headers.get("content-type"), "application/json;charset=UTF-8");
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.match(answer.headers.get("x-amz-cognito-request-id") ?? "", /^[0-9a-f-]{36}$/);
    assert.equal(answer.headers.get("cache-control"), "no-cache, no-store, max-age=0, must-revalidate");
    const [id, access] = [String(answer.json.id_token), String(answer.json.access_token)];
    const keys = await keySetOf(h, it.UserPoolId);
    assert.ok(isSignedByOne(keys, id) && isSignedByOne(keys, access));
    assert.notEqual(headerOf(id).kid, headerOf(access).kid);
    const issuer = `http://localhost:4566/${it.UserPoolId}`;
    const { origin_jti, event_id, jti: accessId, ...ofAccess } = payloadOf(access);
    const times = { auth_time: startOfTest / 1000, iat: startOfTest / 1000 + 60, exp: startOfTest / 1000 + 3660 };
    assert.deepEqual(ofAccess, {
      sub: it.sub,
      iss: issuer,
      version: 2,
      client_id: it.ClientId,
      token_use: "access",
      scope: "openid email",
      username: "somebody",
      ...times,
    });
    const { jti: idId, ...ofId } = payloadOf(id);
    assert.notEqual(idId, accessId);
    assert.deepEqual(ofId, {
      at_hash: createHash("sha256").update(access).digest().subarray(0, 16).toString("base64url"),
      sub: it.sub,
      email: "somebody@example.com",
      email_verified: true,
      iss: issuer,
      "cognito:username": "somebody",
      nonce: "n",
      origin_jti,
      aud: it.ClientId,
      event_id,
      token_use: "id",
      ...times,
    });
    assert.deepEqual(await refusedAs(app, codeForm(it, code)), invalidGrant);
    h.clock.set(startOfTest);
  });

  test("ends the session of a code that is used again, and not for who does not know the verifier", async () => {
    const it = await poolOnDomain(h);
    const browser = await signedInBrowser(h, it);
    const code = await codeFor(browser, it, pkce);
    const form = codeForm(it, code, { code_verifier: verifier });
    const { access_token, refresh_token } = (await browser.post(path, { form })).json;
    const refresh = { grant_type: "refresh_token", client_id: it.ClientId, refresh_token: String(refresh_token) };
    const thief = codeForm(it, code, { code_verifier: `${verifier}0` });
    assert.deepEqual(await refusedAs(browser, thief), invalidGrant);
    assert.equal((await browser.post(path, { form: refresh })).status, 200, "the session goes on");
    assert.deepEqual(await refusedAs(browser, form), invalidGrant);
    assert.deepEqual(await refusedAs(browser, refresh), invalidGrant, "it has ended");
    const user = await refused(h.cognito.send(new GetUserCommand({ AccessToken: String(access_token) })));
    assert.deepEqual([user.code, user.message], ["NotAuthorizedException", "Access Token has been revoked"]);
  });

  test("gives tokens to one of two that bring a code at the same time, and ends what it gave", async () => {
    const it = await poolOnDomain(h);
    const browser = await signedInBrowser(h, it);
    const form = codeForm(it, await codeFor(browser, it));
    const answers = await Promise.all([browser.post(path, { form }), browser.post(path, { form })]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
    const { refresh_token } = answers.find(({ status }) => status === 200)?.json ?? {};
    const refresh = { grant_type: "refresh_token", client_id: it.ClientId, refresh_token: String(refresh_token) };
    assert.deepEqual(await refusedAs(browser, refresh), invalidGrant);
  });

  test("refuses a code that is not the client's, not for this redirect_uri, without its verifier, or too old", async () => {
    const it = await poolOnDomain(h);
    const browser = await signedInBrowser(h, it);
    const other = await createClient(h, it.UserPoolId, {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [callback],
    });
    const code = await codeFor(browser, it, pkce);
    const plain = await codeFor(browser, it);
    const wrong: Record<string, string>[] = [
      codeForm(it, "00000000-0000-4000-8000-000000000000", { code_verifier: verifier }),
      codeForm({ ...it, ...other }, code, { code_verifier: verifier }),
      codeForm(it, code, { code_verifier: verifier, redirect_uri: `${callback}/` }),
      codeForm(it, code, { code_verifier: verifier, redirect_uri: "" }),
      codeForm(it, code),
      codeForm(it, code, { code_verifier: `${verifier}x` }),
      codeForm(it, code, { code_verifier: challenge }),
      codeForm(it, plain, { code_verifier: verifier }),
    ];
    for (const form of wrong) assert.deepEqual(await refusedAs(browser, form), invalidGrant, JSON.stringify(form));
    h.clock.set(startOfTest + 300_000);
    assert.deepEqual(await refusedAs(browser, codeForm(it, code, { code_verifier: verifier })), invalidGrant);
    h.clock.set(startOfTest + 299_999);
    assert.equal((await browser.post(path, { form: codeForm(it, code, { code_verifier: verifier }) })).status, 200);
    h.clock.set(startOfTest);
  });

  test("knows a code for an hour after it has ended, and stores nothing that could be used", async () => {
    const it = await poolOnDomain(h);
    const code = await codeFor(await signedInBrowser(h, it), it);
    const digest = createHash("sha256").update(code).digest("base64url");
    const find = (key: string) => h.environment.store.read((tx) => authorizationCodes.find(tx, key));
    assert.equal(await find(code), undefined);
    const isKnownAt = async (time: number) => {
      h.clock.set(startOfTest + time);
      await codeFor(await signedInBrowser(h, it), it);
      return (await find(digest)) !== undefined;
    };
    assert.equal(await isKnownAt(300_000 + 3_600_000), true);
    assert.equal(await isKnownAt(300_000 + 3_600_001), false);
    h.clock.set(startOfTest);
  });

  test("refuses the code of a user who is disabled, deleted, or signed out everywhere since", async () => {
    for (const end of [AdminDisableUserCommand, AdminDeleteUserCommand, AdminUserGlobalSignOutCommand]) {
      const it = await poolOnDomain(h);
      const browser = await signedInBrowser(h, it);
      const code = await codeFor(browser, it);
      await h.cognito.send(new end({ UserPoolId: it.UserPoolId, Username: "somebody" }));
      assert.deepEqual(await refusedAs(browser, codeForm(it, code)), invalidGrant, end.name);
    }
  });

  test("knows a client with a secret by it, in the header or in the form, and by nothing else", async () => {
    const it = await poolOnDomain(h, { client: { GenerateSecret: true } });
    const browser = await signedInBrowser(h, it);
    const { ClientSecret = "" } = it;
    const { client_id: _, ...form } = codeForm(it, await codeFor(browser, it));
    const inForm = { ...form, client_id: it.ClientId };
    const invalidClient = [400, '{"error":"invalid_client"}'];
    const invalidRequest = [400, '{"error":"invalid_request"}'];
    assert.deepEqual(await refusedAs(browser, inForm), invalidClient);
    assert.deepEqual(await refusedAs(browser, { ...inForm, client_secret: `${ClientSecret}x` }), invalidClient);
    assert.deepEqual(await refusedAs(browser, form, basic(it.ClientId, "x")), invalidClient);
    assert.deepEqual(await refusedAs(browser, form, basic("nobody", ClientSecret)), invalidClient);
    assert.deepEqual(await refusedAs(browser, form, { authorization: "Basic ::" }), invalidClient);
    assert.deepEqual(await refusedAs(browser, form, { authorization: `Bearer ${ClientSecret}` }), invalidClient);
    assert.deepEqual(await refusedAs(browser, form), invalidRequest, "nobody");
    const both = { ...inForm, client_secret: ClientSecret };
    assert.deepEqual(await refusedAs(browser, both, basic(it.ClientId, ClientSecret)), invalidRequest, "twice");
    const another = await poolOnDomain(h);
    const foreign = await new DomainVisitor(h, another.host).post(path, { form: both });
    assert.deepEqual([foreign.status, foreign.body], invalidClient, "at another pool's domain");
    assert.equal((await browser.post(path, { form, headers: basic(it.ClientId, ClientSecret) })).status, 200);
    const post = codeForm(it, await codeFor(browser, it), { client_secret: ClientSecret });
    assert.equal((await browser.post(path, { form: post })).status, 200);
  });

  test("refuses requests that are none, in the words of the RFC", async () => {
    const it = await poolOnDomain(h);
    const app = new DomainVisitor(h, it.host);
    const client_id = it.ClientId;
    const cases: [Record<string, string>, string][] = [
      [{}, "invalid_request"],
      [{ grant_type: "password", client_id }, "unsupported_grant_type"],
      [{ grant_type: "authorization_code", client_id }, "invalid_request"],
      [{ grant_type: "refresh_token", client_id }, "invalid_request"],
      [{ grant_type: "refresh_token", client_id, refresh_token: "x" }, "invalid_grant"],
      [{ grant_type: "client_credentials", client_id }, "unauthorized_client"],
    ];
    for (const [form, error] of cases) {
      assert.deepEqual(await refusedAs(app, form), [400, JSON.stringify({ error })], JSON.stringify(form));
    }
    const twice = new URLSearchParams([
      ["grant_type", "refresh_token"],
      ["grant_type", "authorization_code"],
    ]);
    const answer = await app.post(path, { form: twice });
    assert.deepEqual([answer.status, answer.body], [400, '{"error":"invalid_request"}']);
    const asJson = await app.post(path, { form: { grant_type: "x" }, headers: { "content-type": "application/json" } });
    assert.deepEqual([asJson.status, asJson.body], [400, '{"error":"invalid_request"}']);
    const large = await app.post(path, { form: { grant_type: "x".repeat(409_601) } });
    assert.equal(large.status, 413);
    const implicit = await poolOnDomain(h, { client: { AllowedOAuthFlows: ["implicit"] } });
    const form = codeForm(implicit, "00000000-0000-4000-8000-000000000000");
    assert.deepEqual(await refusedAs(new DomainVisitor(h, implicit.host), form), [
      400,
      '{"error":"unauthorized_client"}',
    ]);
    const preflight = await app.ask("OPTIONS", path);
    assert.deepEqual([preflight.status, preflight.headers.get("access-control-allow-methods")], [200, "POST"]);
  });

  test("gives what the scopes are for: no ID token without openid, and attributes that they name", async () => {
    const user = {
      email: "somebody@example.com",
      email_verified: "true",
      name: "Some Body",
      phone_number: "+15555550100",
      "custom:team": "a",
    };
    const Schema = [{ Name: "team", AttributeDataType: "String" as const, Mutable: true }];
    const it = await poolOnDomain(h, { pool: { Schema }, user });
    const browser = await signedInBrowser(h, it);
    const own = new Set([...Object.keys(user), "phone_number_verified"]);
    const idClaims = async (scope: string) => {
      const { id_token } = await tokensFor(browser, it, { scope });
      return Object.keys(payloadOf(id_token))
        .filter((name) => own.has(name))
        .sort();
    };
    const all = ["custom:team", "email", "email_verified", "name", "phone_number"];
    assert.deepEqual(await idClaims("openid"), all);
    assert.deepEqual(await idClaims("openid aws.cognito.signin.user.admin"), all);
    assert.deepEqual(await idClaims("openid email"), ["email", "email_verified"]);
    assert.deepEqual(await idClaims("openid phone"), ["phone_number"]);
    assert.deepEqual(await idClaims("openid profile"), ["custom:team", "name"]);
    const form = codeForm(it, await codeFor(browser, it, { scope: "aws.cognito.signin.user.admin" }));
    const { json } = await browser.post(path, { form });
    assert.deepEqual(Object.keys(json), ["access_token", "refresh_token", "expires_in", "token_type"]);
    const refresh = { grant_type: "refresh_token", client_id: it.ClientId, refresh_token: String(json.refresh_token) };
    const again = (await browser.post(path, { form: refresh })).json;
    assert.deepEqual(Object.keys(again), ["access_token", "expires_in", "token_type"]);
  });

  test("refuses scopes about attributes that the client may not read", async () => {
    const it = await poolOnDomain(h, { client: { ReadAttributes: ["email", "name"] } });
    const browser = await signedInBrowser(h, it);
    const code = await codeFor(browser, it, { scope: "openid email" });
    assert.deepEqual(await refusedAs(browser, codeForm(it, code)), invalidGrant);
    assert.ok((await tokensFor(browser, it, { scope: "openid profile" })).id_token);
  });

  test("binds access tokens to a resource, and those that come of them", async () => {
    const it = await poolOnDomain(h);
    const browser = await signedInBrowser(h, it);
    const tokens = await tokensFor(browser, it, { resource: "https://api.example.com/v1" });
    assert.equal(payloadOf(tokens.access_token).aud, "https://api.example.com/v1");
    assert.equal(payloadOf(tokens.id_token).aud, it.ClientId);
    const form = { grant_type: "refresh_token", client_id: it.ClientId, refresh_token: tokens.refresh_token };
    const { json } = await browser.post(path, { form });
    assert.equal(payloadOf(String(json.access_token)).aud, "https://api.example.com/v1");
  });
});

suite("token: refresh_token", async () => {
  const h = await harness();
  const refresh = (it: OnDomain, refresh_token: string) =>
    new DomainVisitor(h, it.host).post(path, {
      form: { grant_type: "refresh_token", client_id: it.ClientId, refresh_token },
    });

  test("gives new ID and access tokens of the same sign-in, and no other refresh token", async () => {
    const it = await poolOnDomain(h);
    const tokens = await tokensFor(await signedInBrowser(h, it), it, { nonce: "n", scope: "openid email" });
    const { status, json } = await refresh(it, tokens.refresh_token);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(json), ["id_token", "access_token", "expires_in", "token_type"]);
    const [before, after] = [payloadOf(tokens.access_token), payloadOf(String(json.access_token))];
    assert.deepEqual(
      [after.origin_jti, after.event_id, after.scope],
      [before.origin_jti, before.event_id, before.scope],
    );
    assert.notEqual(after.jti, before.jti);
    assert.equal(payloadOf(String(json.id_token)).nonce, undefined, "OpenID Connect Core, 12.2");
  });

  test("goes on with a session of the API, with what its tokens are", async () => {
    const it = await poolOnDomain(h);
    const { RefreshToken } = await signIn(h, it.ClientId, it.sub);
    const { json } = await refresh(it, RefreshToken);
    const access = payloadOf(String(json.access_token));
    assert.deepEqual([access.scope, access.version], ["aws.cognito.signin.user.admin", undefined]);
    assert.equal(payloadOf(String(json.id_token)).sub, it.sub);
  });

  test("rotates where the client's tokens rotate", async () => {
    const RefreshTokenRotation = { Feature: "ENABLED" as const, RetryGracePeriodSeconds: 0 };
    const it = await poolOnDomain(h, {
      client: { RefreshTokenRotation, ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
    });
    const tokens = await tokensFor(await signedInBrowser(h, it), it);
    const first = (await refresh(it, tokens.refresh_token)).json;
    assert.deepEqual(Object.keys(first), ["id_token", "access_token", "refresh_token", "expires_in", "token_type"]);
    const reused = await refresh(it, tokens.refresh_token);
    assert.deepEqual([reused.status, reused.body], [400, '{"error":"invalid_grant"}']);
    assert.equal((await refresh(it, String(first.refresh_token))).status, 200);
  });

  test("refuses another client's token, and another pool's", async () => {
    const it = await poolOnDomain(h);
    const other = await poolOnDomain(h);
    const { refresh_token } = await tokensFor(await signedInBrowser(h, it), it);
    const answer = await refresh(other, refresh_token);
    assert.deepEqual([answer.status, answer.body], [400, '{"error":"invalid_grant"}']);
  });
});

suite("token: client_credentials", async () => {
  const lambda = await lambdaEndpoint((event) => ({ ...event, response: {} }));
  const h = await harness({ lambda: { endpoint: lambda.url } });
  const machine = async (pool: Parameters<typeof createPool>[1] = {}) => {
    const it = await poolOnDomain(h, { pool });
    const { UserPoolId } = it;
    const Scopes = ["read", "write"].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }));
    await h.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "books", Name: "books", Scopes }));
    const { ClientId, ClientSecret = "" } = await createClient(h, UserPoolId, {
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["books/read", "books/write"],
    });
    const ask = (more: Record<string, string> = {}) =>
      new DomainVisitor(h, it.host).post(path, {
        form: { grant_type: "client_credentials", ...more },
        headers: basic(ClientId, ClientSecret),
      });
    return { ...it, ClientId, ClientSecret, ask };
  };

  test("gives an access token alone, for all custom scopes or those asked for", async () => {
    const it = await machine();
    const { status, json } = await it.ask();
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(json), ["access_token", "expires_in", "token_type"]);
    const { jti: _, ...claims } = payloadOf(String(json.access_token));
    assert.deepEqual(claims, {
      sub: it.ClientId,
      token_use: "access",
      scope: "books/read books/write",
      auth_time: startOfTest / 1000,
      iss: `http://localhost:4566/${it.UserPoolId}`,
      exp: startOfTest / 1000 + 3600,
      iat: startOfTest / 1000,
      version: 2,
      client_id: it.ClientId,
    });
    const scopeOf = async (scope: string) => payloadOf(String((await it.ask({ scope })).json.access_token)).scope;
    assert.equal(await scopeOf("books/write"), "books/write");
    assert.equal(await scopeOf("books/write books/burn openid"), "books/write", "what it may not have is left out");
    for (const scope of ["books/burn", "openid"]) {
      const none = await it.ask({ scope });
      assert.deepEqual([none.status, none.body], [400, '{"error":"invalid_scope"}'], scope);
    }
    const { UserPoolId } = it;
    const Scopes = [{ ScopeName: "read", ScopeDescription: "read" }];
    await h.cognito.send(new UpdateResourceServerCommand({ UserPoolId, Identifier: "books", Name: "books", Scopes }));
    const less = payloadOf(String((await it.ask()).json.access_token));
    assert.equal(less.scope, "books/read", "a scope that was taken away is inactive");
  });

  test("wants the secret", async () => {
    const it = await machine();
    const form = { grant_type: "client_credentials", client_id: it.ClientId };
    const app = new DomainVisitor(h, it.host);
    const without = await app.post(path, { form });
    assert.deepEqual([without.status, without.body], [400, '{"error":"invalid_client"}']);
    assert.equal((await app.post(path, { form: { ...form, client_secret: it.ClientSecret } })).status, 200);
  });

  test("hands a function what the app says of itself", async () => {
    const LambdaArn = "arn:aws:lambda:us-east-1:123456789012:function:tokens";
    const it = await machine({ LambdaConfig: { PreTokenGenerationConfig: { LambdaArn, LambdaVersion: "V3_0" } } });
    const aws_client_metadata = JSON.stringify({ tenant: "a" });
    assert.equal((await it.ask({ aws_client_metadata })).status, 200);
    const event = lambda.events.at(-1);
    assert.deepEqual(
      [event?.triggerSource, event?.userName],
      ["TokenGeneration_ClientCredentials", "ClientCredentials"],
    );
    assert.deepEqual(event?.request, {
      userAttributes: {},
      groupConfiguration: null,
      scopes: ["books/read", "books/write"],
      clientMetadata: { tenant: "a" },
    });
    for (const wrong of ["{", "[]", '{"a":1}', "null"]) {
      const answer = await it.ask({ aws_client_metadata: wrong });
      assert.deepEqual([answer.status, answer.body], [400, '{"error":"invalid_request"}'], wrong);
    }
  });
});

suite("token: triggers and limits", async () => {
  const lambda = await lambdaEndpoint(async (event) => {
    if (event.userName === "somebody" && fails) throw new Error("no");
    await meanwhile?.();
    return { ...event, response: { claimsOverrideDetails: { claimsToAddOrOverride: { tenant: "a" } } } };
  });
  let fails = false;
  let meanwhile: (() => Promise<unknown>) | undefined;
  const h = await harness({ lambda: { endpoint: lambda.url } });
  const LambdaArn = "arn:aws:lambda:us-east-1:123456789012:function:tokens";

  test("a function has its word in the tokens of the domain, and may refuse them", async () => {
    const it = await poolOnDomain(h, { pool: { LambdaConfig: { PreTokenGeneration: LambdaArn } } });
    const browser = await signedInBrowser(h, it);
    const tokens = await tokensFor(browser, it);
    assert.equal(lambda.events.at(-1)?.triggerSource, "TokenGeneration_HostedAuth");
    assert.equal(payloadOf(tokens.id_token).tenant, "a");
    fails = true;
    const answer = await browser.post(path, { form: codeForm(it, await codeFor(browser, it)) });
    assert.equal(answer.status, 400);
    assert.equal(answer.json.error, "invalid_request");
    assert.match(String(answer.json.error_description), /^PreTokenGeneration /);
    fails = false;
  });

  test("who signs out everywhere while a function is asked is signed out of what it was asked for", async () => {
    const client = { AllowedOAuthFlows: ["code" as const, "implicit" as const] };
    const it = await poolOnDomain(h, { client, pool: { LambdaConfig: { PreTokenGeneration: LambdaArn } } });
    const { UserPoolId } = it;
    const browser = await signedInBrowser(h, it);
    const code = await codeFor(browser, it);
    const signOut = () => h.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: "somebody" }));
    meanwhile = signOut;
    const answer = await browser.post(path, { form: codeForm(it, code) });
    assert.deepEqual([answer.status, answer.body], [400, '{"error":"invalid_grant"}']);
    meanwhile = undefined;
    h.clock.set(startOfTest + 60_000);
    const again = await signedInBrowser(h, it);
    meanwhile = signOut;
    const query = { response_type: "token", client_id: it.ClientId, redirect_uri: callback };
    const { location } = await again.get("/oauth2/authorize", { query });
    assert.equal(new URLSearchParams(location.hash.slice(1)).get("error"), "invalid_request", location.href);
    meanwhile = undefined;
    h.clock.set(startOfTest);
  });

  test("who asks too often is told so", async () => {
    const limited = await harness({ rateLimits: true, seed: "limits" });
    const it = await poolOnDomain(limited);
    const Scopes = [{ ScopeName: "read", ScopeDescription: "read" }];
    await limited.cognito.send(
      new CreateResourceServerCommand({ UserPoolId: it.UserPoolId, Identifier: "books", Name: "books", Scopes }),
    );
    const { ClientId, ClientSecret = "" } = await createClient(limited, it.UserPoolId, {
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["books/read"],
    });
    const app = new DomainVisitor(limited, it.host);
    const statuses = new Map<number, number>();
    let last = "";
    for (let asked = 0; asked < 152; asked++) {
      const { status, body } = await app.post(path, {
        form: { grant_type: "client_credentials" },
        headers: basic(ClientId, ClientSecret),
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      last = body;
    }
    assert.deepEqual(
      [...statuses],
      [
        [200, 150],
        [429, 2],
      ],
      "ClientAuthentication",
    );
    assert.equal(last, '{"error":"temporarily_unavailable"}');
    const codes = async (times: number) => {
      const form = codeForm(it, "00000000-0000-4000-8000-000000000000");
      const answers = [];
      for (let asked = 0; asked < times; asked++) answers.push((await app.post(path, { form })).status);
      return answers.filter((status) => status === 429).length;
    };
    assert.equal(await codes(122), 2, "codes, as many as UserAuthentication");
    const refresh = { grant_type: "refresh_token", client_id: it.ClientId, refresh_token: "x" };
    assert.equal((await app.post(path, { form: refresh })).status, 400, "which they take nothing from");
  });
});
