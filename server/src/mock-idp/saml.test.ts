import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import samlify from "samlify";
import { temporaryDirectory } from "../../test/e2e/process.ts";
import { keyPair } from "../../test/key-pairs.ts";
import { formOf, startedMockIdp, TestBrowser } from "../../test/mock-idp.ts";
import { issueSelfSigned } from "../crypto/x509/issue.ts";

samlify.setSchemaValidator({ validate: async () => "not looked at" });

const consumer = "http://localhost:3000/acs";
const logoutUrl = "http://localhost:3000/slo";
const post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const format = "urn:oasis:names:tc:SAML:";
const now = Date.now();

async function keyAndCertificate(): Promise<{ privateKey: string; certificate: string }> {
  const pair = keyPair();
  const der = await issueSelfSigned({
    commonName: "service provider",
    ...pair,
    serialNumber: pair.publicKey.export({ type: "spki", format: "der" }).subarray(40, 48),
    notBefore: now - 60_000,
    notAfter: now + 86_400_000,
  });
  const privateKey = String(pair.privateKey.export({ type: "pkcs8", format: "pem" }));
  return { privateKey, certificate: new X509Certificate(der).toString() };
}

const signing = await keyAndCertificate();
const encryption = await keyAndCertificate();
const stranger = await keyAndCertificate();

/** samlify, which shares no code with this server, as the service provider. */
function serviceProvider(
  key = signing,
  authnRequestsSigned = true,
  nameIdFormat = `${format}2.0:nameid-format:persistent`,
) {
  return samlify.ServiceProvider({
    entityID: "urn:example:sp",
    nameIDFormat: [nameIdFormat],
    signatureConfig: {
      prefix: "ds",
      location: { reference: "/*[local-name(.)='AuthnRequest']/*[local-name(.)='Issuer']", action: "after" },
    },
    authnRequestsSigned,
    wantAssertionsSigned: true,
    wantMessageSigned: true,
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    privateKey: key.privateKey,
    signingCert: key.certificate,
    encPrivateKey: encryption.privateKey,
    encryptCert: encryption.certificate,
    requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    assertionConsumerService: [{ Binding: post, Location: consumer }],
    singleLogoutService: [{ Binding: redirect, Location: logoutUrl }],
  });
}

async function metadataOf(idp: { readonly metadataUrl: string }, query = ""): Promise<string> {
  const response = await fetch(`${idp.metadataUrl}${query}`);
  assert.equal(response.status, 200);
  return response.text();
}

async function identityProvider(idp: { readonly metadataUrl: string }, isAssertionEncrypted = false, query = "") {
  return samlify.IdentityProvider({
    metadata: await metadataOf(idp, query),
    isAssertionEncrypted,
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
  });
}

type Provider = ReturnType<typeof serviceProvider>;
type Idp = Awaited<ReturnType<typeof identityProvider>>;

/** Where the service provider sends the browser. */
function loginUrl(sp: Provider, idp: Idp, relayState = "the state"): { url: string; id: string } {
  const { context, id } = sp.createLoginRequest(idp, "redirect", { relayState });
  return { url: context, id };
}

/** From the request to what is posted to the service provider. */
async function signIn(sp: Provider, idp: Idp, fields: Readonly<Record<string, string>>, browser = new TestBrowser()) {
  const { url, id } = loginUrl(sp, idp);
  const asked = await browser.open(url);
  assert.equal(asked.status, 200, asked.text);
  const { action, hidden } = formOf(await browser.submit(asked, fields));
  assert.equal(action, consumer);
  return { id, body: hidden, asked, parse: () => sp.parseLoginResponse(idp, "post", { body: hidden }) };
}

function xmlOf({ SAMLResponse = "" }: Readonly<Record<string, string>>): string {
  return Buffer.from(SAMLResponse, "base64").toString();
}

