/** A user pool as a SAML service provider, before an identity provider that is none of ours. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { UpdateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { temporaryDirectory } from "./process.ts";
import {
  authorization,
  callback,
  claimsOf,
  federation,
  redeem,
  refresh,
  signedOut,
  signIn,
  userOf,
} from "./saml-federation.ts";

const year = 31_556_952_000;

suite("samlify as the identity provider", () => {
  test("signs a user in, who is there afterwards", async () => {
    const f = await federation({ encrypts: false });
    const claims = await claimsOf(f, await signIn(f));
    assert.equal(claims["cognito:username"], "Work_ann@example.com");
    assert.equal(claims.email, "ann@example.com");
    assert.equal(claims.given_name, "Ann <& Co>");
    assert.equal(claims.nonce, "number-used-once");
    const { status, attributes } = await userOf(f, "Work_ann@example.com");
    assert.equal(status, "EXTERNAL_PROVIDER");
    assert.equal(attributes.email, "ann@example.com");
    assert.equal(attributes.given_name, "Ann <& Co>");
    assert.deepEqual(f.idp.seen, [{ kind: "AuthnRequest" }]);
  });

  test("encrypts for the certificate that it was given, and what it does not encrypt is refused", async () => {
    const f = await federation({ encrypts: true });
    const claims = await claimsOf(f, await signIn(f));
    assert.equal(claims["cognito:username"], "Work_ann@example.com");
    const plain = await federation({ encrypts: false });
    const { cognito, UserPoolId, idp } = plain;
    await cognito.send(
      new UpdateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Work",
        ProviderDetails: {
          MetadataFile: idp.metadata,
          EncryptedResponses: "true",
          RequestSigningAlgorithm: "rsa-sha256",
        },
      }),
    );
    const visitor = plain.visitor();
    const returned = await visitor.submit(await visitor.open(authorization(plain).url));
    assert.deepEqual(Object.fromEntries(returned.url.searchParams), {
      error: "server_error",
      error_description: "Invalid SAML response received: SAML Assertion signature is invalid. ",
      state: "remembered",
    });
  });

  test("refuses a request that was changed, or that another pool signed", async () => {
    const f = await federation({ encrypts: false });
    const away = await fetch(authorization(f).url, { redirect: "manual" });
    const location = new URL(away.headers.get("location") ?? "");
    const changed = new URL(location);
    changed.searchParams.set("RelayState", "another");
    assert.equal((await fetch(changed)).status, 400);
    assert.equal((await fetch(location)).status, 200);
    const other = await federation({ encrypts: false });
    const strange = await fetch(authorization(other).url, { redirect: "manual" });
    const { search } = new URL(strange.headers.get("location") ?? "");
    assert.equal((await fetch(new URL(search, location))).status, 400);
  });

  test("ends a sign-in in the browser that began it, and in no other", async () => {
    const f = await federation({ encrypts: false });
    const visitor = f.visitor();
    const form = await visitor.open(authorization(f).url);
    const victim = f.visitor();
    const page = await victim.submit(form);
    assert.equal(page.status, 400);
    assert.match(page.body, /Invalid relayState from identity provider/);
    assert.equal(victim.cookie("cognito"), undefined);
  });

  test("begins a sign-in itself", async () => {
    const f = await federation({ encrypts: false });
    const visitor = f.visitor();
    const RelayState = new URLSearchParams({
      idp_identifier: "example.com",
      client_id: f.ClientId,
      redirect_uri: callback,
      response_type: "code",
      scope: "openid email",
    }).toString();
    const page = {
      url: new URL("https://idp.example.com/"),
      status: 200,
      headers: new Headers(),
      body: `<form action="${f.base}/saml2/idpresponse"><input name="SAMLResponse" value="${await f.idp.unsolicited()}"><input name="RelayState" value="${RelayState.replaceAll("&", "&amp;")}"></form>`,
    };
    const tokens = await redeem(f, await visitor.submit(page));
    assert.equal((await claimsOf(f, tokens))["cognito:username"], "Work_ann@example.com");
    const again = await f.visitor().submit(page);
    assert.match(again.url.searchParams.get("error_description") ?? "", /^Invalid SAML response received: /);
  });

  test("is believed once, before and after a restart", async () => {
    const f = await federation({ encrypts: false, storage: ["--data", temporaryDirectory()] });
    const visitor = f.visitor();
    const form = await visitor.open(authorization(f).url);
    const first = await visitor.submit(form);
    assert.ok(first.url.searchParams.has("code"), first.url.href);
    await f.restart();
    const again = await visitor.submit(form);
    assert.equal(again.url.searchParams.get("error"), "server_error");
    assert.match(again.url.searchParams.get("error_description") ?? "", /the assertion was used before/);
    await signIn(f, f.visitor());
  });

  test("is asked to end its session when the user signs out here", async () => {
    const f = await federation({ encrypts: false });
    const visitor = f.visitor();
    await signIn(f, visitor);
    assert.notEqual(visitor.cookie("cognito"), undefined);
    const logout = new URL(`${f.base}/logout`);
    logout.search = new URLSearchParams({ client_id: f.ClientId, logout_uri: signedOut }).toString();
    const returned = await visitor.submit(await visitor.open(logout));
    assert.equal(returned.url.href, signedOut);
    assert.equal(visitor.cookie("cognito"), undefined);
    assert.deepEqual(f.idp.seen.slice(1), [
      { kind: "LogoutRequest", nameId: "ann@example.com", sessionIndex: "_session1" },
    ]);
  });

  for (const binding of ["redirect", "post"] as const) {
    test(`ends the user's sessions here, by ${binding}`, async () => {
      const f = await federation({ encrypts: false });
      const visitor = f.visitor();
      const tokens = await signIn(f, visitor);
      assert.equal(await refresh(f, tokens), 200);
      f.clock.set(f.clock.now() + 1000);
      const request = f.idp.logoutRequest(binding, "as it was");
      const page =
        binding === "redirect"
          ? await visitor.open(request)
          : await visitor.submit({
              url: new URL("https://idp.example.com/"),
              status: 200,
              headers: new Headers(),
              body: `<form action="${f.base}/saml2/logout"><input name="SAMLRequest" value="${request}"><input name="RelayState" value="as it was"></form>`,
            });
      assert.equal(page.body, "signed out everywhere, as it was");
      assert.deepEqual(f.idp.seen.slice(1), [{ kind: "LogoutResponse" }]);
      assert.equal(visitor.cookie("cognito"), undefined);
      assert.equal(await refresh(f, tokens), 400);
      const again = await visitor.open(authorization(f).url);
      assert.match(again.body, /SAMLResponse/, "the user is asked to sign in again");
    });
  }

  test("goes on believing requests over the years, with the certificate of old and with the new one", async () => {
    const f = await federation({ encrypts: true });
    const first = await f.signingCertificate();
    await signIn(f);
    f.clock.set(f.clock.now() + year + 1000);
    assert.equal((await claimsOf(f, await signIn(f)))["cognito:username"], "Work_ann@example.com");
    const second = await f.signingCertificate();
    assert.notEqual(second, first);
    const metadata = await (await fetch(`${f.base}/saml2/metadata`)).text();
    const listed = [...metadata.matchAll(/<ds:X509Certificate>([^<]+)</g)].map(([, certificate]) => certificate);
    assert.deepEqual(listed.slice(0, 2), [second, first]);
    await f.register();
    await signIn(f);
    assert.equal(f.idp.seen.length, 3);
  });
});
