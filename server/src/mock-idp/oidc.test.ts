import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomPKCECodeVerifier,
} from "openid-client";
import { startedMockIdp, TestBrowser } from "../../test/mock-idp.ts";

const redirect_uri = "http://localhost:3000/callback";

suite("mock-idp: OpenID Connect, to a certified relying party", async () => {
  const idp = await startedMockIdp();
  const configurationOf = async (authentication: ClientAuth) => {
    const configuration = await discovery(new URL(idp.issuer), "countersign", undefined, authentication, {
      execute: [allowInsecureRequests, enableNonRepudiationChecks],
    });
    return configuration;
  };
  const configuration = await configurationOf(ClientSecretBasic("secret"));

  /** A whole sign-in, with these fields of the form. */
  async function signIn(
    fields: Readonly<Record<string, string>>,
    { parameters = {}, browser = new TestBrowser(), with: used = configuration } = {},
  ) {
    const pkceCodeVerifier = randomPKCECodeVerifier();
    const url = buildAuthorizationUrl(used, {
      redirect_uri,
      scope: "openid email profile",
      code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      state: "the state",
      nonce: "the nonce",
      ...parameters,
    });
    const asked = await browser.open(url.href);
    assert.equal(asked.status, 200, asked.text);
    const { status, location = "" } = await browser.submit(asked, fields);
    assert.equal(status, 303);
    const checks = { pkceCodeVerifier, expectedState: "the state", expectedNonce: "the nonce", idTokenExpected: true };
    return { location, asked, grant: () => authorizationCodeGrant(used, new URL(location), checks), checks };
  }

  test("signs in with code, PKCE, state and nonce; userinfo says the same", async () => {
    const { grant, location } = await signIn({ user: "ann" });
    assert.ok(location.startsWith(`${redirect_uri}?`));
    const tokens = await grant();
    const claims = tokens.claims() ?? assert.fail("no ID token");
    const { sub, email, groups, nonce, aud, iss } = claims;
    assert.deepEqual(
      { sub, email, groups, nonce, aud, iss },
      {
        sub: "ann",
        email: "ann@example.com",
        groups: ["staff", "admins"],
        nonce: "the nonce",
        aud: "countersign",
        iss: idp.issuer,
      },
    );
    assert.deepEqual(await fetchUserInfo(configuration, tokens.access_token, "ann"), {
      sub: "ann",
      email: "ann@example.com",
      email_verified: true,
      given_name: "Ann",
      family_name: "Archer",
      name: "Ann Archer",
      groups: ["staff", "admins"],
    });
  });

  test("with the secret in the form, as anybody, with no more claims than scopes", async () => {
    const posting = await configurationOf(ClientSecretPost("secret"));
    const { grant } = await signIn(
      { name: "eve@example.org" },
      { with: posting, parameters: { scope: "openid email" } },
    );
    const tokens = await grant();
    assert.deepEqual(await fetchUserInfo(posting, tokens.access_token, "eve@example.org"), {
      sub: "eve@example.org",
      email: "eve@example.org",
      email_verified: true,
    });
  });

  const refusals: readonly [fault: string, message: RegExp][] = [
    ["wrong-audience", /unexpected JWT "aud"/],
    ["wrong-issuer", /unexpected JWT "iss"/],
    ["wrong-nonce", /unexpected ID Token "nonce"/],
    ["wrong-key", /signature verification failed/],
    ["tampered", /signature verification failed/],
    ["expired", /unexpected JWT "exp"/],
    ["wrong-state", /unexpected "state"/],
  ];
  for (const [fault, message] of refusals) {
    test(`misbehaves where it is told to: ${fault}`, async () => {
      const { grant } = await signIn({ user: "ann", [fault]: "on" });
      await assert.rejects(grant, (error: Error) => {
        const said = [error.message, error.cause instanceof Error ? error.cause.message : ""].join(" ");
        assert.match(said, message);
        return true;
      });
    });
  }

  test("misbehaves where it is told to: wrong-subject", async () => {
    const tokens = await (await signIn({ user: "ann", "wrong-subject": "on" })).grant();
    const message = /unexpected "response" body "sub" property value/;
    await assert.rejects(fetchUserInfo(configuration, tokens.access_token, "ann"), ({ cause }: Error) =>
      message.test(String(cause)),
    );
  });

  test("refuses for the user", async () => {
    const { location } = await signIn({ refuse: "on" });
    assert.deepEqual(Object.fromEntries(new URL(location).searchParams), {
      error: "access_denied",
      error_description: "the user refused",
      state: "the state",
      iss: idp.issuer,
    });
  });

  test("remembers who signed in: prompt=none, until logout", async () => {
    const browser = new TestBrowser();
    const query = { redirect_uri, scope: "openid", prompt: "none" };
    const silent = async () => {
      const { location = "" } = await browser.open(buildAuthorizationUrl(configuration, query).href);
      return new URL(location).searchParams;
    };
    assert.equal((await silent()).get("error"), "login_required");
    await signIn({ user: "bob" }, { browser });
    assert.match((await silent()).get("code") ?? "", /^[0-9a-f]{32}$/);
    const { asked } = await signIn({ user: "bob" }, { browser });
    assert.match(asked.text, /name="name" value="bob"/);
    const out = buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: "http://localhost:3000/bye",
      state: "x",
    });
    assert.equal((await browser.open(out.href)).location, "http://localhost:3000/bye?state=x");
    assert.equal((await silent()).get("error"), "login_required");
  });

  test("login_hint proposes, and is no HTML", async () => {
    const { asked } = await signIn({ user: "ann" }, { parameters: { login_hint: '"><script>alert(1)</script>' } });
    assert.ok(!asked.text.includes("<script>alert"));
    assert.match(asked.text, /value="&quot;&gt;&lt;script&gt;alert\(1\)/);
  });
});

