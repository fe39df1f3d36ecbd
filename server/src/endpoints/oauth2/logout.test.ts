import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness } from "../../../test/harness.ts";
import {
  callback,
  codeRequest,
  DomainVisitor,
  poolOnDomain,
  signedInBrowser,
  tokensFor,
} from "../../../test/pool-domain.ts";
import { createClient } from "../../../test/pool-users.ts";
import { metadataWithLogout } from "../../../test/saml-federation.ts";
import { samlIdentityProvider } from "../../../test/saml-responses.ts";

const path = "/logout";
const signedOut = "https://app.example.com/bye?a=1";

suite("logout", async () => {
  const h = await harness();
  const client = { LogoutURLs: [signedOut] };

  test("ends the browser's session and goes to a sign-out URL of the client", async () => {
    const it = await poolOnDomain(h, { client });
    const browser = await signedInBrowser(h, it);
    const { access_token } = await tokensFor(browser, it);
    const answer = await browser.get(path, { query: { client_id: it.ClientId, logout_uri: signedOut, state: "s" } });
    assert.deepEqual([answer.status, answer.headers.get("location")], [302, signedOut]);
    assert.equal(answer.headers.get("set-cookie"), "cognito=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    const next = await browser.get("/oauth2/authorize", { query: codeRequest(it) });
    assert.equal(next.location.pathname, "/login");
    const info = await browser.get("/oauth2/userInfo", { headers: { authorization: `Bearer ${access_token}` } });
    assert.equal(info.status, 200, "tokens go on");
  });

  test("goes by way of the SAML provider that ends its session, too", async () => {
    const idp = await samlIdentityProvider();
    const leave = async (IDPSignout: string, ofSession: object) => {
      const it = await poolOnDomain(h);
      const { UserPoolId, ClientId } = it;
      await h.cognito.send(
        new CreateIdentityProviderCommand({
          UserPoolId,
          ProviderName: "Work",
          ProviderType: "SAML",
          ProviderDetails: { MetadataFile: metadataWithLogout(idp), IDPSignout },
        }),
      );
      const other = await createClient(h, UserPoolId, { LogoutURLs: [signedOut] });
      const browser = await signedInBrowser(h, it, { clientId: ClientId, ...ofSession });
      const query = { client_id: other.ClientId, logout_uri: signedOut };
      const { location } = await browser.get(path, { query });
      assert.equal(browser.cookie("cognito"), undefined);
      return location;
    };
    const work = { provider: "Work", nameId: "ann", sessionIndex: "_1" };
    const there = await leave("true", work);
    assert.equal(there.origin + there.pathname, "https://idp.example.com/slo");
    for (const name of ["SAMLRequest", "RelayState", "SigAlg", "Signature"])
      assert.ok(there.searchParams.has(name), name);
    assert.equal((await leave("false", work)).href, signedOut);
    assert.equal((await leave("true", {})).href, signedOut, "signed in at the pool itself");
    assert.equal((await leave("true", { ...work, provider: "Gone" })).href, signedOut);
  });

  test("goes to sign in again with the request that it was given", async () => {
    const it = await poolOnDomain(h, { client });
    const browser = await signedInBrowser(h, it);
    const query = codeRequest(it, { state: "s", nonce: "n", scope: "openid" });
    const { location } = await browser.get(path, { query });
    assert.equal(location.pathname, "/login");
    assert.deepEqual(Object.fromEntries(location.searchParams), query);
    assert.equal(browser.cookie("cognito"), undefined);
    const both = await browser.get(path, { query: { ...query, logout_uri: signedOut } });
    assert.equal(both.headers.get("location"), signedOut, "logout_uri comes first");
    const byPath = await new DomainVisitor(h, "localhost").get(`/pools/${it.UserPoolId}${path}`, { query });
    assert.equal(byPath.location.pathname, `/pools/${it.UserPoolId}/login`);
  });

  test("sends nobody to where the client does not say, and ends nothing", async () => {
    const it = await poolOnDomain(h, { client });
    const other = await poolOnDomain(h, { client: { LogoutURLs: ["https://other.example.com/"] } });
    const browser = await signedInBrowser(h, it);
    const client_id = it.ClientId;
    const cases: [Record<string, string>, string][] = [
      [{ client_id, logout_uri: "https://app.example.com/bye" }, "Invalid request"],
      [{ client_id, logout_uri: callback }, "Invalid request"],
      [{ client_id, logout_uri: "//evil.example" }, "Invalid request"],
      [{ client_id: other.ClientId, logout_uri: "https://other.example.com/" }, "Client does not exist."],
      [{ logout_uri: signedOut }, "Client does not exist."],
      [{ client_id }, "Required String parameter &#39;logout_uri&#39; is not present"],
      [codeRequest(it, { redirect_uri: "https://evil.example/" }), "redirect_mismatch"],
    ];
    for (const [query, message] of cases) {
      const answer = await browser.get(path, { query });
      assert.equal(answer.status, 400, JSON.stringify(query));
      assert.ok(answer.body.includes(`>${message}<`), answer.body);
      assert.ok(browser.cookie("cognito") !== undefined);
    }
  });
});
