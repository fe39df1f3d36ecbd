import { sign as signBytes } from "node:crypto";
import {
  type LogoutExpectations,
  logoutRequest,
  logoutResponse,
  openMessage,
  type ReceivedMessage,
  readLogoutRequest,
  readLogoutResponse,
  type SentMessage,
} from "../saml/logout.ts";
import { type MessageParameter, redirectUrl } from "../saml/redirect-binding.ts";
import { writeAttribute } from "../saml/write-xml.ts";
import { namespaces } from "../saml/xml.ts";
import { BoundedMap, requireShort } from "./bounded-map.ts";
import { formOf, type MockRequest, type MockResponse, type MockRoutes, Refused, redirect } from "./http.ts";
import { type KeyName, keyNames, type MockKey } from "./keys.ts";
import type { MockIdp } from "./mock-idp.ts";
import { html, page, postingPage, signInPage } from "./page.ts";
import { readSignInRequest, type SentRequest, type SignInRequest } from "./saml-request.ts";
import {
  type Addressee,
  failureResponse,
  type SamlFault,
  type SignedParts,
  samlFaults,
  signedParts,
  successResponse,
  type Writing,
} from "./saml-response.ts";
import { type ServiceProvider, serialNumberOf } from "./service-provider.ts";
import { type MockSession, type Participant, randomId } from "./session.ts";
import { bareCertificate } from "./signed-xml.ts";
import { type MockUser, userNamed } from "./users.ts";

/** A sign-in that waits for somebody to say who they are. */
interface Pending {
  readonly to: Addressee;
  readonly relayState: string | undefined;
  readonly nameIdFormat: string | undefined;
  readonly encryptFor: string | undefined;
}

/** A single logout that began here: whose answer is awaited, and who is to be told after that. */
interface Logout {
  readonly requestId: string;
  readonly entityId: string;
  readonly rest: readonly Participant[];
  readonly failed: readonly string[];
}

const mostPending = 1_000;
const pendingFor = 900_000;
const format = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
const emailFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const postBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

export function samlRoutes(idp: MockIdp): MockRoutes {
  const endpoints = new Saml(idp);
  return {
    "GET /saml/metadata": (request) => endpoints.metadata(request),
    "GET /saml/sso": (request) => endpoints.ask(request, { binding: "redirect", query: request.query }),
    "POST /saml/sso": (request) => {
      const form = formOf(request);
      const relayState = form.get("RelayState") ?? undefined;
      return endpoints.ask(request, { binding: "post", message: form.get("SAMLRequest") ?? "", relayState });
    },
    "GET /saml/start": (request) => endpoints.start(request),
    "POST /saml/sign-in": (request) => endpoints.answer(request),
    "GET /saml/slo": (request) => endpoints.logout({ binding: "redirect", query: request.query }),
    "POST /saml/slo": (request) => {
      const form = formOf(request);
      const message = form.get("SAMLRequest") ?? form.get("SAMLResponse") ?? "";
      return endpoints.logout({ binding: "post", message }, form.get("RelayState") ?? undefined);
    },
    "POST /saml/sign-out": (request) => endpoints.signOut(request),
  };
}

class Saml {
  readonly #idp: MockIdp;
  readonly #pending = new BoundedMap<Pending>(mostPending, pendingFor);
  readonly #logouts = new BoundedMap<Logout>(mostPending, pendingFor);
  readonly #entityId: string;
  readonly #signOnUrl: string;
  readonly #logoutUrl: string;

  constructor(idp: MockIdp) {
    this.#idp = idp;
    this.#entityId = `${idp.baseUrl}/saml/metadata`;
    this.#signOnUrl = `${idp.baseUrl}/saml/sso`;
    this.#logoutUrl = `${idp.baseUrl}/saml/slo`;
  }