suite("mock-idp: OpenID Connect, to those who ask wrongly", async () => {
  const idp = await startedMockIdp(
    "--client-id",
    "app",
    "--client-secret",
    "s:%",
    "--allow-origin",
    "https://app.example.com",
  );
  const good = { client_id: "app", response_type: "code", scope: "openid", redirect_uri, state: "s" };
  const authorize = (parameters: Readonly<Record<string, string>>) =>
    new TestBrowser().open(`${idp.issuer}/oidc/authorize?${new URLSearchParams({ ...good, ...parameters })}`);

  test("neither another client nor another place is ever sent to", async () => {
    for (const [parameters, message] of [
      [{ client_id: "other" }, "The client_id is not known."],
      [{ redirect_uri: "https://evil.example/" }, "The redirect_uri is not on this machine"],
      [{ redirect_uri: "https://app.example.com.evil.example/" }, "The redirect_uri is not on this machine"],
      [{ redirect_uri: "http://localhost@evil.example/" }, "The redirect_uri is not on this machine"],
      [{ redirect_uri: "http://localhost/#x" }, "The redirect_uri is not on this machine"],
      [{ redirect_uri: "javascript:alert(1)" }, "The redirect_uri is not on this machine"],
      [{ redirect_uri: "//localhost/" }, "The redirect_uri is not on this machine"],
    ] as const) {
      const { status, location, text } = await authorize(parameters);
      assert.deepEqual([status, location], [400, undefined]);
      assert.ok(text.includes(message), text);
    }
    for (const place of ["https://app.example.com/callback", "http://auth.localhost:4566/x", "http://[::1]:1/"]) {
      assert.equal((await authorize({ redirect_uri: place })).status, 200, place);
    }
    const out = await new TestBrowser().open(
      `${idp.issuer}/oidc/logout?post_logout_redirect_uri=https://evil.example/`,
    );
    assert.deepEqual([out.status, out.location], [400, undefined]);
  });

  test("other faults go back to the client", async () => {
    for (const [parameters, error] of [
      [{ response_type: "token" }, "unsupported_response_type"],
      [{ response_mode: "fragment" }, "invalid_request"],
      [{ scope: "email" }, "invalid_scope"],
      [{ code_challenge: "x", code_challenge_method: "S256" }, "invalid_request"],
      [{ code_challenge: "x".repeat(43), code_challenge_method: "plain" }, "invalid_request"],
      [{ code_challenge: "x".repeat(43) }, "invalid_request"],
      [{ code_challenge_method: "S256" }, "invalid_request"],
    ] as const) {
      const { location = "" } = await authorize(parameters);
      const { searchParams, origin } = new URL(location);
      assert.deepEqual(
        [origin, searchParams.get("error"), searchParams.get("state")],
        ["http://localhost:3000", error, "s"],
      );
    }
    const twice = await new TestBrowser().open(
      `${idp.issuer}/oidc/authorize?${new URLSearchParams(good)}&scope=openid`,
    );
    assert.equal(new URL(twice.location ?? "").searchParams.get("error"), "invalid_request");
  });

  async function code(more: Readonly<Record<string, string>> = {}): Promise<string> {
    const browser = new TestBrowser();
    const asked = await browser.open(`${idp.issuer}/oidc/authorize?${new URLSearchParams({ ...good, ...more })}`);
    const { location = "" } = await browser.submit(asked, { user: "ann" });
    return new URL(location).searchParams.get("code") ?? "";
  }
  async function token(form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
    const body = new URLSearchParams({ grant_type: "authorization_code", redirect_uri, ...form });
    const response = await fetch(`${idp.issuer}/oidc/token`, { method: "POST", body, headers });
    const answer: Record<string, string> = await response.json();
    return [response.status, answer] as const;
  }
  const client = { client_id: "app", client_secret: "s:%" };

  test("the token endpoint knows its client, each way and one way at a time", async () => {
    const invalid = { error: "invalid_client" };
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    assert.deepEqual(await token({ code: await code() }), [401, invalid]);
    assert.deepEqual(await token({ code: await code(), ...client, client_secret: "s:" }), [401, invalid]);
    assert.deepEqual(await token({ code: await code(), client_id: "app" }), [401, invalid]);
    assert.deepEqual(await token({ code: await code() }, basic("app:secret")), [401, invalid]);
    assert.deepEqual(await token({ code: await code() }, basic("app")), [401, invalid]);
    assert.deepEqual(await token({ code: await code() }, basic("app:s%zz")), [401, invalid]);
    assert.deepEqual(await token({ code: await code(), ...client }, basic("app:s%3A%25")), [401, invalid]);
    assert.equal((await token({ code: await code() }, basic("app:s%3A%25")))[0], 200);
    assert.equal((await token({ code: await code(), ...client }))[0], 200);
  });

  test("a code is good once, for its redirect_uri and its verifier", async () => {
    const refuses = async (form: Readonly<Record<string, string>>, error: string, description: string) =>
      assert.deepEqual(await token({ ...client, ...form }), [400, { error, error_description: description }]);
    await refuses({ code: "x" }, "invalid_grant", "the code is unknown or over");
    await refuses({ grant_type: "password" }, "unsupported_grant_type", "grant_type must be authorization_code");
    const other = { redirect_uri: "http://localhost:3000/other" };
    await refuses({ code: await code(), ...other }, "invalid_grant", "the redirect_uri is another");
    const challenge = {
      code_challenge: await calculatePKCECodeChallenge("v".repeat(43)),
      code_challenge_method: "S256",
    };
    const wrong = "the code_verifier is not that of the code_challenge";
    await refuses({ code: await code(challenge) }, "invalid_grant", wrong);
    await refuses({ code: await code(challenge), code_verifier: "w".repeat(43) }, "invalid_grant", wrong);
    await refuses({ code: await code(), code_verifier: "v".repeat(43) }, "invalid_grant", wrong);
    const used = await code(challenge);
    const [status, { access_token = "" }] = await token({ ...client, code: used, code_verifier: "v".repeat(43) });
    assert.equal(status, 200);
    const userinfo = () =>
      fetch(`${idp.issuer}/oidc/userinfo`, { headers: { authorization: `Bearer ${access_token}` } });
    assert.equal((await userinfo()).status, 200);
    await refuses({ code: used, code_verifier: "v".repeat(43) }, "invalid_grant", "the code has been used");
    const ended = await userinfo();
    assert.deepEqual([ended.status, await ended.json()], [401, { error: "invalid_token" }]);
  });

  test("a page is answered once", async () => {
    const browser = new TestBrowser();
    const asked = await authorize({});
    await browser.submit(asked, { user: "ann" });
    const again = await browser.submit(asked, { user: "ann" });
    assert.equal(again.status, 400);
    assert.match(again.text, /This sign-in is over, or was never begun\./);
  });
});
