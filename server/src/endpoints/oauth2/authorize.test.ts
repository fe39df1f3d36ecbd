import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  CreateIdentityProviderCommand,
  SetUserPoolClientSessionConfigurationCommand,
  SetUserPoolSessionConfigurationCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { oidcDetails } from "../../../test/cognito-providers.ts";
import { harness } from "../../../test/harness.ts";
import { lambdaEndpoint } from "../../../test/lambda-endpoint.ts";
import {
  allScopes,
  callback,
  challenge,
  codeRequest,
  DomainVisitor,
  poolOnDomain,
  signedInBrowser,
} from "../../../test/pool-domain.ts";
import { isSignedByOne, keySetOf, payloadOf } from "../../../test/pool-sessions.ts";
import { createClient } from "../../../test/pool-users.ts";
import { metadataOf, samlIdentityProvider } from "../../../test/saml-responses.ts";

const path = "/oauth2/authorize";

suite("authorize", async () => {
  const h = await harness();
  const lambda = await lambdaEndpoint(() => {
    throw new Error("no");
  });
  const refusing = await harness({ lambda: { endpoint: lambda.url }, seed: "refusing" });

  test("sends who is not signed in to the sign-in page, with the same request", async () => {
    const it = await poolOnDomain(h);
    const query = codeRequest(it, {
      state: "a state & more",
      nonce: "n",
      scope: "openid email",
      code_challenge: challenge,
      code_challenge_method: "S256",
      login_hint: "ann@example.com",
      lang: "de",
      prompt: "select_account",
      resource: "https://api.example.com",
    });
    const answer = await new DomainVisitor(h, it.host).get(path, { query });
    assert.equal(answer.status, 302);
    assert.equal(answer.location.origin + answer.location.pathname, `http://${it.host}/login`);
    assert.deepEqual(Object.fromEntries(answer.location.searchParams), query);
    const plain = await new DomainVisitor(h, it.host).get(path, { query: codeRequest(it) });
    assert.equal(plain.location.searchParams.get("scope"), allScopes.join(" "), "all of the client's");
    const byPath = await new DomainVisitor(h, "localhost:4566").get(`/pools/${it.UserPoolId}${path}`, { query });
    assert.equal(byPath.location.pathname, `/pools/${it.UserPoolId}/login`);
  });

  test("gives a browser that is signed in a code at once, and no other", async () => {
    const it = await poolOnDomain(h);
    const browser = await signedInBrowser(h, it);
    const query = codeRequest(it, { state: "s" });
    const { location, headers } = await browser.get(path, { query });
    assert.equal(location.origin + location.pathname, callback);
    assert.deepEqual([...location.searchParams.keys()], ["code", "state"]);
    assert.match(location.searchParams.get("code") ?? "", /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    assert.equal(location.searchParams.get("state"), "s");
    assert.equal(headers.get("cache-control"), "no-cache, no-store, max-age=0, must-revalidate");
    const again = await browser.get(path, { query: { ...query, prompt: "login" } });
    assert.equal(again.location.pathname, "/login", "prompt=login");
    const other = await poolOnDomain(h);
    const stranger = new DomainVisitor(h, other.host);
    stranger.keep(`cognito=${browser.cookie("cognito")}; Path=/`);
    const answer = await stranger.get(path, { query: codeRequest(other) });
    assert.equal(answer.location.pathname, "/login", "another pool's session");
    const signedInAt = h.clock.now();
    h.clock.set(signedInAt + 3_600_000 - 1);
    assert.ok((await browser.get(path, { query })).location.searchParams.has("code"));
    h.clock.set(signedInAt + 3_600_000);
    assert.equal((await browser.get(path, { query })).location.pathname, "/login", "an hour later");
  });

  test("asks again as soon, or as late, as the app client has it", async () => {
    const it = await poolOnDomain(h);
    await h.cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId: it.UserPoolId,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 5 },
      }),
    );
    const set = (MaxValidityMinutes: number) =>
      h.cognito.send(
        new SetUserPoolClientSessionConfigurationCommand({
          UserPoolId: it.UserPoolId,
          ClientId: it.ClientId,
          SSOSession: { MaxValidityMinutes },
        }),
      );
    await set(90);
    const browser = await signedInBrowser(h, it);
    const signedInAt = h.clock.now();
    const query = codeRequest(it);
    h.clock.set(signedInAt + 90 * 60_000 - 1);
    assert.ok((await browser.get(path, { query })).location.searchParams.has("code"));
    await set(10);
    assert.equal((await browser.get(path, { query })).location.pathname, "/login", "ten minutes");
    h.clock.set(signedInAt);
    assert.ok((await browser.get(path, { query })).location.searchParams.has("code"));
    await set(0);
    assert.equal((await browser.get(path, { query })).location.pathname, "/login", "never");
  });

  test("knows no session of who was disabled or has signed out everywhere", async () => {
    for (const end of [AdminDisableUserCommand, AdminUserGlobalSignOutCommand]) {
      const it = await poolOnDomain(h);
      const browser = await signedInBrowser(h, it);
      await h.cognito.send(new end({ UserPoolId: it.UserPoolId, Username: "somebody" }));
      assert.equal((await browser.get(path, { query: codeRequest(it) })).location.pathname, "/login", end.name);
    }
  });

  test("says that a sign-in is needed where prompt=none forbids one", async () => {
    const it = await poolOnDomain(h);
    const query = codeRequest(it, { state: "s", prompt: "none" });
    const nobody = await new DomainVisitor(h, it.host).get(path, { query });
    assert.equal(nobody.location.href, `${callback}?error=login_required&state=s`);
    const somebody = await signedInBrowser(h, it);
    assert.ok((await somebody.get(path, { query })).location.searchParams.has("code"));
  });

  test("gives tokens in the fragment where the client may have them so, with an ID token for openid alone", async () => {
    const it = await poolOnDomain(h, { client: { AllowedOAuthFlows: ["implicit"] } });
    const browser = await signedInBrowser(h, it);
    const query = { ...codeRequest(it), response_type: "token", nonce: "n", state: "s" };
    const { location } = await browser.get(path, { query });
    assert.equal(location.search, "");
    const given = new URLSearchParams(location.hash.slice(1));
    assert.deepEqual([...given.keys()], ["id_token", "access_token", "expires_in", "token_type", "state"]);
    assert.deepEqual(
      ["expires_in", "token_type", "state"].map((name) => given.get(name)),
      ["3600", "Bearer", "s"],
    );
    const keys = await keySetOf(h, it.UserPoolId);
    const [id = "", access = ""] = [given.get("id_token") ?? "", given.get("access_token") ?? ""];
    assert.ok(isSignedByOne(keys, id) && isSignedByOne(keys, access));
    assert.deepEqual([payloadOf(id).nonce, payloadOf(id).aud, payloadOf(id).token_use], ["n", it.ClientId, "id"]);
    const less = await browser.get(path, { query: { ...query, scope: "aws.cognito.signin.user.admin" } });
    const names = [...new URLSearchParams(less.location.hash.slice(1)).keys()];
    assert.deepEqual(names, ["access_token", "expires_in", "token_type", "state"]);
  });

  test("tells the app where a function will not have it", async () => {
    const it = await poolOnDomain(refusing, {
      pool: { LambdaConfig: { PreTokenGeneration: "arn:aws:lambda:us-east-1:123456789012:function:tokens" } },
      client: { AllowedOAuthFlows: ["implicit"] },
    });
    const browser = await signedInBrowser(refusing, it);
    const query = { ...codeRequest(it), response_type: "token", state: "s" };
    const { location } = await browser.get(path, { query });
    assert.equal(location.origin + location.pathname, callback);
    const told = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    assert.deepEqual([told.error, told.state], ["invalid_request", "s"]);
    assert.match(told.error_description ?? "", /^PreTokenGeneration failed with error /);
  });

  test("shows a page, and sends nobody anywhere, for a client or redirect_uri that is not right", async () => {
    const it = await poolOnDomain(h);
    const other = await poolOnDomain(h);
    const browser = await signedInBrowser(h, it);
    const cases: [Record<string, string>, string][] = [
      [{ client_id: "nobody" }, "Client does not exist."],
      [{ client_id: other.ClientId }, "Client does not exist."],
      [{ client_id: "" }, "Required String parameter &#39;client_id&#39; is not present"],
      [{ redirect_uri: "" }, "Required String parameter &#39;redirect_uri&#39; is not present"],
      [{ redirect_uri: `${callback}/` }, "redirect_mismatch"],
      [{ redirect_uri: `${callback}?x=1` }, "redirect_mismatch"],
      [{ redirect_uri: "https://app.example.com.evil.example/callback" }, "redirect_mismatch"],
      [{ redirect_uri: "https://app.example.com@evil.example/callback" }, "redirect_mismatch"],
      [{ state: "x".repeat(9_000) }, "The request is too long."],
    ];
    for (const [wrong, message] of cases) {
      const answer = await browser.get(path, { query: codeRequest(it, wrong) });
      assert.equal(answer.status, 400, JSON.stringify(wrong));
      assert.equal(answer.headers.has("location"), false);
      assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
      assert.ok(answer.body.includes(`>${message}<`), answer.body);
    }
  });

  test("tells the app of everything else that is not right", async () => {
    const it = await poolOnDomain(h, { client: { AllowedOAuthScopes: ["openid", "email"] } });
    const browser = await signedInBrowser(h, it);
    const cases: [Record<string, string>, string][] = [
      [{ response_type: "" }, "invalid_request"],
      [{ response_type: "id_token" }, "invalid_request"],
      [{ scope: "openid profile" }, "invalid_scope"],
      [{ scope: "email" }, "invalid_scope"],
      [{ scope: 'openid "' }, "invalid_scope"],
      [{ code_challenge: challenge }, "invalid_request"],
      [{ code_challenge_method: "S256" }, "invalid_request"],
      [{ code_challenge: challenge, code_challenge_method: "plain" }, "invalid_request"],
      [{ code_challenge: "short", code_challenge_method: "S256" }, "invalid_request"],
      [{ prompt: "none login" }, "invalid_request"],
      [{ prompt: "create" }, "invalid_request"],
      [{ resource: "http://api.example.com" }, "invalid_request"],
      [{ resource: "api" }, "invalid_request"],
      [{ identity_provider: "Nobody" }, "invalid_request"],
      [{ idp_identifier: "nobody.example" }, "invalid_request"],
    ];
    for (const [wrong, error] of cases) {
      const { location } = await browser.get(path, { query: codeRequest(it, { state: "s", ...wrong }) });
      assert.equal(location.href, `${callback}?error=${error}&state=s`, JSON.stringify(wrong));
    }
    const token = await browser.get(path, { query: codeRequest(it, { response_type: "token", state: "s" }) });
    assert.equal(token.location.href, `${callback}#error=unauthorized_client&state=s`);
    const twice = new URLSearchParams([...Object.entries(codeRequest(it)), ["scope", "openid"], ["scope", "email"]]);
    assert.equal((await browser.get(path, { query: twice })).location.href, `${callback}?error=invalid_request`);
    const api = await createClient(h, it.UserPoolId, { CallbackURLs: [callback] });
    const refused = await browser.get(path, { query: codeRequest({ ...it, ...api }) });
    assert.equal(refused.location.href, `${callback}?error=unauthorized_client`, "no OAuth for this client");
  });

  test("keeps the query of a redirect_uri, and takes the default where the client has one provider", async () => {
    const CallbackURLs = ["https://app.example.com/?a=1", "myapp://example"];
    const client = { CallbackURLs, DefaultRedirectURI: CallbackURLs[0], SupportedIdentityProviders: ["COGNITO"] };
    const it = await poolOnDomain(h, { client });
    const browser = await signedInBrowser(h, it);
    const { redirect_uri: _, ...query } = codeRequest(it);
    const found = await browser.get(path, { query });
    assert.match(found.location.href, /^https:\/\/app\.example\.com\/\?a=1&code=[0-9a-f-]{36}$/);
    const app = await browser.get(path, { query: { ...query, redirect_uri: "myapp://example" } });
    assert.match(app.headers.get("location") ?? "", /^myapp:\/\/example\?code=[0-9a-f-]{36}$/);
  });

  test("serves hosts and methods as they are, and nothing below another path", async () => {
    const it = await poolOnDomain(h);
    const query = codeRequest(it);
    const hosts = [`${it.domain}.auth.us-east-1.amazoncognito.com`, `${it.domain}.auth.us-east-1.localhost`, it.host];
    for (const host of hosts) {
      const { location } = await new DomainVisitor(h, host.toUpperCase()).get(path, { query });
      assert.deepEqual([location.host, location.pathname], [host, "/login"]);
    }
    for (const host of [
      `${it.domain}.auth.eu-west-1.amazoncognito.com`,
      "nobody.localhost:4566",
      "localhost:4566",
      "",
    ]) {
      assert.equal((await new DomainVisitor(h, host).get(path, { query })).status, 404, host);
    }
    const posted = await new DomainVisitor(h, it.host).post(path, { query });
    assert.deepEqual([posted.status, posted.headers.get("allow")], [405, "GET"]);
    assert.equal((await new DomainVisitor(h, it.host).get("/oauth2/nothing", { query })).status, 404);
    const absent = await new DomainVisitor(h, "localhost").get(`/pools/us-east-1_none${path}`, { query });
    assert.equal(absent.status, 404);
  });

  test("goes straight to the only identity provider of a client, or to the one asked for", async () => {
    const it = await poolOnDomain(h);
    const { UserPoolId, ClientId } = it;
    const idp = await samlIdentityProvider();
    await h.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Company",
        ProviderType: "SAML",
        IdpIdentifiers: ["company.example"],
        ProviderDetails: { MetadataFile: metadataOf(idp, [idp.certificate]) },
      }),
    );
    await h.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Other",
        ProviderType: "OIDC",
        ProviderDetails: oidcDetails,
      }),
    );
    const support = (...SupportedIdentityProviders: string[]) =>
      h.cognito.send(
        new UpdateUserPoolClientCommand({
          UserPoolId,
          ClientId,
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: allScopes,
          CallbackURLs: [callback],
          SupportedIdentityProviders,
        }),
      );
    const asked = async (browser: DomainVisitor, more = {}) =>
      (await browser.get(path, { query: codeRequest(it, more) })).location;
    await support("Company", "Other", "COGNITO");
    const browser = new DomainVisitor(h, it.host);
    assert.equal((await asked(browser)).pathname, "/login");
    assert.equal((await asked(browser, { identity_provider: "COGNITO" })).pathname, "/login");
    for (const more of [{ identity_provider: "Company" }, { idp_identifier: "company.example" }]) {
      const location = await asked(browser, more);
      assert.equal(location.origin + location.pathname, "https://idp.example.com/sso");
      assert.ok(location.searchParams.has("SAMLRequest") && location.searchParams.has("RelayState"));
    }
    assert.match(browser.cookie("csrf-state") ?? "", /^[\w-]{43}$/, "bound to the browser");
    const elsewhere = await asked(browser, { identity_provider: "Other" });
    assert.equal(elsewhere.origin + elsewhere.pathname, oidcDetails.authorize_url);
    assert.equal(elsewhere.searchParams.get("redirect_uri"), `http://${it.host}/oauth2/idpresponse`);
    const somebody = await signedInBrowser(h, it);
    assert.ok((await asked(somebody)).searchParams.has("code"));
    const other = await asked(somebody, { identity_provider: "Company" });
    assert.equal(other.host, "idp.example.com", "a session of the pool's own users is none of the provider's");
    await support("Company");
    assert.equal((await asked(browser)).host, "idp.example.com");
    assert.equal((await asked(somebody)).host, "idp.example.com", "own users are not for this client");
  });
});
