import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync } from "node:crypto";
import type { ServerResponse } from "node:http";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  DeleteIdentityProviderCommand,
  ListUsersCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { exportJWK, jwtVerify } from "jose";
import { type Harness, harness, startOfTest } from "../../../test/harness.ts";
import { clientSecret, type OidcFederation, oidcFederation } from "../../../test/oidc-federation.ts";
import { answerJson } from "../../../test/oidc-issuer.ts";
import { type Answer, callback, codeForm, DomainVisitor } from "../../../test/pool-domain.ts";
import { rootOf } from "../../access/authenticate.ts";
import { AuthorizationError } from "../../services/cognito/authorization/authorization-error.ts";
import { findPoolAddress } from "../../services/cognito/domains/pool-address.ts";
import { completeOidcSignIn } from "../../services/cognito/federation/oidc-callback.ts";
import { openDetails, sealDetails } from "../../services/cognito/identity-providers/identity-provider.ts";
import { IssuerKeys } from "../../services/issuer-keys.ts";
import { identityProviders } from "../../store/identity-providers.ts";

const minute = 60_000;

/** What the app hears: the error and what is said of it. */
function told({ status, location }: Answer): (string | null)[] {
  assert.equal(status, 302);
  assert.equal(location.origin + location.pathname, callback);
  assert.equal(location.searchParams.get("state"), "of the app");
  return [location.searchParams.get("error"), location.searchParams.get("error_description")];
}

/** A page, from which nobody is sent anywhere. */
function refusedPage({ status, headers, body }: Answer): string {
  assert.equal(status, 400);
  assert.equal(headers.has("location"), false);
  const text = body.replace(/<head>.*<\/head>/s, "").replace(/<[^>]*>|\s+/g, " ");
  return /try again\. +(.*?) *$/.exec(text)?.[1] ?? "";
}

async function userOf(h: Harness, { UserPoolId }: OidcFederation, Username: string) {
  const { UserAttributes = [] } = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
}