suite("mock-idp: SAML, to samlify", async () => {
  const started = await startedMockIdp();
  const idp = await identityProvider(started);
  const sp = serviceProvider(signing, false);

  test("a response and an assertion that are signed each, with all that was asked for", async () => {
    const { parse, body, id } = await signIn(sp, idp, { user: "ann" });
    assert.equal(body.RelayState, "the state");
    const { extract } = await parse();
    assert.equal(extract.nameID, "ann");
    assert.equal(extract.issuer, started.metadataUrl);
    assert.equal(extract.audience, "urn:example:sp");
    assert.deepEqual(extract.attributes, {
      email: "ann@example.com",
      email_verified: "true",
      given_name: "Ann",
      family_name: "Archer",
      name: "Ann Archer",
      groups: ["staff", "admins"],
    });
    assert.equal(extract.response?.inResponseTo, id);
    assert.equal(extract.response?.destination, consumer);
    const xml = xmlOf(body);
    assert.equal(xml.match(/<ds:Signature /g)?.length, 2);
    assert.match(
      xml,
      new RegExp(`<saml:SubjectConfirmationData InResponseTo="${id}" NotOnOrAfter="[^"]+" Recipient="${consumer}">`),
    );
  });

  test("the NameID in the form that is asked for", async () => {
    const named = async (nameIdFormat: string) => {
      const asking = serviceProvider(signing, false, nameIdFormat);
      return (await (await signIn(asking, idp, { user: "ann" })).parse()).extract.nameID ?? "";
    };
    assert.equal(await named(`${format}1.1:nameid-format:emailAddress`), "ann@example.com");
    assert.equal(await named(`${format}1.1:nameid-format:unspecified`), "ann");
    const transient = `${format}2.0:nameid-format:transient`;
    assert.match(await named(transient), /^_[0-9a-f]{32}$/);
    assert.notEqual(await named(transient), await named(transient));
  });

  for (const signed of ["assertion", "response"]) {
    test(`signed: the ${signed} alone`, async () => {
      const { parse, body } = await signIn(sp, idp, { user: "ann", signed });
      assert.equal((await parse()).extract.nameID, "ann");
      assert.equal(xmlOf(body).match(/<ds:Signature /g)?.length, 1);
    });
  }

  test("whatever a name holds", async () => {
    for (const name of [`<&>"'é\u{1F600}]]> `, "a  b", "$1"]) {
      assert.equal((await (await signIn(sp, idp, { name })).parse()).extract.nameID, name);
    }
    const { url } = loginUrl(sp, idp);
    const browser = new TestBrowser();
    for (const name of ["", "a\u0000b", "x".repeat(129), "\uFFFF"]) {
      const answered = await browser.submit(await browser.open(url), { name });
      assert.equal(answered.status, 400);
      assert.match(answered.text, /This is no name\./);
    }
  });

  const refusals: readonly [fields: Readonly<Record<string, string>>, message: RegExp][] = [
    [{ signed: "nothing" }, /FAILED_TO_VERIFY_SIGNATURE/],
    [{ tampered: "on" }, /^Error: FAILED_TO_VERIFY_SIGNATURE$/],
    [{ key: "next" }, /ERROR_UNMATCH_CERTIFICATE_DECLARATION_IN_METADATA/],
    [{ key: "expired" }, /ERROR_UNMATCH_CERTIFICATE_DECLARATION_IN_METADATA/],
    [{ "wrong-issuer": "on" }, /ERR_UNMATCH_ISSUER/],
    [{ stale: "on" }, /ERR_SUBJECT_UNCONFIRMED/],
    [{ early: "on" }, /ERR_SUBJECT_UNCONFIRMED/],
    [{ refuse: "on" }, /ERR_FAILED_STATUS.*Responder.*AuthnFailed/],
  ];
  for (const [fields, message] of refusals) {
    test(`misbehaves where it is told to: ${Object.entries(fields).join()}`, async () => {
      const { parse } = await signIn(sp, idp, { user: "ann", ...fields });
      await assert.rejects(async () => parse(), message);
    });
  }

  test("misbehaves where samlify does not look", async () => {
    const values = async (fault: string) => xmlOf((await signIn(sp, idp, { user: "ann", [fault]: "on" })).body);
    assert.match(await values("wrong-audience"), /<saml:Audience>https:\/\/elsewhere\.example\.com\/<\/saml:Audience>/);
    assert.match(await values("wrong-recipient"), /Recipient="https:\/\/elsewhere\.example\.com\/"/);
    assert.equal((await values("wrong-request")).match(/InResponseTo="_another-request"/g)?.length, 2);
  });

  test("a change of its own keys can be rehearsed: both are in the metadata, then the next one signs", async () => {
    const both = await identityProvider(started, false, "?keys=current,next");
    assert.equal((await (await signIn(sp, both, { user: "ann", key: "next" })).parse()).extract.nameID, "ann");
    assert.equal((await (await signIn(sp, both, { user: "ann" })).parse()).extract.nameID, "ann");
    const certificates = async (query: string) =>
      [...(await metadataOf(started, query)).matchAll(/<ds:X509Certificate>([^<]+)</g)].map(
        ([, text = ""]) => new X509Certificate(Buffer.from(text, "base64")),
      );
    const [expired, ...others] = await certificates("?keys=expired");
    assert.equal(others.length, 0);
    assert.ok((expired?.validToDate.getTime() ?? now) < now);
    for (const query of ["?keys=", "?keys=other", "?keys=current,current,current,current"]) {
      assert.equal((await fetch(`${started.metadataUrl}${query}`)).status, 400);
    }
  });

  test("POST binding, too", async () => {
    const asking = sp.createLoginRequest(idp, "post", { relayState: "posted" });
    const browser = new TestBrowser();
    const fields = { SAMLRequest: asking.context, RelayState: "posted" };
    const asked = await browser.open(`${started.url}/saml/sso`, fields);
    const { hidden } = formOf(await browser.submit(asked, { user: "bob" }));
    assert.equal(hidden.RelayState, "posted");
    assert.equal((await sp.parseLoginResponse(idp, "post", { body: hidden })).extract.nameID, "bob");
  });

  test("begins here: unsolicited, to this machine alone", async () => {
    const browser = new TestBrowser();
    const start = (acs: string) =>
      browser.open(
        `${started.url}/saml/start?${new URLSearchParams({ acs, audience: "urn:example:sp", RelayState: "r" })}`,
      );
    const { action, hidden } = formOf(await browser.submit(await start(consumer), { user: "ann" }));
    assert.equal(action, consumer);
    assert.equal(hidden.RelayState, "r");
    assert.ok(!xmlOf(hidden).includes("InResponseTo"));
    assert.equal((await sp.parseLoginResponse(idp, "post", { body: hidden })).extract.nameID, "ann");
    for (const acs of ["https://evil.example/acs", "javascript:alert(1)", "", "http://localhost.evil.example/"]) {
      const { status, text } = await start(acs);
      assert.equal(status, 400);
      assert.match(text, /Answers do not go to/);
    }
  });

  test("requests that say nothing sound are refused, and never redirected", async () => {
    const { url } = loginUrl(sp, idp);
    const wrong = async (query: string, message: RegExp) => {
      const { status, location, text } = await new TestBrowser().open(`${started.url}/saml/sso?${query}`);
      assert.deepEqual([status, location], [400, undefined]);
      assert.match(text, message);
    };
    await wrong("", /There is not exactly one message\./);
    await wrong("SAMLRequest=x", /./);
    const elsewhere = samlify.ServiceProvider({
      entityID: "urn:example:sp",
      assertionConsumerService: [{ Binding: post, Location: "https://evil.example/acs" }],
    });
    const { context } = elsewhere.createLoginRequest(idp, "redirect");
    await wrong(new URL(context).search.slice(1), /Answers do not go to &apos;https:\/\/evil\.example\/acs&apos;/);
    assert.equal((await new TestBrowser().open(`${url}&x=<script>`)).status, 200);
    const { context: SAMLRequest } = sp.createLoginRequest(idp, "post", {});
    const long = { SAMLRequest, RelayState: "x".repeat(20_000) };
    const { status, text } = await new TestBrowser().open(`${started.url}/saml/sso`, long);
    assert.equal(status, 400);
    assert.match(text, /The request is too long\./);
  });
});

