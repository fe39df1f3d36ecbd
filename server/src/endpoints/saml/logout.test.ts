import assert from "node:assert/strict";
import { sign as signBytes, verify, X509Certificate } from "node:crypto";
import { suite, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import {
  GetSigningCertificateCommand,
  GetUserCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, startOfTest } from "../../../test/harness.ts";
import { createClient, createSomebody, password } from "../../../test/pool-users.ts";
import {
  answering,
  appCallback,
  appSignedOut,
  begin,
  cookieOf,
  header,
  locationOf,
  messageIn,
  type SamlPool,
  samlPool,
  send,
} from "../../../test/saml-federation.ts";
import {
  encode,
  type ResponseParts,
  type SamlIdentityProvider,
  samlIdentityProvider,
  sign,
  signedResponse,
} from "../../../test/saml-responses.ts";

const minute = 60_000;
const success = "urn:oasis:names:tc:SAML:2.0:status:Success";
const refusal = "Invalid logout message from identity provider";
let ids = 0;

interface MessageParts {
  readonly id?: string;
  readonly issuer?: string;
  readonly destination?: string | null;
  readonly issuedAt?: number;
  readonly nameId?: string;
  readonly inResponseTo?: string;
}

/** A LogoutRequest, or with `inResponseTo` a LogoutResponse. */
function messageXml(
  { h, base, idp }: SamlPool,
  parts: MessageParts = {},
): { readonly xml: string; readonly id: string } {
  const { issuer = idp.entityId, destination = `${base}/saml2/logout`, nameId = "ann", inResponseTo } = parts;
  const id = parts.id ?? `_logout${ids++}`;
  const name = inResponseTo === undefined ? "LogoutRequest" : "LogoutResponse";
  const attributes = [
    `ID="${id}" Version="2.0" IssueInstant="${new Date(parts.issuedAt ?? h.clock.now()).toISOString()}"`,
    ...(destination === null ? [] : [`Destination="${destination}"`]),
    ...(inResponseTo === undefined ? [] : [`InResponseTo="${inResponseTo}"`]),
  ];
  const inside =
    inResponseTo === undefined
      ? `<saml:NameID>${nameId}</saml:NameID><samlp:SessionIndex>_session</samlp:SessionIndex>`
      : `<samlp:Status><samlp:StatusCode Value="${success}"/></samlp:Status>`;
  const xml = `<samlp:${name} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ${attributes.join(" ")}><saml:Issuer>${issuer}</saml:Issuer>${inside}</samlp:${name}>`;
  return { xml, id };
}

/** As a query, signed by `signer`. */
function redirected(
  parameter: "SAMLRequest" | "SAMLResponse",
  xml: string,
  signer: SamlIdentityProvider,
  relayState?: string,
): string {
  const parts = [
    `${parameter}=${encodeURIComponent(deflateRawSync(xml).toString("base64"))}`,
    ...(relayState === undefined ? [] : [`RelayState=${encodeURIComponent(relayState)}`]),
    `SigAlg=${encodeURIComponent("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")}`,
  ];
  const signature = signBytes("sha256", Buffer.from(parts.join("&")), signer.pair.privateKey).toString("base64");
  return [...parts, `Signature=${encodeURIComponent(signature)}`].join("&");
}

/** The cookie of a browser in which this user has signed in. */
async function signIn(pool: SamlPool, nameId = "ann", more: ResponseParts = {}): Promise<string> {
  const { requestId, relayState, cookie } = await begin(pool);
  const response = signedResponse(pool.idp, answering(pool, requestId, { id: `_assertion${ids++}`, nameId, ...more }));
  const posted = await send(pool, "/saml2/idpresponse", { form: { SAMLResponse: response, RelayState: relayState } });
  return cookieOf(await send(pool, `/saml2/continue${locationOf(posted).search}`, { cookies: [cookie] }));
}

async function isSignedIn(pool: SamlPool, session: string): Promise<boolean> {
  const query = new URLSearchParams({ client_id: pool.clientId, redirect_uri: appCallback, response_type: "code" });
  const location = locationOf(await send(pool, `/oauth2/authorize?${query}`, { cookies: [session] }));
  return location.href.startsWith(appCallback);
}

async function isSignedByPool({ h, poolId }: SamlPool, { search }: URL): Promise<boolean> {
  const { Certificate = "" } = await h.cognito.send(new GetSigningCertificateCommand({ UserPoolId: poolId }));
  const { publicKey } = new X509Certificate(Buffer.from(Certificate, "base64"));
  const from = search.search(/SAML(Request|Response)=/);
  const to = search.indexOf("&Signature=");
  const signature = Buffer.from(new URLSearchParams(search).get("Signature") ?? "", "base64");
  return verify("sha256", Buffer.from(search.slice(from, to)), publicKey, signature);
}

suite("signing out here", async () => {
  const h = await harness();
  const pool = await samlPool(h, { details: { IDPSignout: "true" } });
  const logout = ({ clientId }: SamlPool) =>
    `/logout?${new URLSearchParams({ client_id: clientId, logout_uri: appSignedOut })}`;

  test("goes by way of the provider, which is told of the session in a signed request", async () => {
    const session = await signIn(pool);
    const out = await send(pool, logout(pool), { cookies: [session] });
    const url = locationOf(out);
    assert.match(url.href, /^https:\/\/idp\.example\.com\/slo\?tenant=1&SAMLRequest=/);
    assert.match(header(out, "set-cookie") ?? "", /^cognito=; .*Max-Age=0/);
    assert.ok(await isSignedByPool(pool, url));
    const xml = messageIn(url);
    assert.match(xml, /^<samlp:LogoutRequest /);
    assert.match(xml, /Destination="https:\/\/idp\.example\.com\/slo\?tenant=1"/);
    assert.match(xml, />ann<\/saml:NameID><samlp:SessionIndex>_session<\/samlp:SessionIndex>/);
    assert.match(xml, /Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"/);

    const [, requestId = ""] = / ID="([^"]+)"/.exec(xml) ?? [];
    const relayState = url.searchParams.get("RelayState") ?? "";
    const { xml: answer, id } = messageXml(pool, { inResponseTo: requestId });
    const form = (SAMLResponse: string, RelayState = relayState) =>
      send(pool, "/saml2/logout", { form: { SAMLResponse, RelayState } });
    const signed = encode(sign(answer, id, pool.idp));
    assert.equal(locationOf(await form(signed)).href, appSignedOut);
    const inUrl = await send(pool, `/saml2/logout?${redirected("SAMLResponse", answer, pool.idp, relayState)}`);
    assert.equal(locationOf(inUrl).href, appSignedOut);

    const refused = async (response: Awaited<ReturnType<typeof form>>, text: string) => {
      assert.equal(response.status, 400);
      assert.equal(header(response, "location"), undefined);
      assert.ok(response.body.includes(text), response.body);
    };
    await refused(await form(encode(answer)), refusal);
    await refused(await form(signed, "x"), "Invalid relayState from identity provider");
    const other = messageXml(pool, { inResponseTo: "_other" });
    await refused(await form(encode(sign(other.xml, other.id, pool.idp))), refusal);
    h.clock.set(startOfTest + 5 * minute);
    await refused(await form(signed), "Invalid relayState from identity provider");
    h.clock.set(startOfTest);
  });

  test("calls the user by the whole name that the provider gave", async () => {
    const session = await signIn(pool, "ben", { nameQualifier: pool.idp.entityId, spNameQualifier: "urn:x" });
    const xml = messageIn(locationOf(await send(pool, logout(pool), { cookies: [session] })));
    assert.match(xml, / NameQualifier="https:\/\/idp\.example\.com\/saml" SPNameQualifier="urn:x" Format=.*>ben</);
  });

  test("goes straight to the app where IDPSignout is off", async () => {
    const closed = await samlPool(h);
    const session = await signIn(closed);
    assert.equal(locationOf(await send(closed, logout(closed), { cookies: [session] })).href, appSignedOut);
  });

  test("answers 400 to whoever only looks", async () => {
    const looked = await send(pool, "/saml2/logout");
    assert.equal(looked.status, 400);
    assert.equal(header(looked, "allow"), "POST");
  });
});