suite("sign-in at an OpenID Connect provider", async () => {
  const h = await harness();
  const it = await oidcFederation(h);
  const browser = () => new DomainVisitor(h, it.host);

  test("the provider is told who asks, for what, and nothing of the app", async () => {
    const begun = await it.begin(browser(), { login_hint: "ann@example.com", prompt: "login select_account" });
    assert.equal(begun.origin + begun.pathname, `${it.idp.issuer}/authorize`);
    const { state, nonce, code_challenge, ...rest } = Object.fromEntries(begun.searchParams);
    assert.deepEqual(rest, {
      client_id: "client",
      redirect_uri: `http://${it.host}/oauth2/idpresponse`,
      response_type: "code",
      scope: "openid email",
      code_challenge_method: "S256",
      login_hint: "ann@example.com",
      prompt: "login select_account",
    });
    for (const text of [nonce, code_challenge]) assert.match(text ?? "", /^[\w-]{43}$/);
    assert.equal(Buffer.from(state ?? "", "base64url").includes(callback), false);
    const other = await it.begin(browser());
    for (const name of ["state", "nonce", "code_challenge"]) {
      assert.notEqual(begun.searchParams.get(name), other.searchParams.get(name));
    }
  });

  test("who comes back is a user, with the attributes that are mapped, and the app gets a code for tokens", async () => {
    it.asked.length = 0;
    it.claims = { email: "ann@idp.example.com", email_verified: true };
    const visitor = browser();
    const { location } = await it.signIn(visitor);
    assert.equal(location.origin + location.pathname, callback);
    assert.equal(location.searchParams.get("state"), "of the app");
    const [token, attributes] = it.asked;
    assert.deepEqual([token?.method, token?.path, token?.authorization], ["POST", "/token", undefined]);
    const { code_verifier, ...form } = Object.fromEntries(token?.parameters ?? []);
    assert.match(code_verifier ?? "", /^[\w-]{43}$/);
    assert.deepEqual(form, {
      grant_type: "authorization_code",
      client_id: "client",
      client_secret: clientSecret,
      code: "the code",
      redirect_uri: `http://${it.host}/oauth2/idpresponse`,
    });
    assert.deepEqual([attributes?.method, attributes?.authorization], ["GET", "Bearer bearer"]);
    const tokens = await visitor.post("/oauth2/token", { form: codeForm(it, location.searchParams.get("code") ?? "") });
    assert.equal(tokens.status, 200, tokens.body);
    const { identities: _, sub, ...user } = await userOf(h, it, "Okta_ann");
    // The ID token counts where both speak.
    assert.deepEqual(user, { email: "ann@idp.example.com", email_verified: "true", name: "Ann" });
    // The browser is signed in: the next app need not ask the provider.
    const again = await visitor.get("/oauth2/authorize", {
      query: { response_type: "code", client_id: it.ClientId, redirect_uri: callback },
    });
    assert.ok(again.location.searchParams.has("code"), again.location.href);
    it.claims = { email: "new@idp.example.com" };
    await it.signIn();
    const after = await userOf(h, it, "Okta_ann");
    assert.deepEqual([after.sub, after.email, after.email_verified], [sub, "new@idp.example.com", "false"]);
    it.claims = {};
  });

  test("the answer may be for the implicit flow", async () => {
    const { location } = await it.signIn(browser(), { response_type: "token" });
    const fragment = new URLSearchParams(location.hash.slice(1));
    assert.ok(fragment.has("access_token"), location.href);
    it.claims = { nonce: "another" };
    const refused = await it.signIn(browser(), { response_type: "token" });
    assert.deepEqual(
      new URLSearchParams(refused.location.hash.slice(1)).get("error_description"),
      "Bad id_token nonce",
    );
    it.claims = {};
  });

  const seconds = startOfTest / 1000;
  const hostileClaims: Readonly<Record<string, readonly [claims: Record<string, unknown>, text: string]>> = {
    "another issuer": [{ iss: "https://other.example.com" }, "issuer https://other.example.com"],
    "no issuer": [{ iss: undefined }, "issuer undefined"],
    "another audience": [{ aud: "other" }, "audience"],
    "no audience": [{ aud: undefined }, "audience"],
    "other audiences": [{ aud: ["other", "clients"] }, "audience"],
    "another authorized party": [{ aud: ["client", "other"], azp: "other" }, "audience"],
    "another nonce": [{ nonce: "x".repeat(43) }, "nonce"],
    "no nonce": [{ nonce: undefined }, "nonce"],
    "an end that has passed": [{ exp: seconds }, "is expired"],
    "no end": [{ exp: undefined }, "is expired"],
    "an end that is no number": [{ exp: String(seconds + 300) }, "is expired"],
    "a time that is to come": [{ iat: seconds + 181 }, "is not valid yet"],
    "a beginning that is to come": [{ nbf: seconds + 181 }, "is not valid yet"],
    "no subject": [{ sub: undefined }, "subject"],
    "a subject that is no text": [{ sub: { name: "ann" } }, "subject"],
  };
  for (const [name, [claims, text]] of Object.entries(hostileClaims)) {
    test(`an ID token with ${name} is refused`, async () => {
      it.claims = claims;
      const answer = await it.signIn();
      it.claims = {};
      assert.deepEqual(told(answer), ["invalid_request", `Bad id_token ${text}`]);
    });
  }

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = (header: object, nonce: string) =>
    `${part(header)}.${part({ iss: it.idp.issuer, aud: "client", sub: "ann", nonce, iat: seconds, exp: seconds + 300 })}`;
  const mac = (key: string, nonce: string) => {
    const text = unsigned({ alg: "HS256", kid: "one" }, nonce);
    return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
  };
  const foreign = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const malformed = "Bad id_token is malformed, or of an algorithm that is not supported";
  const hostileTokens: Readonly<Record<string, readonly [token: (nonce: string) => string, text: string]>> = {
    "that nobody signed": [(nonce) => `${unsigned({ alg: "none" }, nonce)}.`, malformed],
    "under the public key as a secret": [(nonce) => mac(JSON.stringify(it.idp.jwks.keys[0]), nonce), malformed],
    "under the client's secret": [(nonce) => mac(clientSecret, nonce), malformed],
    "that is none": [() => "nothing of the kind", malformed],
    "that is too long": [(nonce) => `${unsigned({ alg: "ES256", kid: "x".repeat(33_000) }, nonce)}.AAAA`, malformed],
    "with a signature of nothing": [
      (nonce) => `${unsigned({ alg: "ES256", kid: "one" }, nonce)}.${"A".repeat(86)}`,
      "Bad id_token signature",
    ],
    "whose key is within it": [
      (nonce) =>
        `${unsigned({ alg: "ES256", jwk: foreign.publicKey.export({ format: "jwk" }) }, nonce)}.${"A".repeat(86)}`,
      "Bad id_token signature",
    ],
  };
  for (const [name, [token, text]] of Object.entries(hostileTokens)) {
    test(`an ID token ${name} is refused`, async () => {
      it.idToken = token;
      const answer = await it.signIn();
      it.idToken = undefined;
      assert.deepEqual(told(answer), ["invalid_request", text]);
    });
  }

  test("keys are read again for one that is not known, but not again and again", async () => {
    const other = await oidcFederation(h);
    const asked = () => other.idp.asked.get("/keys") ?? 0;
    await other.signIn();
    assert.equal(asked(), 1);
    await other.signIn();
    assert.equal(asked(), 1);
    await other.idp.addKey("two");
    other.header = { kid: "two" };
    h.clock.set(startOfTest + minute);
    assert.ok((await other.signIn()).location.searchParams.has("code"));
    assert.equal(asked(), 2);
    other.header = { kid: "three" };
    for (let times = 0; times < 3; times++) {
      assert.deepEqual(told(await other.signIn()), ["invalid_request", "Bad id_token key is unknown"]);
    }
    assert.equal(asked(), 2);
    h.clock.set(startOfTest);
  });

  const keySets: Readonly<Record<string, (response: ServerResponse) => void>> = {
    "that is none": (response) => response.end("<html>"),
    "that is not there": (response) => response.writeHead(404).end(),
    "that is too long": answerJson({ keys: [], padding: "x".repeat(70_000) }),
    "that is somewhere else": (response) => response.writeHead(302, { location: "/other" }).end(),
  };
  for (const [name, answer] of Object.entries(keySets)) {
    test(`a key set ${name}`, async () => {
      const other = await oidcFederation(h);
      other.idp.answers.set("/keys", answer);
      const expected = ["server_error", "Okta Error - the key set cannot be read"];
      for (let times = 0; times < 2; times++) assert.deepEqual(told(await other.signIn()), expected);
      // Who failed is left alone for a while.
      assert.equal(other.idp.asked.get("/keys"), 1);
    });
  }

  test("a state is for one browser, one time, one pool, one address, and five minutes", async () => {
    const wrong = "Invalid state from identity provider";
    const victim = browser();
    await it.begin(victim);
    const attacker = browser();
    const begun = await it.begin(attacker);
    it.asked.length = 0;
    assert.equal(refusedPage(await it.end(victim, begun)), wrong);
    assert.equal(refusedPage(await it.end(browser(), begun)), wrong);
    assert.equal(it.asked.length, 0);
    assert.ok((await it.end(attacker, begun)).location.searchParams.has("code"));
    assert.equal(refusedPage(await it.end(attacker, begun)), wrong);
    const stale = await it.begin(attacker);
    h.clock.set(startOfTest + 5 * minute);
    assert.equal(refusedPage(await it.end(attacker, stale)), wrong);
    h.clock.set(startOfTest);
    const elsewhere = await oidcFederation(h);
    const visitor = new DomainVisitor(h, elsewhere.host);
    await elsewhere.begin(visitor);
    assert.equal(refusedPage(await elsewhere.end(visitor, await it.begin(attacker))), wrong);
    const byPath = await attacker.get(`/pools/${it.UserPoolId}/oauth2/idpresponse`, {
      query: { code: "the code", state: (await it.begin(attacker)).searchParams.get("state") ?? "" },
    });
    assert.equal(refusedPage(byPath), wrong);
    for (const state of ["x", "x".repeat(20_000)]) {
      assert.equal(refusedPage(await attacker.get("/oauth2/idpresponse", { query: { code: "c", state } })), wrong);
    }
    assert.equal(
      refusedPage(await attacker.get("/oauth2/idpresponse", { query: { code: "the code" } })),
      "Required String parameter &#39;state&#39; is not present",
    );
  });

  test("what the provider says of an error goes to the app, who else says anything does not count", async () => {
    const end = async (more: Record<string, string>) => {
      const visitor = browser();
      return told(await it.end(visitor, await it.begin(visitor), more));
    };
    assert.deepEqual(await end({ error: "access_denied", error_description: 'the user\r\nsaid "no"' }), [
      "access_denied",
      "the user  said  no",
    ]);
    assert.deepEqual(await end({ error: "\u0000" }), ["server_error", null]);
    const notTheirs = ["invalid_request", "The answer is not the identity provider's."];
    assert.deepEqual(await end({ iss: "https://other.example.com" }), notTheirs);
    assert.deepEqual(await end({ iss: "https://other.example.com", error: "access_denied" }), notTheirs);
    assert.deepEqual(await end({ iss: it.idp.issuer, code: "" }), [
      "invalid_request",
      "Required String parameter 'code' is not present",
    ]);
    const visitor = browser();
    const right = await it.end(visitor, await it.begin(visitor), { iss: it.idp.issuer });
    assert.ok(right.location.searchParams.has("code"));
  });

  const unreachable = ["server_error", "Okta Error - the provider cannot be reached"];
  const answers: Readonly<Record<string, readonly [(response: ServerResponse) => void, readonly string[]]>> = {
    "an error": [
      answerJson({ error: "invalid_client", error_description: "who\nare you?" }, 401),
      ["invalid_client", "Okta Error - 401 invalid_client who are you?"],
    ],
    "an error with status 200": [answerJson({ error: "bad_code" }), ["bad_code", "Okta Error - 200 bad_code"]],
    "an error of its own kind": [answerJson({ error: { code: 7 } }, 400), ["server_error", "Okta Error - 400"]],
    "what is no JSON": [(response) => response.end("<html>"), ["server_error", "Okta Error - 200"]],
    "a list": [answerJson([]), ["server_error", "Okta Error - 200"]],
    "without an ID token": [answerJson({ access_token: "x" }), ["server_error", "Okta Error - no id_token"]],
    "with a redirect": [
      (response) => response.writeHead(307, { location: `${it.idp.issuer}/keys` }).end(),
      ["server_error", "Okta Error - 307"],
    ],
    "without end": [
      (response) => {
        response.on("error", () => {});
        response.end("x".repeat(200_000));
      },
      unreachable,
    ],
    "by hanging up": [(response) => response.socket?.destroy(), unreachable],
  };
  for (const [name, [answer, expected]] of Object.entries(answers)) {
    test(`a token endpoint that answers ${name}`, async () => {
      it.tokenAnswer = answer;
      const found = told(await it.signIn());
      it.tokenAnswer = undefined;
      assert.deepEqual(found, expected);
    });
  }

  test("attributes must be those of the same subject", async () => {
    const { userInfo } = it;
    const { sub: _, ...ofNobody } = userInfo;
    for (const other of [{ ...userInfo, sub: "bob" }, ofNobody]) {
      it.userInfo = other;
      const answer = await it.signIn();
      it.userInfo = userInfo;
      assert.deepEqual(told(answer), ["server_error", "Okta Error - userInfo is of another subject"]);
    }
  });

  test("attributes are asked for as the administrator says, and anything can be the name", async () => {
    const posting = await oidcFederation(h, {
      ProviderDetails: { attributes_request_method: "POST" },
      AttributeMapping: { username: "employee", email: "email" },
    });
    posting.userInfo = { sub: "ann", employee: 4711 };
    await posting.signIn();
    assert.deepEqual(
      posting.asked.map(({ method, path }) => [method, path]),
      [
        ["POST", "/token"],
        ["POST", "/userinfo"],
      ],
    );
    assert.equal(JSON.parse((await userOf(h, posting, "Okta_4711")).identities ?? "")[0].userId, "4711");
    posting.userInfo = { sub: "ann" };
    assert.deepEqual(told(await posting.signIn()), ["server_error", "Okta Error - employee is missing"]);
  });

  test("a client may not let the provider in any more, or the provider may be gone", async () => {
    const other = await oidcFederation(h);
    const visitor = new DomainVisitor(h, other.host);
    const update = (SupportedIdentityProviders: string[]) =>
      h.cognito.send(
        new UpdateUserPoolClientCommand({
          UserPoolId: other.UserPoolId,
          ClientId: other.ClientId,
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: ["openid"],
          CallbackURLs: [callback],
          SupportedIdentityProviders,
        }),
      );
    const gone = ["invalid_request", "The identity provider Okta is not available."];
    const begun = await other.begin(visitor, { scope: "openid" });
    const second = await other.begin(visitor, { scope: "openid" });
    await update(["COGNITO"]);
    assert.deepEqual(told(await other.end(visitor, begun)), gone);
    await update(["Okta"]);
    await h.cognito.send(new DeleteIdentityProviderCommand({ UserPoolId: other.UserPoolId, ProviderName: "Okta" }));
    assert.deepEqual(told(await other.end(visitor, second)), gone);
    // While it is asked, too.
    const { idp, UserPoolId, userInfo, ...third } = await oidcFederation(h);
    idp.answers.set("/userinfo", async (response) => {
      await h.cognito.send(new DeleteIdentityProviderCommand({ UserPoolId, ProviderName: "Okta" }));
      answerJson(userInfo)(response);
    });
    assert.deepEqual(told(await third.signIn()), gone);
    const { Users } = await h.cognito.send(new ListUsersCommand({ UserPoolId }));
    assert.deepEqual(
      Users?.map(({ Username }) => Username),
      ["somebody"],
    );
  });

  test("a provider at an address of this machine is not asked, unless that is allowed", async () => {
    const visitor = browser();
    const begun = await it.begin(visitor);
    const asked = { host: it.host, secureTransport: false };
    const address = await findPoolAddress(h.environment, asked, "/oauth2/idpresponse");
    assert.ok(address !== undefined);
    it.asked.length = 0;
    const environment = { ...h.environment, issuerKeys: new IssuerKeys({ allowLoopback: false }) };
    const facts = {
      caller: rootOf(address.context.pool.account_id, "aws"),
      region: "us-east-1",
      requestId: "request",
      sourceIp: "192.0.2.1",
      userAgent: undefined,
      host: it.host,
      secureTransport: false,
    };
    const query = new URLSearchParams({ code: "the code", state: begun.searchParams.get("state") ?? "" });
    const bindingCookie = visitor.cookie("csrf-state");
    const ended = completeOidcSignIn(environment, facts, { address, query, bindingCookie, now: startOfTest });
    await assert.rejects(ended, (error) => {
      assert.ok(error instanceof AuthorizationError);
      assert.deepEqual([error.code, error.message], unreachable);
      return true;
    });
    assert.equal(it.asked.length, 0);
  });
});