suite("mock-idp: signed requests, as identity providers want them", async () => {
  const directory = temporaryDirectory();
  const certificateFile = join(directory, "signing.pem");
  // As GetSigningCertificate answers it: bare base64.
  const bare = (pem: string) => new X509Certificate(pem).raw.toString("base64");
  writeFileSync(certificateFile, bare(signing.certificate));
  const started = await startedMockIdp("--require-signed-requests", "--sp-certificate", certificateFile);
  const idp = await identityProvider(started);
  const sp = serviceProvider();
  const open = (url: string) => new TestBrowser().open(url);
  const refuses = async (url: string, message: string) => {
    const { status, text } = await open(url);
    assert.equal(status, 400);
    assert.ok(text.includes(`<p role="alert">${message}</p>`), text);
  };

  test("metadata says so", async () => {
    assert.match(await metadataOf(started), /WantAuthnRequestsSigned="true"/);
  });

  test("good: the page names the certificate", async () => {
    const { asked, parse } = await signIn(sp, idp, { user: "ann" });
    const { serialNumber } = new X509Certificate(signing.certificate);
    assert.ok(asked.text.includes(`It is signed with the key of certificate ${serialNumber}.`), asked.text);
    assert.equal((await parse()).extract.nameID, "ann");
  });

  test("missing, of another key, and changed", async () => {
    const unsigned = new URL(loginUrl(sp, idp).url);
    unsigned.searchParams.delete("Signature");
    unsigned.searchParams.delete("SigAlg");
    await refuses(unsigned.href, "The request is not signed.");
    await refuses(loginUrl(serviceProvider(stranger), idp).url, "No trusted key made the signature.");
    const { url } = loginUrl(sp, idp);
    await refuses(url.replace("RelayState=the%20state", "RelayState=another"), "No trusted key made the signature.");
    const sha1 = url.replace(
      /SigAlg=[^&]+/,
      `SigAlg=${encodeURIComponent("http://www.w3.org/2000/09/xmldsig#rsa-sha1")}`,
    );
    await refuses(sha1, "The signature uses an algorithm that is not allowed.");
  });

  test("in a form: good, missing, of another key, and changed", async () => {
    const send = async (provider: Provider, change = (xml: string) => xml) => {
      const { context } = provider.createLoginRequest(idp, "post", {});
      const SAMLRequest = Buffer.from(change(Buffer.from(context, "base64").toString())).toString("base64");
      return new TestBrowser().open(`${started.url}/saml/sso`, { SAMLRequest });
    };
    assert.equal((await send(sp)).status, 200);
    const message = async (provider: Provider, change?: (xml: string) => string) => {
      const { status, text } = await send(provider, change);
      assert.equal(status, 400);
      return /<p role="alert">([^<]*)<\/p>/.exec(text)?.[1];
    };
    assert.equal(await message(serviceProvider(stranger)), "No trusted key made the signature.");
    assert.equal(
      await message(sp, (xml) => xml.replace(consumer, "http://localhost:1/")),
      "What was signed has been changed.",
    );
    const stripped = (xml: string) => xml.replace(/<ds:Signature .*<\/ds:Signature>/s, "");
    assert.equal(await message(sp, stripped), "The request is not signed.");
  });

  test("a change of the service provider's certificate: refused until the file has the new one", async () => {
    const renewed = await keyAndCertificate();
    await refuses(loginUrl(serviceProvider(renewed), idp).url, "No trusted key made the signature.");
    writeFileSync(certificateFile, renewed.certificate);
    assert.equal((await open(loginUrl(serviceProvider(renewed), idp).url)).status, 200);
    await refuses(loginUrl(sp, idp).url, "No trusted key made the signature.");
    writeFileSync(certificateFile, "x");
    const { status, text } = await open(loginUrl(sp, idp).url);
    assert.equal(status, 400);
    assert.match(text, /--sp-certificate .* This is no certificate\./);
  });
});