suite("signing out at the provider", async () => {
  const h = await harness();
  const pool = await samlPool(h, { details: { IDPSignout: "true" } });
  const stranger = { ...(await samlIdentityProvider()), entityId: pool.idp.entityId };
  const request = (parts: MessageParts = {}, signer = pool.idp, relayState?: string) =>
    send(pool, `/saml2/logout?${redirected("SAMLRequest", messageXml(pool, parts).xml, signer, relayState)}`);

  test("ends the user's sessions here, and is told so in a signed answer", async () => {
    const session = await signIn(pool);
    const others = await signIn(pool, "ben");
    assert.ok(await isSignedIn(pool, session));
    h.clock.set(startOfTest + 1);
    const answer = await request({ id: "_out" }, pool.idp, "a & b");
    const url = locationOf(answer);
    assert.match(url.href, /^https:\/\/idp\.example\.com\/slo\?tenant=1&SAMLResponse=/);
    assert.equal(url.searchParams.get("RelayState"), "a & b");
    assert.ok(await isSignedByPool(pool, url));
    const xml = messageIn(url);
    assert.match(xml, /^<samlp:LogoutResponse .*InResponseTo="_out"/);
    assert.match(xml, new RegExp(`Value="${success}"`));
    assert.match(header(answer, "set-cookie") ?? "", /^cognito=; .*Max-Age=0/);
    assert.ok(!(await isSignedIn(pool, session)));
    assert.ok(await isSignedIn(pool, others));

    // The same again must not end what has begun since.
    h.clock.set(startOfTest + 2);
    const next = await signIn(pool);
    h.clock.set(startOfTest + 3);
    assert.equal((await request({ id: "_out", issuedAt: startOfTest + 1 })).status, 302);
    assert.ok(await isSignedIn(pool, next));
    h.clock.set(startOfTest);
  });

  test("comes in a form, too", async () => {
    const session = await signIn(pool, "cleo");
    h.clock.set(startOfTest + 1);
    const { xml, id } = messageXml(pool, { nameId: "cleo" });
    const form = { SAMLRequest: encode(sign(xml, id, pool.idp)), RelayState: "token" };
    const answer = await send(pool, "/saml2/logout", { form });
    assert.equal(locationOf(answer).searchParams.get("RelayState"), "token");
    assert.ok(!(await isSignedIn(pool, session)));
    h.clock.set(startOfTest);
  });

  test("has no say over a user of the pool's own who is called so", async () => {
    await createSomebody(h, pool.poolId, "Work_zoe");
    const { ClientId } = await createClient(h, pool.poolId, { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] });
    const { AuthenticationResult } = await h.cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "Work_zoe", PASSWORD: password },
      }),
    );
    const { AccessToken } = AuthenticationResult ?? {};
    assert.match(messageIn(locationOf(await request({ nameId: "zoe" }))), new RegExp(success));
    assert.equal((await h.cognito.send(new GetUserCommand({ AccessToken }))).Username, "Work_zoe");
  });

  test("of somebody who is unknown here is done already", async () => {
    assert.match(messageIn(locationOf(await request({ nameId: "nobody" }))), new RegExp(success));
  });

  const closed = await samlPool(h);
  const asked: typeof request = (parts, ...more) => request({ nameId: "dora", ...parts }, ...more);
  const refusals: Readonly<Record<string, () => Promise<Awaited<ReturnType<typeof send>>>>> = {
    "by a stranger": () => asked({}, stranger),
    "by nobody": () => {
      const { xml } = messageXml(pool, { nameId: "dora" });
      return send(pool, `/saml2/logout?SAMLRequest=${encodeURIComponent(deflateRawSync(xml).toString("base64"))}`);
    },
    "by nobody, in a form": () =>
      send(pool, "/saml2/logout", { form: { SAMLRequest: encode(messageXml(pool, { nameId: "dora" }).xml) } }),
    "by another issuer": () => asked({ issuer: "https://other.example.com" }),
    "to another address": () => asked({ destination: "https://evil.example/saml2/logout" }),
    "to no address": () => asked({ destination: null }),
    "of long ago": () => asked({ issuedAt: startOfTest - 9 * minute }),
    "of the future": () => asked({ issuedAt: startOfTest + 4 * minute }),
    "that is none": () => send(pool, "/saml2/logout", { form: { SAMLRequest: "x" } }),
    "at a pool that does not take part": () =>
      send(
        closed,
        `/saml2/logout?${redirected("SAMLRequest", messageXml(closed, { nameId: "dora" }).xml, closed.idp)}`,
      ),
    "that carries too much": () => asked({}, pool.idp, "x".repeat(5_000)),
  };
  for (const [name, attempt] of Object.entries(refusals)) {
    test(`a request ${name} ends nothing`, async () => {
      const session = await signIn(pool, "dora");
      const response = await attempt();
      assert.equal(response.status, 400);
      assert.ok(response.body.includes(refusal), response.body);
      assert.ok(await isSignedIn(pool, session));
    });
  }
});
