import { createHash, generateKeyPairSync, X509Certificate } from "node:crypto";
import { issueSelfSigned } from "../../src/crypto/x509/issue.ts";
import { successResponse } from "../../src/mock-idp/saml-response.ts";
import { systemRandom } from "../../src/runtime/random.ts";
import { ask } from "./load.ts";
import type { Pool } from "./pool.ts";
import { fresh, type Subject, succeed } from "./subject.ts";

/** An identity provider that the bench is itself, and what a browser posts to the pool's domain in its name. */
interface Federation {
  readonly key: Parameters<typeof successResponse>[2]["key"];
  readonly relayState: string;
  readonly port: number;
  readonly path: string;
  /** Where it is found from outside. */
  readonly consumer: string;
}

const issuer = "https://idp.example.com/saml";
const callback = "https://app.example.com/callback";
/** They have signed in before: what is measured makes no users. */
const people = 100;
const random = systemRandom();
const federations = new WeakMap<Subject, Promise<Federation>>();

export function federationOf(subject: Subject, pool: Pool): Promise<Federation> {
  const made = federations.get(subject) ?? makeFederation(subject, pool);
  federations.set(subject, made);
  return made;
}

async function makeFederation({ server, root }: Subject, { id: UserPoolId }: Pool): Promise<Federation> {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const now = Date.now();
  const der = await issueSelfSigned({
    commonName: "idp.example.com",
    ...pair,
    serialNumber: createHash("sha256").update("bench").digest().subarray(0, 8),
    notBefore: now - 86_400_000,
    notAfter: now + 86_400_000,
  });
  const certificate = new X509Certificate(der);
  const MetadataFile = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${issuer}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate.raw.toString("base64")}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
  await succeed(
    server,
    root.json("CreateIdentityProvider", {
      UserPoolId,
      ProviderName: "Bench",
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile, IDPInit: "true" },
      AttributeMapping: { email: "mail", given_name: "givenName" },
    }),
  );
  const client = await succeed(
    server,
    root.json("CreateUserPoolClient", {
      UserPoolId,
      ClientName: "federated",
      SupportedIdentityProviders: ["Bench"],
      CallbackURLs: [callback],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["implicit"],
      AllowedOAuthScopes: ["openid", "email"],
    }),
  );
  const path = `/pools/${UserPoolId}/saml2/idpresponse`;
  const federation: Federation = {
    key: { ...pair, certificate: certificate.toString(), keyId: "" },
    relayState: new URLSearchParams({
      identity_provider: "Bench",
      client_id: /"ClientId":"([^"]+)"/.exec(client)?.[1] ?? "",
      redirect_uri: callback,
      response_type: "token",
      scope: "openid email",
    }).toString(),
    port: server.port,
    path,
    consumer: `http://127.0.0.1:${server.port}${path}`,
  };
  // One after another: the first makes the group that all are in.
  for (let person = 0; person < people; person++) {
    const { status, head } = await ask(server.port, samlResponse(federation, UserPoolId, person));
    if (!isSignedIn(status, head)) throw new Error(`no sign-in by SAML: ${head}`);
  }
  return federation;
}

/** What only a successful sign-in is answered with: tokens, for the app. */
export function isSignedIn(status: number, answer: string): boolean {
  return status === 302 && answer.includes(`\r\nlocation: ${callback}#`) && answer.includes("access_token=");
}

/** Responses, no two alike, that their identity provider sends of its own accord. */
export async function samlResponses(subject: Subject, pool: Pool, count: number): Promise<Buffer[]> {
  const federation = await federationOf(subject, pool);
  return fresh(subject, "assertion", count).map((_, at) => samlResponse(federation, pool.id, at % people));
}

/** With twelve attributes, the assertion signed. */
function samlResponse(federation: Federation, poolId: string, person: number): Buffer {
  const now = Date.now();
  const { key, consumer } = federation;
  const attributes = Object.fromEntries([
    ["mail", `person-${person}@example.com`],
    ["givenName", `Person ${person}`],
    ...Array.from({ length: 10 }, (_, at) => [`attribute-${at}`, `the value of the attribute number ${at}`]),
  ]);
  const text = successResponse(
    { issuer, consumer, audience: `urn:amazon:cognito:sp:${poolId}`, inResponseTo: undefined },
    {
      user: { username: `person-${person}`, attributes },
      nameId: `person-${person}`,
      nameIdFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
      sessionIndex: `_${person}`,
      authenticatedAt: now,
    },
    { key, signed: "assertion", faults: new Set(), encryptFor: undefined, random, now },
  );
  return post(federation, Buffer.from(text).toString("base64"));
}

export function post({ port, path, relayState }: Federation, SAMLResponse: string): Buffer {
  const body = new URLSearchParams({ SAMLResponse, RelayState: relayState }).toString();
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-www-form-urlencoded\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
