/** An identity provider that is none of ours: samlify, behind two addresses. It believes nothing that is not signed. */
import { randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { after } from "node:test";
import { IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } from "samlify";
import type { Clock } from "../../src/runtime/clock.ts";
import { privateKeyPem, samlIdentityProvider } from "../saml-responses.ts";

// The library wants to be told that nobody looks at schemas.
setSchemaValidator({ validate: async () => "not looked at" });

const bindings = "urn:oasis:names:tc:SAML:2.0:bindings";
const basic = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const year = 365 * 86_400_000;

export interface Person {
  readonly nameId: string;
  readonly sessionIndex: string;
  readonly attributes: Readonly<Record<"email" | "given_name", string>>;
}

/** What an administrator types in of a service provider. Certificates are bare base64. */
export interface RegisteredServiceProvider {
  readonly entityId: string;
  readonly signingCertificate: string;
  readonly encryptionCertificate: string;
  readonly responseUrl: string;
  readonly logoutUrl: string;
}

export type IdentityProviderServer = Awaited<ReturnType<typeof startIdentityProvider>>;

/** Whoever comes is `person` to it. What it does not believe it answers with 400. */
export async function startIdentityProvider({ clock, encrypts }: { clock: Clock; encrypts: boolean }) {
  const { promise: handling, resolve: handle } = Promise.withResolvers<Handler>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", `http://${request.headers.host}`);
    try {
      await (await handling)(url, response);
    } catch (error) {
      response.writeHead(400, { "content-type": "text/plain" }).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("listening on no port");
  const base = `http://127.0.0.1:${address.port}`;

  const now = clock.now();
  const { pair, certificate } = await samlIdentityProvider(base, { notBefore: now - year, notAfter: now + 5 * year });
  const { defaultLoginResponseTemplate: template } = SamlLib;
  const authnStatement =
    '<saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{SessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>';
  const attribute = (name: string) => ({ name, valueTag: name, nameFormat: basic, valueXsiType: "xs:string" });
  const idp = IdentityProvider({
    entityID: `${base}/metadata`,
    privateKey: privateKeyPem(pair.privateKey),
    signingCert: certificate,
    wantAuthnRequestsSigned: true,
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    isAssertionEncrypted: encrypts,
    nameIDFormat: ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
    singleSignOnService: [{ Binding: `${bindings}:HTTP-Redirect`, Location: `${base}/sso` }],
    singleLogoutService: [{ Binding: `${bindings}:HTTP-Redirect`, Location: `${base}/slo` }],
    loginResponseTemplate: {
      context: template.context.replace("{AuthnStatement}", authnStatement),
      attributes: [attribute("email"), attribute("givenName")],
    },
  });

  let registered: ReturnType<typeof ServiceProvider> | undefined;
  const sp = () => {
    if (registered === undefined) throw new Error("no service provider is registered");
    return registered;
  };
  let responseUrl = "";
  let person: Person = { nameId: "ann", sessionIndex: "_s1", attributes: { email: "", given_name: "" } };
  const seen: { readonly kind: string; readonly nameId?: unknown; readonly sessionIndex?: unknown }[] = [];

  /** In base64, as a form holds it. */
  async function response(inResponseTo: string | undefined): Promise<string> {
    const id = `_${randomUUID()}`;
    const start = clock.now();
    const at = (offset: number) => new Date(start + offset).toISOString();
    const made = await idp.createLoginResponse(
      sp(),
      { extract: {} },
      "post",
      {},
      {
        customTagReplacement: (text) => ({
          id,
          context: SamlLib.replaceTagsByValue(
            inResponseTo === undefined ? text.replaceAll(' InResponseTo="{InResponseTo}"', "") : text,
            {
              ID: id,
              AssertionID: `_${randomUUID()}`,
              Destination: responseUrl,
              Issuer: `${base}/metadata`,
              IssueInstant: at(0),
              StatusCode: "urn:oasis:names:tc:SAML:2.0:status:Success",
              NameIDFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
              NameID: person.nameId,
              SubjectRecipient: responseUrl,
              SubjectConfirmationDataNotOnOrAfter: at(120_000),
              ConditionsNotBefore: at(0),
              ConditionsNotOnOrAfter: at(120_000),
              Audience: sp().entityMeta.getEntityID(),
              InResponseTo: inResponseTo,
              SessionIndex: person.sessionIndex,
              attrEmail: person.attributes.email,
              attrGivenName: person.attributes.given_name,
            },
          ),
        }),
      },
    );
    return made.context;
  }

  handle(async (url, answer) => {
    const request = { query: Object.fromEntries(url.searchParams), octetString: signedPart(url) };
    const relayState = url.searchParams.get("RelayState") ?? "";
    if (url.pathname === "/sso") {
      const { extract } = await idp.parseLoginRequest(sp(), "redirect", request);
      const { id, destination, assertionConsumerServiceUrl } = extract.request ?? {};
      if (destination !== `${base}/sso` || typeof id !== "string") throw new Error("sent elsewhere");
      seen.push({ kind: "AuthnRequest" });
      page(answer, String(assertionConsumerServiceUrl), { SAMLResponse: await response(id), RelayState: relayState });
    } else if (url.searchParams.has("SAMLRequest")) {
      const parsed = await idp.parseLogoutRequest(sp(), "redirect", request);
      const { nameID, sessionIndex } = parsed.extract;
      seen.push({ kind: "LogoutRequest", nameId: nameID, sessionIndex });
      const made = idp.createLogoutResponse(sp(), { extract: parsed.extract }, "post", { relayState });
      if (typeof made === "string" || !("entityEndpoint" in made)) throw new Error("no form was made");
      page(answer, made.entityEndpoint, { SAMLResponse: made.context, RelayState: relayState });
    } else {
      await idp.parseLogoutResponse(sp(), "redirect", request);
      seen.push({ kind: "LogoutResponse" });
      answer.writeHead(200, { "content-type": "text/plain" }).end(`signed out everywhere, ${relayState}`);
    }
  });

  return {
    metadata: idp.getMetadata(),
    /** What came, was signed and was believed. */
    seen,
    register(provider: RegisteredServiceProvider): void {
      responseUrl = provider.responseUrl;
      registered = ServiceProvider({
        entityID: provider.entityId,
        authnRequestsSigned: true,
        wantAssertionsSigned: true,
        wantLogoutRequestSigned: true,
        wantLogoutResponseSigned: true,
        signingCert: provider.signingCertificate,
        encryptCert: provider.encryptionCertificate,
        assertionConsumerService: [{ Binding: `${bindings}:HTTP-POST`, Location: provider.responseUrl }],
        singleLogoutService: [
          { Binding: `${bindings}:HTTP-Redirect`, Location: provider.logoutUrl },
          { Binding: `${bindings}:HTTP-POST`, Location: provider.logoutUrl },
        ],
      });
    },
    signIn(somebody: Person): void {
      person = somebody;
    },
    /** A response that nobody asked for, in base64. */
    unsolicited: () => response(undefined),
    /** A LogoutRequest for who is signed in: a URL, or what a form holds. */
    logoutRequest(binding: "redirect" | "post", relayState: string): string {
      const { nameId: logoutNameID, sessionIndex } = person;
      return idp.createLogoutRequest(sp(), binding, { logoutNameID, sessionIndex }, { relayState }).context;
    },
  };
}

type Handler = (url: URL, response: ServerResponse) => Promise<void>;

/** What a signature in a URL is over: three parameters, as they were sent (SAML bindings, 3.4.4.1). */
function signedPart({ search }: URL): string {
  const parts = search.slice(1).split("&");
  const names = ["SAMLRequest", "SAMLResponse", "RelayState", "SigAlg"];
  return names.flatMap((name) => parts.filter((part) => part.startsWith(`${name}=`))).join("&");
}

function page(response: ServerResponse, action: string, fields: Readonly<Record<string, string>>): void {
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  response
    .writeHead(200, { "content-type": "text/html" })
    .end(`<form method="post" action="${escaped(action)}">${inputs.join("")}<button>Continue</button></form>`);
}
