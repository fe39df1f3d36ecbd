import assert from "node:assert/strict";
import { verify, X509Certificate } from "node:crypto";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  DeleteIdentityProviderCommand,
  GetSigningCertificateCommand,
  UpdateIdentityProviderCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, startOfTest } from "../../../test/harness.ts";
import { lambdaEndpoint } from "../../../test/lambda-endpoint.ts";
import {
  answering,
  appCallback,
  type Begun,
  begin,
  cookieOf,
  header,
  locationOf,
  messageIn,
  metadataWithLogout,
  type SamlPool,
  samlPool,
  send,
} from "../../../test/saml-federation.ts";
import {
  assertionXml,
  encode,
  encryptedAssertion,
  type ResponseParts,
  responseXml,
  type SamlIdentityProvider,
  samlIdentityProvider,
  sign,
  signedResponse,
} from "../../../test/saml-responses.ts";
import type { HttpResponse } from "../http.ts";

const minute = 60_000;
const unbelievable = "Invalid SAML response received: SAML Assertion signature is invalid. ";

/** The id of an assertion is used once: each test has its own. */
let assertions = 0;

function good(pool: SamlPool, requestId: string | undefined, parts: ResponseParts = {}): ResponseParts {
  return answering(pool, requestId, { id: `_assertion${assertions++}`, ...parts });
}

function post(pool: SamlPool, SAMLResponse: string, RelayState: string): Promise<HttpResponse> {
  return send(pool, "/saml2/idpresponse", { form: { SAMLResponse, RelayState } });
}

/** What the app hears. */
function told(response: HttpResponse): Record<string, string> {
  assert.equal(response.status, 302, response.body);
  const { origin, pathname, searchParams } = locationOf(response);
  assert.equal(`${origin}${pathname}`, appCallback);
  return Object.fromEntries(searchParams);
}

function onPage(response: HttpResponse): string {
  assert.equal(response.status, 400);
  assert.equal(header(response, "location"), undefined);
  assert.equal(header(response, "set-cookie"), undefined);
  return /<code>(.*)<\/code>/.exec(response.body)?.[1] ?? response.body;
}

/** From the form that the provider has posted to the app. */
async function goOn(pool: SamlPool, posted: HttpResponse, cookie: string) {
  const { pathname, search } = locationOf(posted);
  assert.equal(`http://countersign.test${pathname}`, `${pool.base}/saml2/continue`);
  return send(pool, `/saml2/continue${search}`, { cookies: [cookie] });
}

async function signIn(pool: SamlPool, parts: ResponseParts = {}) {
  const begun = await begin(pool);
  const posted = await post(pool, signedResponse(pool.idp, good(pool, begun.requestId, parts)), begun.relayState);
  const ended = await goOn(pool, posted, begun.cookie);
  return { code: told(ended).code ?? "", session: cookieOf(ended) };
}

function user({ h, poolId }: SamlPool, Username: string) {
  return h.cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }));
}

