/**
 * The whole way in a real browser: an app, the pool's domain and an identity provider that requires signed requests, on
 * three sites. What comes back from the provider is posted across sites, where browsers keep their cookies back.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { launchBrowser, missingBrowser } from "./browser.ts";
import { authorization, claimsOf, federation, redeem, userOf } from "./saml-federation.ts";

const year = 31_556_952_000;

async function startApp(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<title>App</title><h1>Back at the app</h1>");
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("listening on no port");
  return `http://localhost:${address.port}/callback`;
}

const reason = missingBrowser();
if (reason === undefined) test("a browser signs in, out, and a year later in again", inBrowser);
else console.log(`Federation is not tested in a browser: ${reason}`);

async function inBrowser(): Promise<void> {
  const callbackUrl = await startApp();
  const f = await federation({ encrypts: true, domain: "people", callbackUrl });
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const session = async () => (await page.context().cookies(f.base)).find(({ name }) => name === "cognito");
  const visit = async () => {
    const { url, verifier } = authorization(f);
    await page.goto(url.href);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForURL((address) => address.href.startsWith(callbackUrl));
    return redeem(f, { url: new URL(page.url()), body: await page.content() }, verifier);
  };
  const claims = await claimsOf(f, await visit());
  assert.equal(claims["cognito:username"], "Work_ann@example.com");
  assert.equal((await userOf(f, "Work_ann@example.com")).status, "EXTERNAL_PROVIDER");
  assert.equal((await session())?.httpOnly, true);

  // Signed in already: the provider is not asked again.
  const again = authorization(f);
  await page.goto(again.url.href);
  assert.ok(page.url().startsWith(callbackUrl), page.url());
  assert.equal(f.idp.seen.length, 1);

  const logout = new URLSearchParams({ client_id: f.ClientId, logout_uri: callbackUrl });
  await page.goto(`${f.base}/logout?${logout}`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(callbackUrl);
  assert.equal(await session(), undefined);
  assert.equal(f.idp.seen.at(-1)?.kind, "LogoutRequest");

  const first = await f.signingCertificate();
  f.clock.set(f.clock.now() + year + 1000);
  await visit();
  assert.notEqual(await f.signingCertificate(), first);
}