  /** `?keys=current,next` lists more keys, or others, for rehearsing a change of them. */
  async metadata({ query }: MockRequest): Promise<MockResponse> {
    const names = (new URLSearchParams(query).get("keys") ?? "current").split(",");
    if (names.length > keyNames.length || !names.every(isKeyName)) {
      throw new Refused(`keys must be some of ${keyNames.join(", ")}.`);
    }
    const keys = await Promise.all(names.map((name) => this.#idp.keys.get(name)));
    const descriptors = keys.map(
      ({ certificate }) =>
        `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${namespaces.signature}"><ds:X509Data><ds:X509Certificate>${bareCertificate(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\n`,
    );
    const services = (name: string, location: string) =>
      [redirectBinding, postBinding]
        .map((binding) => `<md:${name}${writeAttribute("Binding", binding)}${writeAttribute("Location", location)}/>\n`)
        .join("");
    const formats = ["persistent", "transient"].map((name) => `<md:NameIDFormat>${format}${name}</md:NameIDFormat>\n`);
    const signed = writeAttribute("WantAuthnRequestsSigned", String(this.#idp.requireSignedRequests));
    return {
      status: 200,
      headers: ["content-type", "application/samlmetadata+xml", "cache-control", "no-store"],
      body: `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${namespaces.metadata}"${writeAttribute("entityID", this.#entityId)}>
<md:IDPSSODescriptor${signed} protocolSupportEnumeration="${namespaces.protocol}">
${descriptors.join("")}${services("SingleLogoutService", this.#logoutUrl)}${formats.join("")}<md:NameIDFormat>${emailFormat}</md:NameIDFormat>
${services("SingleSignOnService", this.#signOnUrl)}</md:IDPSSODescriptor>
</md:EntityDescriptor>
`,
    };
  }

  /** A service provider's AuthnRequest. */
  async ask(http: MockRequest, sent: SentRequest): Promise<MockResponse> {
    const { clock, requireSignedRequests, requestCertificates } = this.#idp;
    const providers = await this.#idp.serviceProviders();
    const providerOf = (issuer: string) => providers.find(({ entityId }) => entityId === issuer);
    const request = await readSignInRequest(sent, {
      certificatesOf: async (issuer) => [...(providerOf(issuer)?.signingCertificates ?? []), ...requestCertificates()],
      requireSigned: requireSignedRequests,
      destination: this.#signOnUrl,
      now: clock.now(),
    });
    const provider = providerOf(request.issuer);
    const pending: Pending = {
      to: {
        issuer: this.#entityId,
        consumer: this.#consumerOf(request, provider),
        audience: request.issuer,
        inResponseTo: request.id,
      },
      relayState: request.relayState,
      nameIdFormat: request.nameIdFormat,
      encryptFor: this.#idp.encryptFor ?? provider?.encryptionCertificates[0],
    };
    requireShort(pending);
    const session = this.#idp.sessions.find(http);
    if (request.isPassive) {
      return session === undefined
        ? this.#post(pending, failureResponse(pending.to, "NoPassive", await this.#writing(pending)), [])
        : this.#signIn(http, pending, session.user, await this.#writing(pending));
    }
    const hint = new URLSearchParams(http.query).get("login_hint") ?? request.subject ?? session?.user.username;
    const state =
      request.signedBy === undefined
        ? { unsigned: "It is not signed.", unchecked: "It is signed, but no certificate is known to check that with." }[
            request.unsigned ?? "unsigned"
          ]
        : `It is signed with the key of certificate ${serialNumberOf(request.signedBy)}.`;
    return this.#page(http, pending, hint, [`The service provider ${request.issuer} asks by SAML.`, state]);
  }

  /** A sign-in that nobody asked for: to a service provider that is known, or to wherever its user says. */
  async start(http: MockRequest): Promise<MockResponse> {
    const query = new URLSearchParams(http.query);
    const named = query.get("sp");
    const providers = await this.#idp.serviceProviders();
    const provider = providers.find(({ entityId }) => entityId === named);
    if (named !== null && provider === undefined) throw new Refused("This service provider is not known.");
    const consumer = provider === undefined ? (query.get("acs") ?? "") : (provider.consumers[0] ?? "");
    const audience = provider?.entityId ?? query.get("audience") ?? "";
    if (audience === "") throw new Refused("The audience is missing.");
    if (provider === undefined && !this.#idp.targets.allows(consumer)) throw notAllowed(consumer);
    const pending: Pending = {
      to: { issuer: this.#entityId, consumer, audience, inResponseTo: undefined },
      relayState: query.get("RelayState") || undefined,
      nameIdFormat: undefined,
      encryptFor: this.#idp.encryptFor ?? provider?.encryptionCertificates[0],
    };
    requireShort(pending);
    const hint = query.get("login_hint") ?? this.#idp.sessions.find(http)?.user.username;
    return this.#page(http, pending, hint, [`Signing in to ${audience} from here, without its asking.`]);
  }

  /** What the page was told. */
  async answer(http: MockRequest): Promise<MockResponse> {
    const form = formOf(http);
    const pending = this.#pending.take(form.get("request") ?? "", this.#idp.clock.now());
    if (pending === undefined) throw new Refused("This sign-in is over, or was never begun.");
    const writing = await this.#writing(pending, form);
    if (form.has("refuse")) return this.#post(pending, failureResponse(pending.to, "AuthnFailed", writing), []);
    const user = userNamed(this.#idp.users, form.get("user") ?? form.get("name") ?? "");
    if (user === undefined) throw new Refused("This is no name.");
    return this.#signIn(http, pending, user, writing);
  }

  async #page(
    http: MockRequest,
    pending: Pending,
    hint: string | undefined,
    asks: readonly string[],
  ): Promise<MockResponse> {
    const { clock, random, signIn, users } = this.#idp;
    const automatic = signIn === undefined ? undefined : userNamed(users, signIn);
    if (automatic !== undefined) return this.#signIn(http, pending, automatic, await this.#writing(pending));
    const requestId = randomId(random);
    this.#pending.set(requestId, pending, clock.now());
    const encryption = pending.encryptFor === undefined ? "not be encrypted" : "be encrypted";
    return signInPage({
      action: "/saml/sign-in",
      requestId,
      asks: [...asks, `The answer goes to ${pending.to.consumer}. The assertion will ${encryption}.`],
      usernames: users.map(({ username }) => username),
      hint,
      alternatives: [
        { name: "signed", label: "Sign", options: signedParts.map((part) => [part, signedLabels[part]]) },
        { name: "key", label: "with", options: keyNames.map((name) => [name, keyLabels[name]]) },
      ],
      faults: Object.entries(samlFaults).map(([name, label]) => ({ name, label })),
    });
  }

  async #signIn(http: MockRequest, pending: Pending, user: MockUser, writing: Writing): Promise<MockResponse> {
    const { session, headers } = this.#idp.sessions.begin(http, user);
    const who = {
      user,
      ...nameIdOf(user, pending.nameIdFormat, randomId(this.#idp.random)),
      sessionIndex: `_${randomId(this.#idp.random)}`,
      authenticatedAt: session.authenticatedAt,
    };
    const { nameId, nameIdFormat, sessionIndex } = who;
    this.#idp.sessions.join(session, { entityId: pending.to.audience, nameId, nameIdFormat, sessionIndex });
    return this.#post(pending, successResponse(pending.to, who, writing), headers);
  }

  #post({ to, relayState }: Pending, response: string, headers: readonly string[]): MockResponse {
    const SAMLResponse = Buffer.from(response).toString("base64");
    return postingPage(to.consumer, { SAMLResponse, RelayState: relayState }, headers);
  }

  /** What the form says of how to answer; without one, as it should be. */
  async #writing({ encryptFor }: Pending, form = new URLSearchParams()): Promise<Writing> {
    const { clock, random, keys } = this.#idp;
    const name = form.get("key") ?? "current";
    const signed = signedParts.find((part) => part === form.get("signed")) ?? "both";
    const faults = Object.keys(samlFaults).filter((fault) => form.has(fault)) as SamlFault[]; // its own keys
    return {
      key: await keys.get(isKeyName(name) ? name : "current"),
      signed,
      faults: new Set(faults),
      encryptFor,
      random,
      now: clock.now(),
    };
  }

  /** SAML profiles, 4.1.4.1: only where the service provider is known to want it. */
  #consumerOf({ consumer, signedBy }: SignInRequest, provider: ServiceProvider | undefined): string {
    if (provider !== undefined) {
      const wanted = consumer ?? provider.consumers[0];
      if (wanted === undefined || !provider.consumers.includes(wanted)) {
        throw new Refused("The AssertionConsumerServiceURL is none of the service provider's metadata.");
      }
      return wanted;
    }
    // Who signed it has named the place.
    const isWeb = consumer !== undefined && /^https?:\/\//.test(consumer) && URL.canParse(consumer);
    if (isWeb && signedBy !== undefined) return consumer;
    if (!this.#idp.targets.allows(consumer)) throw notAllowed(consumer ?? "");
    return consumer;
  }

  /** A LogoutRequest of a service provider, or its answer to one of ours. */
  async logout(sent: SentMessage, posted?: string): Promise<MockResponse> {
    const received = openMessage(sent);
    const provider = (await this.#idp.serviceProviders()).find(({ entityId }) => entityId === received.claimedIssuer);
    if (provider?.singleLogout === undefined) {
      throw new Refused("Single logout is for service providers whose metadata is known and names where it goes.");
    }
    const expected: LogoutExpectations = {
      certificates: [...provider.signingCertificates, ...this.#idp.requestCertificates()],
      sha1: false,
      issuers: [provider.entityId],
      isDestination: (location) => location === this.#logoutUrl,
      now: this.#idp.clock.now(),
      clockSkew: 60_000,
    };
    const relayState = posted ?? received.relayState;
    return received.kind === "LogoutRequest"
      ? this.#logoutRequested(received, expected, provider, relayState)
      : this.#logoutAnswered(received, expected, relayState ?? "");
  }

  async #logoutRequested(
    received: ReceivedMessage,
    expected: LogoutExpectations,
    provider: ServiceProvider,
    relayState: string | undefined,
  ): Promise<MockResponse> {
    const { id, subject, sessionIndexes } = readLogoutRequest(received, { ...expected, privateKeys: [] });
    for (const session of this.#idp.sessions.findBy(provider.entityId, subject.nameId, sessionIndexes)) {
      this.#idp.sessions.end(session);
    }
    const { clock, random } = this.#idp;
    const destination = provider.singleLogoutResponse ?? "";
    const message = logoutResponse({
      id: `_${randomId(random)}`,
      issueInstant: clock.now(),
      destination,
      issuer: this.#entityId,
      inResponseTo: id,
      isSuccess: true,
    });
    return this.#redirect(destination, "SAMLResponse", message, relayState);
  }

  async #logoutAnswered(
    received: ReceivedMessage,
    expected: LogoutExpectations,
    relayState: string,
  ): Promise<MockResponse> {
    const logout = this.#logouts.take(relayState, this.#idp.clock.now());
    if (logout === undefined || logout.entityId !== expected.issuers[0]) {
      throw new Refused("This answers no logout of ours.");
    }
    const { isSuccess } = readLogoutResponse(received, { ...expected, inResponseTo: logout.requestId });
    return this.#signOutOf(logout.rest, isSuccess ? logout.failed : [...logout.failed, logout.entityId]);
  }

  /** Ends the session of this browser, here and then at one service provider after the other. */
  signOut(http: MockRequest): Promise<MockResponse> {
    const session: MockSession | undefined = this.#idp.sessions.find(http);
    if (session === undefined) throw new Refused("Nobody is signed in, in this browser.");
    this.#idp.sessions.end(session);
    return this.#signOutOf(session.participants, []);
  }

  async #signOutOf(participants: readonly Participant[], failed: readonly string[]): Promise<MockResponse> {
    const { clock, random, serviceProviders } = this.#idp;
    const providers = await serviceProviders();
    for (const [index, { entityId, nameId, nameIdFormat, sessionIndex }] of participants.entries()) {
      const destination = providers.find((provider) => provider.entityId === entityId)?.singleLogout;
      if (destination === undefined) continue;
      const requestId = `_${randomId(random)}`;
      const now = clock.now();
      const relayState = randomId(random);
      this.#logouts.set(relayState, { requestId, entityId, rest: participants.slice(index + 1), failed }, now);
      const message = logoutRequest({
        id: requestId,
        issueInstant: now,
        destination,
        issuer: this.#entityId,
        nameId,
        nameIdFormat,
        sessionIndex,
        notOnOrAfter: now + 300_000,
      });
      return this.#redirect(destination, "SAMLRequest", message, relayState);
    }
    const left = failed.map((entityId) => html`<p>${entityId} says that it did not work there.</p>\n`);
    return page(200, "Signed out", html`${left}<p><a href="/">Start page</a></p>`);
  }

  async #redirect(
    location: string,
    parameter: MessageParameter,
    message: string,
    relayState: string | undefined,
  ): Promise<MockResponse> {
    const key: MockKey = await this.#idp.keys.get("current");
    const sign = (bytes: Uint8Array) => signBytes("sha256", bytes, key.privateKey);
    return redirect(await redirectUrl({ location, parameter, message, relayState, sign }));
  }
}

function isKeyName(name: string): name is KeyName {
  return keyNames.some((known) => known === name);
}

const signedLabels: Readonly<Record<SignedParts, string>> = {
  both: "the response and the assertion",
  assertion: "the assertion alone",
  response: "the response alone",
  nothing: "nothing at all",
};

const keyLabels: Readonly<Record<KeyName, string>> = {
  current: "the key that the metadata names",
  next: "the next key, which the metadata does not name unless it is asked for ?keys=current,next",
  expired: "a key whose certificate has expired; in the metadata with ?keys=current,expired",
};

function notAllowed(url: string): Refused {
  return new Refused(`Answers do not go to '${url}': it is not on this machine, and no --allow-origin names it.`);
}

function nameIdOf(
  user: MockUser,
  wanted: string | undefined,
  random: string,
): { nameId: string; nameIdFormat: string } {
  const { email } = user.attributes;
  if (wanted === `${format}transient`) return { nameId: `_${random}`, nameIdFormat: wanted };
  if (wanted === emailFormat && typeof email === "string") return { nameId: email, nameIdFormat: wanted };
  return { nameId: user.username, nameIdFormat: `${format}persistent` };
}