suite("a sign-in at a SAML provider", async () => {
  const h = await harness();
  const pool = await samlPool(h);

  test("begins with a request that says who asks, and where the answer goes", async () => {
    const { url, requestId, cookie } = await begin(pool);
    assert.equal(`${url.origin}${url.pathname}`, "https://idp.example.com/sso");
    assert.match(requestId, /^_[0-9a-f]{8}-[0-9a-f-]{27}$/);
    const xml = messageIn(url);
    for (const said of [
      'Version="2.0"',
      `IssueInstant="${new Date(startOfTest).toISOString()}"`,
      'Destination="https://idp.example.com/sso"',
      'ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"',
      `AssertionConsumerServiceURL="${pool.base}/saml2/idpresponse"`,
      `>urn:amazon:cognito:sp:${pool.poolId}</`,
    ]) {
      assert.ok(xml.includes(said), `${said} in ${xml}`);
    }
    assert.ok(!xml.includes("ForceAuthn"));
    assert.match(messageIn((await begin(pool, { prompt: "login" })).url), / ForceAuthn="true" /);
    assert.match(cookie, /^csrf-state=/);
    assert.equal(url.searchParams.has("Signature"), false);
  });

  test("is signed where the provider asks for it, with the key of the certificate that GetSigningCertificate answers", async () => {
    const signing = await samlPool(h, { details: { RequestSigningAlgorithm: "rsa-sha256" } });
    const { url } = await begin(signing);
    assert.equal(url.searchParams.get("SigAlg"), "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    const { Certificate = "" } = await h.cognito.send(new GetSigningCertificateCommand({ UserPoolId: signing.poolId }));
    const { publicKey } = new X509Certificate(Buffer.from(Certificate, "base64"));
    const signed = url.search.slice(1, url.search.indexOf("&Signature="));
    assert.match(signed, /^SAMLRequest=[^&]+&RelayState=[^&]+&SigAlg=[^&]+$/);
    const signature = Buffer.from(url.searchParams.get("Signature") ?? "", "base64");
    assert.ok(verify("sha256", Buffer.from(signed), publicKey, signature));
    assert.ok(!verify("sha256", Buffer.from(`${signed}x`), publicKey, signature));
  });

  test("ends in a code, a session of the browser and a user with the provider's attributes", async () => {
    const begun = await begin(pool);
    const response = signedResponse(pool.idp, good(pool, begun.requestId));
    const posted = await post(pool, response, begun.relayState);
    assert.equal(header(posted, "set-cookie"), undefined);
    const ended = await goOn(pool, posted, begun.cookie);
    const { code, ...rest } = told(ended);
    assert.match(code ?? "", /^[0-9a-f-]{36}$/);
    assert.deepEqual(rest, { state: "remembered" });
    assert.match(
      header(ended, "set-cookie") ?? "",
      /^cognito=.+; Path=\/pools\/.+\/; Max-Age=3600; HttpOnly; SameSite=Lax$/,
    );
    const { UserStatus, UserAttributes } = await user(pool, "Work_ann@example.com");
    assert.equal(UserStatus, "EXTERNAL_PROVIDER");
    const attributes = Object.fromEntries(UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? []);
    assert.equal(attributes.email, "ann@example.com");
    const [identity] = JSON.parse(attributes.identities ?? "[]");
    assert.deepEqual(
      [identity.providerName, identity.providerType, identity.userId],
      ["Work", "SAML", "ann@example.com"],
    );
  });

  test("ends in tokens for an app that asks for them", async () => {
    const implicit = await samlPool(h, { client: { AllowedOAuthFlows: ["implicit"] } });
    const begun = await begin(implicit, { response_type: "token", nonce: "once" });
    const posted = await post(
      implicit,
      signedResponse(implicit.idp, good(implicit, begun.requestId)),
      begun.relayState,
    );
    const { hash, search } = locationOf(await goOn(implicit, posted, begun.cookie));
    assert.equal(search, "");
    const given = new URLSearchParams(hash.slice(1));
    assert.deepEqual([...given.keys()], ["id_token", "access_token", "expires_in", "token_type", "state"]);
    const [, claims = ""] = given.get("id_token")?.split(".") ?? [];
    const { nonce, ...others } = JSON.parse(Buffer.from(claims, "base64url").toString());
    assert.deepEqual([nonce, others["cognito:username"]], ["once", "Work_ann@example.com"]);
  });

  test("is remembered for the next one", async () => {
    const { session } = await signIn(pool, { nameId: "ben" });
    const query = new URLSearchParams({ client_id: pool.clientId, redirect_uri: appCallback, response_type: "code" });
    const again = await send(pool, `/oauth2/authorize?${query}`, { cookies: [session] });
    assert.deepEqual(Object.keys(told(again)), ["code"]);
  });

  test("takes the attributes that come with each sign-in", async () => {
    await signIn(pool, { nameId: "cleo", attributes: { mail: "old@example.com" } });
    await signIn(pool, { nameId: "cleo", attributes: { mail: "new@example.com" } });
    const { UserAttributes } = await user(pool, "Work_cleo");
    assert.equal(UserAttributes?.find(({ Name }) => Name === "email")?.Value, "new@example.com");
  });

  test("is over after an hour for a browser, and after a minute on its way", async () => {
    const begun = await begin(pool);
    const posted = await post(pool, signedResponse(pool.idp, good(pool, begun.requestId)), begun.relayState);
    h.clock.set(startOfTest + minute);
    assert.equal(onPage(await goOn(pool, posted, begun.cookie)), "Invalid relayState from identity provider");
    h.clock.set(startOfTest);
    assert.equal((await goOn(pool, posted, begun.cookie)).status, 302);
  });

  test("ends in no browser but the one that began it", async () => {
    const begun = await begin(pool);
    const other = await begin(pool);
    const posted = await post(pool, signedResponse(pool.idp, good(pool, begun.requestId)), begun.relayState);
    for (const cookie of [other.cookie, "csrf-state=", "csrf-state=x", "other=1"]) {
      assert.equal(onPage(await goOn(pool, posted, cookie)), "Invalid relayState from identity provider");
    }
    assert.equal(onPage(await send(pool, "/saml2/continue")), "Invalid relayState from identity provider");
    const forged = `/saml2/continue?state=${begun.relayState}`;
    assert.equal(
      onPage(await send(pool, forged, { cookies: [begun.cookie] })),
      "Invalid relayState from identity provider",
    );
  });

  test("names the user by all that is signed, whatever comments divide it", async () => {
    await signIn(pool, { nameId: "ann@example.com<!-- -->.evil.example" });
    assert.equal((await user(pool, "Work_ann@example.com.evil.example")).UserStatus, "EXTERNAL_PROVIDER");
  });

  test("is told to the app where it fails on the user", async () => {
    await signIn(pool, { nameId: "dora" });
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId: pool.poolId, Username: "Work_dora" }));
    const begun = await begin(pool);
    const posted = await post(
      pool,
      signedResponse(pool.idp, good(pool, begun.requestId, { nameId: "dora" })),
      begun.relayState,
    );
    assert.deepEqual(told(posted), {
      error: "invalid_request",
      error_description: "User is disabled. ",
      state: "remembered",
    });
    const strict = await samlPool(h, { pool: { Schema: [{ Name: "email", Required: true }] } });
    const { requestId, relayState } = await begin(strict);
    const nameless = signedResponse(strict.idp, good(strict, requestId, { attributes: {} }));
    assert.deepEqual(told(await post(strict, nameless, relayState)), {
      error: "server_error",
      error_description: "Invalid SAML response received: Invalid user attributes: email: The attribute is required\n ",
      state: "remembered",
    });
    // The user was not made, so the assertion is not used up.
    assert.match(told(await post(strict, nameless, relayState)).error_description ?? "", /The attribute is required/);
  });

  test("lets a function of the pool see and change what the provider said", async () => {
    const endpoint = await lambdaEndpoint((event) => {
      if (event.triggerSource !== "InboundFederation_ExternalProvider") return event;
      return { ...event, response: { userAttributesToMap: { mail: "changed@example.com" } } };
    });
    const asking = await samlPool(await harness({ lambda: { endpoint: endpoint.url } }), {
      pool: {
        LambdaConfig: {
          InboundFederation: {
            LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:inbound",
            LambdaVersion: "V1_0",
          },
        },
      },
    });
    await signIn(asking, { nameId: "eve", attributes: { mail: "eve@example.com", groups: ["a", "b c"] } });
    assert.deepEqual(endpoint.events[0]?.request, {
      providerName: "Work",
      providerType: "SAML",
      attributes: { samlResponse: { mail: "eve@example.com", groups: "[a,b+c]" } },
    });
    const { UserAttributes } = await user(asking, "Work_eve");
    assert.equal(UserAttributes?.find(({ Name }) => Name === "email")?.Value, "changed@example.com");
  });
});

