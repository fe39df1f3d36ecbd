import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import {
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  GetSigningCertificateCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/main.ts";
import { readMockIdpCommand, startMockIdp } from "../../src/mock-idp-command.ts";
import { fixedClock } from "../../src/runtime/clock.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { systemRandom } from "../../src/runtime/random.ts";
import { type BrowserPage, TestBrowser } from "../mock-idp.ts";
import { rootKey, temporaryDirectory } from "./process.ts";

/*
 * What people do who try federation: a pool of this server and `countersign mock-idp`, which share no code where it counts
 * (who signs and who verifies).
 */

const at = Math.floor(Date.now() / 1000) * 1000;
const year = 31_556_952_000;
const redirectUri = "http://localhost:3000/callback";

suite("A pool and countersign mock-idp", async () => {
  const clock = fixedClock(at);
  const keys = { AWS_ACCESS_KEY_ID: rootKey.accessKeyId, AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey };
  const words = ["--memory", "--port", "0", "--loopback-issuers", "--data", temporaryDirectory()];
  const running = await start(readConfig(words, keys), { log: silentLog, clock });
  after(() => running.stop());
  const config = { endpoint: running.endpoint, region: "us-east-1", credentials: rootKey };
  const cognito = new CognitoIdentityProviderClient(config);
  after(() => cognito.destroy());
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "shop" }));
  const poolId = UserPool?.Id ?? "";
  const base = `${running.endpoint}/pools/${poolId}`;
  const certificate = async () =>
    (await cognito.send(new GetSigningCertificateCommand({ UserPoolId: poolId }))).Certificate ?? "";
  const idpOf = async (...more: readonly string[]) => {
    const command = readMockIdpCommand(["--port", "0", ...more]);
    const started = await startMockIdp(command, { clock, random: systemRandom(), log: silentLog });
    after(() => started.stop());
    return started;
  };
  const signed = await idpOf("--require-signed-requests", "--sp-metadata", `${base}/saml2/metadata`);
  const certificateFile = join(temporaryDirectory(), "signing.txt");
  const first = await certificate();
  writeFileSync(certificateFile, first);
  const rehearsal = await idpOf("--require-signed-requests", "--sp-certificate", certificateFile);
  for (const [ProviderName, { metadataUrl }, more] of [
    ["Encrypting", signed, { EncryptedResponses: "true", IDPSignout: "true" }],
    ["Rehearsal", rehearsal, {}],
  ] as const) {
    await cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName,
        ProviderType: "SAML",
        ProviderDetails: { MetadataURL: metadataUrl, RequestSigningAlgorithm: "rsa-sha256", ...more },
        AttributeMapping: { email: "email", given_name: "given_name" },
      }),
    );
  }
  await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName: "OpenID",
      ProviderType: "OIDC",
      ProviderDetails: {
        oidc_issuer: signed.issuer,
        client_id: "countersign",
        client_secret: "secret",
        attributes_request_method: "GET",
        authorize_scopes: "openid email profile",
      },
      AttributeMapping: { email: "email", given_name: "given_name" },
    }),
  );
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: "web",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email", "profile"],
      CallbackURLs: [redirectUri],
      LogoutURLs: ["http://localhost:3000/bye"],
      SupportedIdentityProviders: ["Encrypting", "Rehearsal", "OpenID"],
    }),
  );
  const clientId = UserPoolClient?.ClientId ?? "";

  /** Where the browser is once it is told to go to the application; `fields` are what is filled in at the provider. */
  async function signIn(provider: string, fields: Readonly<Record<string, string>>, browser = new TestBrowser()) {
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: "code",
      scope: "openid email profile",
      redirect_uri: redirectUri,
      identity_provider: provider,
      state: "the state",
    });
    let page: BrowserPage = await browser.open(`${base}/oauth2/authorize?${query}`);
    let asked = "";
    for (let steps = 0; steps < 10; steps++) {
      if (page.location?.startsWith(redirectUri)) return { answer: new URL(page.location).searchParams, asked };
      if (page.location !== undefined) page = await browser.open(new URL(page.location, page.url).href);
      else if (page.text.includes("<h1>Who are you?</h1>")) {
        asked = page.text;
        page = await browser.submit(page, fields);
      } else if (page.text.includes("<h1>Signing in</h1>")) page = await browser.submit(page, {});
      else break;
    }
    throw new Error(`${page.url} answers ${page.status}: ${page.text}`);
  }

  async function claims(code: string | null) {
    const form = { grant_type: "authorization_code", code: code ?? "", redirect_uri: redirectUri, client_id: clientId };
    const response = await fetch(`${base}/oauth2/token`, { method: "POST", body: new URLSearchParams(form) });
    const { id_token }: { id_token: string } = await response.json();
    return decodeJwt(id_token);
  }

  async function refuses(
    provider: string,
    fields: Readonly<Record<string, string>>,
    why: RegExp,
    expected = "server_error",
  ) {
    const { answer } = await signIn(provider, fields);
    const { error, error_description, code, state } = Object.fromEntries(answer);
    assert.deepEqual([error, code, state], [expected, undefined, "the state"]);
    assert.match(error_description ?? "", why);
  }

  test("signs in, with a signed request and an encrypted assertion, and out again", async () => {
    const browser = new TestBrowser();
    const { answer } = await signIn("Encrypting", { user: "ann" }, browser);
    assert.equal(answer.get("state"), "the state");
    const { email, given_name, "cognito:username": username } = await claims(answer.get("code"));
    assert.deepEqual([email, given_name, username], ["ann@example.com", "Ann", "Encrypting_ann"]);
    const isSignedIn = async () => (await browser.open(signed.url)).text.includes("ann, at 1 service providers");
    assert.ok(await isSignedIn());
    const out = new URLSearchParams({ client_id: clientId, logout_uri: "http://localhost:3000/bye" });
    let page = await browser.open(`${base}/logout?${out}`);
    while (page.location?.startsWith("http://127.0.0.1")) page = await browser.open(page.location);
    assert.equal(page.location, "http://localhost:3000/bye");
    assert.ok(!(await isSignedIn()));
  });

  const faults: readonly (readonly [fault: Readonly<Record<string, string>>, why: RegExp])[] = [
    [{ signed: "nothing" }, /signature is invalid/],
    [{ key: "next" }, /signature is invalid/],
    [{ key: "expired" }, /signature is invalid/],
    [{ tampered: "on" }, /signature is invalid/],
    [{ "wrong-audience": "on" }, /Audience/],
    [{ "wrong-recipient": "on" }, /Recipient/],
    [{ "wrong-request": "on" }, /InResponseTo/],
    [{ "wrong-issuer": "on" }, /Invalid SAML response received/],
    [{ stale: "on" }, /has expired/],
    [{ early: "on" }, /not valid yet/],
    [{ refuse: "on" }, /reported a failure/],
  ];
  for (const [fault, why] of faults) {
    test(`no sign-in where the provider misbehaves: ${Object.entries(fault).join()}`, async () => {
      await refuses("Rehearsal", { user: "bob", ...fault }, why);
    });
  }

  test("no sign-in by a plain assertion where it must be encrypted", async () => {
    await refuses("Encrypting", { user: "bob", plain: "on" }, /Invalid SAML response received/);
  });

  test("signs in by OpenID Connect", async () => {
    const { answer } = await signIn("OpenID", { user: "ann" });
    const { email, given_name, "cognito:username": username } = await claims(answer.get("code"));
    assert.deepEqual([email, given_name, username], ["ann@example.com", "Ann", "OpenID_ann"]);
  });

  const openIdFaults: readonly (readonly [fault: string, error: string, why: RegExp])[] = [
    ["wrong-audience", "invalid_request", /audience/],
    ["wrong-issuer", "invalid_request", /issuer/],
    ["wrong-nonce", "invalid_request", /nonce/],
    ["wrong-key", "invalid_request", /signature/],
    ["tampered", "invalid_request", /signature/],
    ["expired", "invalid_request", /expired/],
    ["wrong-subject", "server_error", /subject/],
    ["refuse", "access_denied", /the user refused/],
  ];
  for (const [fault, error, why] of openIdFaults) {
    test(`no sign-in where the OpenID provider misbehaves: ${fault}`, async () => {
      await refuses("OpenID", { user: "bob", [fault]: "on" }, why, error);
    });
  }

  test("an answer with another state goes nowhere", async () => {
    await assert.rejects(
      signIn("OpenID", { user: "bob", "wrong-state": "on" }),
      /\/oauth2\/idpresponse\?.* answers 4\d\d/,
    );
  });

  test("a year later the pool has another certificate, and an identity provider that has the old one still believes", async () => {
    const serial = (text: string) => new X509Certificate(Buffer.from(text, "base64")).serialNumber;
    const signedBy = async (provider: string) => {
      const { asked, answer } = await signIn(provider, { user: "ann" });
      assert.ok(answer.has("code"));
      return /with the key of certificate (\w+)\./.exec(asked)?.[1];
    };
    assert.equal(await signedBy("Rehearsal"), serial(first));
    clock.set(at + year + 1000);
    const second = await certificate();
    assert.notEqual(second, first);
    assert.equal(await signedBy("Rehearsal"), serial(first));
    writeFileSync(certificateFile, second);
    assert.equal(await signedBy("Rehearsal"), serial(second));
    // The newest stands first in the metadata.
    assert.equal(await signedBy("Encrypting"), serial(second));
    clock.set(at);
  });
});