suite("mock-idp: a service provider by its metadata", async () => {
  const sp = serviceProvider();
  let metadata = sp.getMetadata();
  const server = createServer((_request, response) => response.end(metadata));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  const address = server.address();
  const source = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/metadata`;
  const started = await startedMockIdp("--sp-metadata", source, "--require-signed-requests");
  const idp = await identityProvider(started, true);

  test("signatures are checked with its certificates, and assertions encrypted for it", async () => {
    const { body, parse } = await signIn(sp, idp, { user: "ann" });
    assert.match(xmlOf(body), /<saml:EncryptedAssertion /);
    assert.ok(!xmlOf(body).includes("ann@example.com"));
    const { extract } = await parse();
    assert.equal(extract.nameID, "ann");
    const alone = await signIn(sp, idp, { user: "ann", signed: "assertion" });
    assert.equal((await alone.parse()).extract.nameID, "ann");
    const plain = await signIn(sp, idp, { user: "ann", plain: "on" });
    assert.match(xmlOf(plain.body), /<saml:NameID [^>]*>ann</);
  });

  test("to no other place than it names", async () => {
    const other = samlify.ServiceProvider({
      entityID: "urn:example:sp",
      authnRequestsSigned: true,
      privateKey: signing.privateKey,
      signingCert: signing.certificate,
      requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
      assertionConsumerService: [{ Binding: post, Location: "http://localhost:3000/other" }],
    });
    const { status, text } = await new TestBrowser().open(loginUrl(other, idp).url);
    assert.equal(status, 400);
    assert.match(text, /The AssertionConsumerServiceURL is none of the service provider&apos;s metadata\./);
  });

  test("single logout, begun there: the session is over, and the answer is signed", async () => {
    const browser = new TestBrowser();
    const { parse } = await signIn(sp, idp, { user: "ann" }, browser);
    const { extract } = await parse();
    assert.match((await browser.open(started.url)).text, /ann, at 1 service providers by SAML/);
    const sessionIndex = String(extract.sessionIndex?.sessionIndex);
    const asking = sp.createLogoutRequest(
      idp,
      "redirect",
      { logoutNameID: "ann", sessionIndex },
      { relayState: "out" },
    );
    const { status, location = "" } = await browser.open(asking.context);
    assert.equal(status, 303);
    const url = new URL(location);
    assert.equal(`${url.origin}${url.pathname}`, logoutUrl);
    assert.equal(url.searchParams.get("RelayState"), "out");
    const answer = await sp.parseLogoutResponse(idp, "redirect", {
      query: Object.fromEntries(url.searchParams),
      octetString: location.slice(location.indexOf("?") + 1, location.indexOf("&Signature=")),
    });
    assert.equal(answer.extract.response?.inResponseTo, asking.id);
    assert.match((await browser.open(started.url)).text, /Nobody, in this browser/);
    const unsigned = new URL(asking.context);
    unsigned.searchParams.delete("Signature");
    unsigned.searchParams.delete("SigAlg");
    const refused = await browser.open(unsigned.href);
    assert.equal(refused.status, 400);
    assert.match(refused.text, /The message is not signed\./);
  });

  test("single logout, begun here: a signed request there, and the end after its answer", async () => {
    const browser = new TestBrowser();
    const { parse } = await signIn(sp, idp, { user: "bob" }, browser);
    const { sessionIndex } = (await parse()).extract;
    const { location = "" } = await browser.open(`${started.url}/saml/sign-out`, {});
    const url = new URL(location);
    assert.equal(`${url.origin}${url.pathname}`, logoutUrl);
    const asked = await sp.parseLogoutRequest(idp, "redirect", {
      query: Object.fromEntries(url.searchParams),
      octetString: location.slice(location.indexOf("?") + 1, location.indexOf("&Signature=")),
    });
    assert.equal(asked.extract.nameID, "bob");
    assert.equal(asked.extract.sessionIndex, sessionIndex?.sessionIndex);
    const relayState = url.searchParams.get("RelayState") ?? "";
    const answer = sp.createLogoutResponse(idp, { extract: asked.extract }, "redirect", { relayState });
    const done = await browser.open(answer.context);
    assert.equal(done.status, 200, done.text);
    assert.match(done.text, /<h1>Signed out<\/h1>\s*<p><a/);
    const again = await browser.open(answer.context);
    assert.equal(again.status, 400);
    assert.match(again.text, /This answers no logout of ours\./);
  });

  test("metadata that cannot be read is refused by name", async () => {
    const broken = await startedMockIdp("--sp-metadata", source, "--require-signed-requests");
    metadata = "<x/>";
    assert.match((await new TestBrowser().open(broken.url)).text, /cannot be read: This is no metadata/);
    const { status, text } = await new TestBrowser().open(loginUrl(sp, await identityProvider(broken)).url);
    assert.equal(status, 400);
    assert.match(
      text,
      /The metadata of the service provider, http:\/\/127\.0\.0\.1:\d+\/metadata, cannot be read: This is no metadata/,
    );
    metadata = sp.getMetadata();
  });
});

suite("mock-idp: other settings", async () => {
  test("--sign-in asks nobody; --users names who there is; --encrypt-to encrypts for whoever asks", async () => {
    const directory = temporaryDirectory();
    const users = join(directory, "users.json");
    const encryptTo = join(directory, "encryption.pem");
    writeFileSync(users, JSON.stringify([{ username: "carol", mail: "carol@example.com", roles: ["x", "y"], age: 7 }]));
    writeFileSync(encryptTo, encryption.certificate);
    const started = await startedMockIdp("--users", users, "--sign-in", "carol", "--encrypt-to", encryptTo);
    const idp = await identityProvider(started, true);
    const sp = serviceProvider(signing, false);
    const { hidden } = formOf(await new TestBrowser().open(loginUrl(sp, idp).url));
    const { extract } = await sp.parseLoginResponse(idp, "post", { body: hidden });
    assert.equal(extract.nameID, "carol");
    assert.deepEqual(extract.attributes, { mail: "carol@example.com", roles: ["x", "y"], age: "7" });
  });

  test("--data-dir keeps the keys, for their owner alone", async () => {
    const directory = join(temporaryDirectory(), "keys");
    const first = await metadataOf(await startedMockIdp("--data-dir", directory), "?keys=current,next,expired");
    const second = await metadataOf(await startedMockIdp("--data-dir", directory), "?keys=current,next,expired");
    const certificates = (text: string) => text.match(/<ds:X509Certificate>[^<]+/g);
    assert.deepEqual(certificates(second), certificates(first));
    assert.equal(new Set(certificates(first)).size, 3);
    assert.equal(statSync(directory).mode & 0o777, 0o700);
    const files = readdirSync(directory);
    assert.deepEqual(files.toSorted(), ["mock-idp-current.pem", "mock-idp-expired.pem", "mock-idp-next.pem"]);
    for (const file of files) assert.equal(statSync(join(directory, file)).mode & 0o777, 0o600);
  });
});