suite("a response that is not believed", async () => {
  const h = await harness();
  const pool = await samlPool(h);
  const stranger = { ...(await samlIdentityProvider()), entityId: pool.idp.entityId };
  const { idp } = pool;

  const signed = (parts: ResponseParts) => signedResponse(idp, parts);
  const xmlOf = (base64: string) => Buffer.from(base64, "base64").toString();
  const answers: Readonly<Record<string, readonly [(parts: ResponseParts) => string | Promise<string>, string]>> = {
    "for another audience": [
      (p) => signed({ ...p, audience: "urn:amazon:cognito:sp:us-east-1_x" }),
      "Audience does not match the user pool.",
    ],
    "for no audience": [(p) => signed({ ...p, audience: null }), "Audience does not match the user pool."],
    "sent elsewhere": [
      (p) => signed({ ...p, recipient: "https://evil.example/saml2/idpresponse" }),
      "Recipient does not match the user pool domain.",
    ],
    "sent nowhere": [(p) => signed({ ...p, recipient: null }), "SAML Assertion signature is invalid. "],
    "to another request": [
      (p) => signed({ ...p, inResponseTo: "_other" }),
      "InResponseTo does not match the request, or the assertion was used before.",
    ],
    "to no request": [
      ({ inResponseTo: _, ...p }) => signed(p),
      "InResponseTo does not match the request, or the assertion was used before.",
    ],
    "to another request within": [
      (p) => encode(responseXml(idp, sign(assertionXml(idp, { ...p, inResponseTo: "_other" }), p.id ?? "", idp), p)),
      "InResponseTo does not match the request, or the assertion was used before.",
    ],
    "that has ended": [(p) => signed({ ...p, notOnOrAfter: 0 }), "SAML Assertion has expired."],
    "that nobody may bear any more": [(p) => signed({ ...p, confirmedUntil: 0 }), "SAML Assertion has expired."],
    "of more than three minutes from now": [
      (p) => signed({ ...p, notBefore: 3 * minute + 1 }),
      "SAML Assertion is not valid yet.",
    ],
    "that reports a failure": [
      (p) => encode(responseXml(idp, "", { ...p, status: "urn:oasis:names:tc:SAML:2.0:status:Responder" })),
      "The identity provider reported a failure.",
    ],
    "of another issuer": [
      (p) => signed({ ...p, issuer: "https://other.example.com" }),
      "SAML Assertion signature is invalid. ",
    ],
    "that a stranger signed": [(p) => signedResponse(stranger, p), "SAML Assertion signature is invalid. "],
    "that nobody signed": [
      (p) => encode(responseXml(idp, assertionXml(idp, p), p)),
      "SAML Assertion signature is invalid. ",
    ],
    "changed after it was signed": [
      (p) => encode(xmlOf(signed(p)).replace("ann@example.com", "eve@example.com")),
      "SAML Assertion signature is invalid. ",
    ],
    "with another assertion before the signed one": [
      (p) => {
        const evil = assertionXml(idp, { ...p, id: "_evil", nameId: "eve" });
        return encode(responseXml(idp, evil + sign(assertionXml(idp, p), p.id ?? "", idp), p));
      },
      "SAML Assertion signature is invalid. ",
    ],
    "signed with SHA-1": [
      (p) => signedResponse(idp, p, { signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }),
      "SAML Assertion signature is invalid. ",
    ],
    "with a document type": [
      (p) => encode(`<!DOCTYPE r [<!ENTITY e "x">]>${xmlOf(signed(p))}`),
      "SAML Assertion signature is invalid. ",
    ],
    "with a character of four bytes": [
      (p) => signed({ ...p, attributes: { mail: "\u{1f600}@example.com" } }),
      "SAML Assertion signature is invalid. ",
    ],
    "of more than 100 000 characters": [
      (p) => signed({ ...p, attributes: { mail: "x".repeat(75_001) } }),
      "SAML Assertion signature is invalid. ",
    ],
    "that is none": [() => "not base64!", "SAML Assertion signature is invalid. "],
    "encrypted for somebody else": [
      async (p) =>
        encode(
          responseXml(
            idp,
            await encryptedAssertion(sign(assertionXml(idp, p), p.id ?? "", idp), stranger.certificate),
            p,
          ),
        ),
      "SAML Assertion signature is invalid. ",
    ],
  };

  for (const [name, [make, text]] of Object.entries(answers)) {
    test(`one ${name}`, async () => {
      const { requestId, relayState, cookie } = await begin(pool);
      const parts = good(pool, requestId);
      const refused = await post(pool, await make(parts), relayState);
      assert.deepEqual(told(refused), {
        error: "server_error",
        error_description: `Invalid SAML response received: ${text}`,
        state: "remembered",
      });
      assert.equal(header(refused, "set-cookie"), undefined);
      await assert.rejects(user(pool, "Work_eve"), { name: "UserNotFoundException" });
      // What is refused uses nothing up.
      const believed = await post(pool, signedResponse(idp, parts), relayState);
      assert.equal((await goOn(pool, believed, cookie)).status, 302);
    });
  }

  test("one that was believed before, whoever brings it", async () => {
    const { requestId, relayState, cookie } = await begin(pool);
    const response = signedResponse(idp, good(pool, requestId));
    assert.equal((await goOn(pool, await post(pool, response, relayState), cookie)).status, 302);
    assert.match(told(await post(pool, response, relayState)).error_description ?? "", /used before/);
    h.clock.set(startOfTest + 2 * minute);
    assert.match(told(await post(pool, response, relayState)).error_description ?? "", /used before/);
    h.clock.set(startOfTest);
    const both = await begin(pool);
    const twice = signedResponse(idp, good(pool, both.requestId));
    const outcomes = await Promise.all([post(pool, twice, both.relayState), post(pool, twice, both.relayState)]);
    const paths = outcomes.map((outcome) => locationOf(outcome).pathname).toSorted();
    assert.deepEqual(paths, ["/callback", `/pools/${pool.poolId}/saml2/continue`]);
  });

  test("one whose certificate has ended, unless another of the provider's has not", async () => {
    const short = await samlIdentityProvider("https://short.example.com", {
      notBefore: startOfTest - minute,
      notAfter: startOfTest + 10 * minute,
    });
    const long = { ...(await samlIdentityProvider()), entityId: short.entityId };
    const rotating = await samlPool(h, {
      idp: short,
      details: { MetadataFile: metadataWithLogout(short, [short.certificate, long.certificate]) },
    });
    const by = async (signer: SamlIdentityProvider) => {
      const { requestId, relayState } = await begin(rotating);
      return locationOf(await post(rotating, signedResponse(signer, good(rotating, requestId)), relayState)).pathname;
    };
    const believed = `/pools/${rotating.poolId}/saml2/continue`;
    assert.deepEqual([await by(short), await by(long)], [believed, believed]);
    h.clock.set(startOfTest + 10 * minute);
    assert.deepEqual([await by(short), await by(long)], ["/callback", believed]);
    h.clock.set(startOfTest);
  });

  test("one of a provider whose clock is up to three minutes ahead is believed", async () => {
    const { requestId, relayState } = await begin(pool);
    const ahead = good(pool, requestId, { now: startOfTest + 3 * minute });
    assert.match(locationOf(await post(pool, signedResponse(idp, ahead), relayState)).pathname, /continue$/);
  });

  test("one signed with SHA-1 is believed where that is allowed", async () => {
    const lax = await samlPool(await harness({ samlSha1: true }));
    const { requestId, relayState } = await begin(lax);
    const response = signedResponse(lax.idp, good(lax, requestId), {
      signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
      digestAlgorithm: "http://www.w3.org/2000/09/xmldsig#sha1",
    });
    assert.match(locationOf(await post(lax, response, relayState)).pathname, /continue$/);
  });

  test("a plain one, where the provider is to encrypt", async () => {
    const closed = await samlPool(h, { details: { EncryptedResponses: "true" } });
    const { requestId, relayState, cookie } = await begin(closed);
    const parts = good(closed, requestId);
    const assertion = sign(assertionXml(closed.idp, parts), parts.id ?? "", closed.idp);
    const plain = encode(responseXml(closed.idp, assertion, parts));
    assert.equal(told(await post(closed, plain, relayState)).error_description, unbelievable);
    const certificate = new X509Certificate(Buffer.from(closed.encryptionCertificate, "base64")).toString();
    for (const encryptionAlgorithm of [
      "http://www.w3.org/2009/xmlenc11#aes256-gcm",
      "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
    ]) {
      const again = encryptionAlgorithm.endsWith("gcm") ? { requestId, relayState, cookie } : await begin(closed);
      const inside = good(closed, again.requestId);
      const secret = await encryptedAssertion(
        sign(assertionXml(closed.idp, inside), inside.id ?? "", closed.idp),
        certificate,
        {
          encryptionAlgorithm,
        },
      );
      const posted = await post(closed, encode(responseXml(closed.idp, secret, inside)), again.relayState);
      assert.equal((await goOn(closed, posted, again.cookie)).status, 302);
    }
  });
});