suite("sign-in at social providers", async () => {
  const h = await harness();

  /** The provider as AWS has it, but for its addresses, which are the test's. */
  const social = async (
    type: "Google" | "Facebook" | "LoginWithAmazon" | "SignInWithApple",
    AttributeMapping: Record<string, string>,
    ProviderDetails: Record<string, string>,
  ) => {
    const it = await oidcFederation(h, { ProviderName: type, ProviderType: type, AttributeMapping, ProviderDetails });
    const { store } = h.environment;
    await store.write(async (tx) => {
      const row = await identityProviders.find(tx, it.UserPoolId, type);
      assert.ok(row !== undefined);
      const before = openDetails(h.environment, row);
      const details: Record<string, string> = {
        ...before,
        token_url: `${it.idp.issuer}/token`,
        jwks_uri: `${it.idp.issuer}/keys`,
      };
      if (before.attributes_url !== undefined) {
        const { search } = new URL(before.attributes_url);
        details.attributes_url = `${it.idp.issuer}/userinfo${search}`;
      }
      const details_sealed = sealDetails(h.environment, it.UserPoolId, type, details);
      await identityProviders.update(tx, { ...row, details_sealed });
    });
    // The path is looked up with its query.
    const answer = it.idp.answers.get("/userinfo");
    const serve = (path: string) => answer !== undefined && it.idp.answers.set(path, answer);
    return { it, serve };
  };

  test("Google: an ID token, and the People API for what only that has", async () => {
    const mapping = { email: "email", birthdate: "birthdays", phone_number: "phoneNumbers" };
    const { it, serve } = await social("Google", mapping, {});
    serve("/userinfo?personFields=birthdays%2CphoneNumbers");
    const visitor = new DomainVisitor(h, it.host);
    const begun = await it.begin(visitor);
    assert.equal(begun.origin + begun.pathname, "https://accounts.google.com/o/oauth2/v2/auth");
    assert.ok(begun.searchParams.has("nonce"));
    assert.ok(begun.searchParams.has("code_challenge"));
    it.claims = { iss: "https://accounts.google.com", sub: "1234", email: "ann@gmail.example" };
    it.userInfo = {
      resourceName: "people/1234",
      birthdays: [
        { date: { month: 2, day: 3 } },
        { metadata: { primary: true }, date: { year: 1990, month: 2, day: 3 } },
      ],
      phoneNumbers: [{ value: "+15550100" }],
    };
    assert.ok((await it.end(visitor, begun)).location.searchParams.has("code"));
    const { identities: _, sub: __, ...user } = await userOf(h, it, "Google_1234");
    assert.deepEqual(user, {
      email: "ann@gmail.example",
      email_verified: "false",
      birthdate: "1990-02-03",
      phone_number: "+15550100",
      phone_number_verified: "false",
    });
    it.claims = { ...it.claims, iss: it.idp.issuer };
    assert.deepEqual(told(await it.signIn()), ["invalid_request", `Bad id_token issuer ${it.idp.issuer}`]);
  });

  test("Facebook: a token by GET, and what it is asked for", async () => {
    const details = { authorize_scopes: "public_profile, email" };
    const { it, serve } = await social("Facebook", { email: "email", name: "name" }, details);
    serve("/userinfo?fields=id%2Cemail%2Cname");
    it.tokenAnswer = answerJson({ access_token: "bearer", token_type: "bearer" });
    it.userInfo = { id: "77", email: "ann@example.com", name: "Ann" };
    const answers = it.idp.answers.get("/token");
    const visitor = new DomainVisitor(h, it.host);
    const begun = await it.begin(visitor);
    assert.equal(begun.origin + begun.pathname, "https://www.facebook.com/v17.0/dialog/oauth");
    assert.equal(begun.searchParams.has("nonce"), false);
    const query = new URLSearchParams({
      grant_type: "authorization_code",
      client_id: "client",
      client_secret: clientSecret,
      code: "the code",
      redirect_uri: `http://${it.host}/oauth2/idpresponse`,
    });
    assert.ok(answers !== undefined);
    it.idp.answers.set(`/token?${query}`, answers);
    assert.ok((await it.end(visitor, begun)).location.searchParams.has("code"));
    assert.deepEqual(
      it.asked.map(({ method, path }) => [method, path]),
      [
        ["GET", "/token"],
        ["GET", "/userinfo"],
      ],
    );
    assert.equal((await userOf(h, it, "Facebook_77")).name, "Ann");
  });

  test("Amazon: a profile", async () => {
    const { it } = await social("LoginWithAmazon", { email: "email" }, { authorize_scopes: "profile" });
    it.tokenAnswer = answerJson({ access_token: "bearer" });
    it.userInfo = { user_id: "amzn1.account.K2LI23KL2LK2", email: "ann@example.com" };
    assert.ok((await it.signIn()).location.searchParams.has("code"));
    assert.equal((await userOf(h, it, "LoginWithAmazon_amzn1.account.K2LI23KL2LK2")).email, "ann@example.com");
    it.userInfo = { email: "ann@example.com" };
    assert.deepEqual(told(await it.signIn()), ["server_error", "LoginWithAmazon Error - user_id is missing"]);
  });

  test("Apple: a secret that the key signs, an answer that is posted, and a name that comes once", async () => {
    const key = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = String(key.privateKey.export({ type: "pkcs8", format: "pem" }));
    const mapping = { email: "email", name: "name", given_name: "firstName" };
    const private_key = pem.replaceAll(/-----[^-]+-----|\s/g, "");
    const details = { team_id: "TEAM", key_id: "KEY", private_key, authorize_scopes: "name email" };
    const { it } = await social("SignInWithApple", mapping, details);
    const visitor = new DomainVisitor(h, it.host);
    const begun = await it.begin(visitor);
    assert.equal(begun.searchParams.get("response_mode"), "form_post");
    it.claims = { iss: "https://appleid.apple.com", sub: "0001.ab", email: "relay@example.com" };
    // Prepares what the provider remembers; the answer comes by another way.
    await it.end(new DomainVisitor(h, it.host), begun);
    const user = JSON.stringify({ name: { firstName: "Ann", lastName: "Example" }, email: "victim@example.com" });
    const posted = await new DomainVisitor(h, it.host).post("/oauth2/idpresponse", {
      form: { code: "the code", state: begun.searchParams.get("state") ?? "", user, other: "x" },
    });
    assert.equal(posted.status, 302);
    assert.equal(posted.location.pathname, "/oauth2/idpresponse");
    assert.deepEqual([...posted.location.searchParams.keys()], ["code", "state", "user"]);
    const answer = await visitor.get("/oauth2/idpresponse", { query: posted.location.searchParams });
    assert.ok(answer.location.searchParams.has("code"), answer.location.href);
    const secret = it.asked[0]?.parameters.get("client_secret") ?? "";
    const { payload, protectedHeader } = await jwtVerify(secret, await exportJWK(key.publicKey), {
      currentDate: new Date(startOfTest),
    });
    assert.deepEqual(protectedHeader, { kid: "KEY", typ: "JWT", alg: "ES256" });
    const seconds = startOfTest / 1000;
    const claims = { iss: "TEAM", iat: seconds, exp: seconds + 300, aud: "https://appleid.apple.com", sub: "client" };
    assert.deepEqual(payload, claims);
    const made = await userOf(h, it, "SignInWithApple_0001.ab");
    assert.deepEqual([made.email, made.name, made.given_name], ["relay@example.com", "Ann Example", "Ann"]);
    await it.signIn();
    assert.equal((await userOf(h, it, "SignInWithApple_0001.ab")).name, "Ann Example");
  });
});