suite("a response without its sign-in", async () => {
  const h = await harness();
  const pool = await samlPool(h);
  const { cognito } = h;
  const response = ({ requestId }: Begun) => signedResponse(pool.idp, good(pool, requestId));
  const unknown = "Invalid samlResponse or relayState from identity provider";
  const stale = "Invalid relayState from identity provider";

  test("is refused on a page, as nobody knows which app to tell", async () => {
    const begun = await begin(pool);
    const SAMLResponse = response(begun);
    const form = (fields: Readonly<Record<string, string>>) => send(pool, "/saml2/idpresponse", { form: fields });
    assert.equal(onPage(await form({ SAMLResponse })), "Required String parameter &#39;RelayState&#39; is not present");
    assert.equal(
      onPage(await form({ RelayState: begun.relayState })),
      "Required String parameter &#39;SAMLResponse&#39; is not present",
    );
    for (const RelayState of ["", "x", `${begun.relayState}x`, begun.relayState.slice(1), "x".repeat(20_000)]) {
      assert.equal(onPage(await post(pool, SAMLResponse, RelayState)), unknown);
    }
    const other = await samlPool(h, { idp: pool.idp });
    assert.equal(onPage(await post(other, SAMLResponse, begun.relayState)), unknown);
    const elsewhere = await send(pool, "/saml2/idpresponse", {
      form: { SAMLResponse, RelayState: begun.relayState },
      name: "localhost:4566",
    });
    assert.equal(onPage(elsewhere), stale);
    h.clock.set(startOfTest + 5 * minute);
    assert.equal(onPage(await post(pool, SAMLResponse, begun.relayState)), stale);
    h.clock.set(startOfTest);
    assert.equal((await send(pool, "/saml2/idpresponse")).status, 405);
  });

  test("is refused once the provider is gone, the client may not use it, or it trusts another key", async () => {
    const changing = await samlPool(h, { idp: pool.idp });
    const { poolId: UserPoolId, clientId: ClientId } = changing;
    const begun = await begin(changing);
    const SAMLResponse = signedResponse(pool.idp, good(changing, begun.requestId));
    const client = (SupportedIdentityProviders: string[]) =>
      cognito.send(
        new UpdateUserPoolClientCommand({
          UserPoolId,
          ClientId,
          SupportedIdentityProviders,
          CallbackURLs: [appCallback],
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: ["openid", "email"],
        }),
      );
    await client(["COGNITO"]);
    assert.deepEqual(told(await post(changing, SAMLResponse, begun.relayState)).error, "invalid_request");
    await client(["Work"]);
    const next = { ...(await samlIdentityProvider()), entityId: pool.idp.entityId };
    await cognito.send(
      new UpdateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Work",
        ProviderDetails: { MetadataFile: metadataWithLogout(next) },
      }),
    );
    assert.equal(told(await post(changing, SAMLResponse, begun.relayState)).error_description, unbelievable);
    await cognito.send(new DeleteIdentityProviderCommand({ UserPoolId, ProviderName: "Work" }));
    assert.notEqual((await post(changing, SAMLResponse, begun.relayState)).status, 200);
    await assert.rejects(user(changing, "Work_ann@example.com"), { name: "UserNotFoundException" });
  });
});

test("responses come as often as AWS takes them, and no oftener", async () => {
  const h = await harness({ rateLimits: true });
  const pool = await samlPool(h);
  const { relayState } = await begin(pool);
  for (let came = 0; came < 25; came++) assert.equal((await post(pool, "x", relayState)).status, 302);
  assert.equal((await post(pool, "x", relayState)).status, 429);
  h.clock.set(startOfTest + 40);
  assert.equal((await post(pool, "x", relayState)).status, 302);
});

suite("a sign-in that the provider begins", async () => {
  const h = await harness();
  const pool = await samlPool(h, { details: { IDPInit: "true" } });
  const relayState = ({ clientId }: SamlPool, more: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({
      identity_provider: "Work",
      client_id: clientId,
      redirect_uri: appCallback,
      response_type: "code",
      scope: "openid email",
      ...more,
    }).toString();

  test("ends in a code and a session", async () => {
    const ended = await post(pool, signedResponse(pool.idp, good(pool, undefined)), relayState(pool));
    assert.deepEqual(Object.keys(told(ended)), ["code"]);
    assert.match(cookieOf(ended), /^cognito=/);
    const { identity_provider: _, ...query } = Object.fromEntries(new URLSearchParams(relayState(pool)));
    const byIdentifier = new URLSearchParams({ ...query, idp_identifier: "example.com" }).toString();
    const other = await post(pool, signedResponse(pool.idp, good(pool, undefined)), byIdentifier);
    assert.deepEqual(Object.keys(told(other)), ["code"]);
  });

  test("is remembered for longer than it is believed, as clocks of nodes differ", async () => {
    const response = signedResponse(pool.idp, good(pool, undefined));
    assert.deepEqual(Object.keys(told(await post(pool, response, relayState(pool)))), ["code"]);
    // A node that is ahead forgets what has expired to it.
    h.clock.set(startOfTest + 3 * minute);
    const next = signedResponse(pool.idp, good(pool, undefined));
    assert.deepEqual(Object.keys(told(await post(pool, next, relayState(pool)))), ["code"]);
    h.clock.set(startOfTest + 3 * minute - 1);
    assert.match(told(await post(pool, response, relayState(pool))).error_description ?? "", /used before/);
    h.clock.set(startOfTest);
  });

  test("is refused where IDPInit is off", async () => {
    const closed = await samlPool(h);
    const page = await post(closed, signedResponse(closed.idp, good(closed, undefined)), relayState(closed));
    assert.equal(onPage(page), "Invalid samlResponse or relayState from identity provider");
  });

  test("is refused for an answer to a request, and once it is six minutes old", async () => {
    const { requestId } = await begin(pool);
    const stolen = await post(pool, signedResponse(pool.idp, good(pool, requestId)), relayState(pool));
    assert.match(told(stolen).error_description ?? "", /InResponseTo/);
    const aged = (issuedAt: number) =>
      post(
        pool,
        signedResponse(
          pool.idp,
          good(pool, undefined, { issuedAt, notOnOrAfter: 60 * minute, confirmedUntil: 60 * minute }),
        ),
        relayState(pool),
      );
    assert.deepEqual(Object.keys(told(await aged(1 - 6 * minute))), ["code"]);
    assert.match(told(await aged(-6 * minute)).error_description ?? "", /expired/);
  });

  test("goes to an address of the client alone", async () => {
    const response = () => signedResponse(pool.idp, good(pool, undefined));
    const evil = await post(pool, response(), relayState(pool, { redirect_uri: "https://evil.example/" }));
    assert.equal(onPage(evil), "redirect_mismatch");
    const nobody = await post(pool, response(), relayState(pool, { client_id: "x" }));
    assert.equal(onPage(nobody), "Client does not exist.");
    const other = await post(pool, response(), relayState(pool, { identity_provider: "Other" }));
    assert.equal(told(other).error, "invalid_request");
  });
});
