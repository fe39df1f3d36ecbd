import { sha256 } from "../../../crypto/digest.ts";
import { verifyResponse } from "../../../saml/response.ts";
import { SamlError, type SamlErrorCode } from "../../../saml/saml-error.ts";
import { identityProviders } from "../../../store/identity-providers.ts";
import { usedAssertions } from "../../../store/used-assertions.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import { AuthorizationError } from "../authorization/authorization-error.ts";
import {
  errorRedirect,
  type ReadRequest,
  readAuthorizationRequest,
  supportedProviders,
} from "../authorization/authorization-request.ts";
import { browserSessionCookie } from "../authorization/browser-session.ts";
import { completeAuthorization } from "../authorization/complete.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { federating } from "../rate-categories.ts";
import { signInFederatedUser } from "./federated-user.ts";
import { FederationError, federationErrorOf } from "./federation-error.ts";
import { flattened } from "./mapped-attributes.ts";
import {
  clockSkew,
  entityIdOf,
  findSamlProvider,
  isOn,
  responsePath,
  type SamlProvider,
  trustIn,
} from "./saml-provider.ts";
import { refreshWhenDue } from "./saml-refresh.ts";
import type { SamlSignIn } from "./saml-sign-in.ts";
import { openState } from "./sealed-state.ts";
import { continueAt } from "./sign-in-end.ts";

/** Developer guide, "SAML session initiation": how old a response may be that nobody asked for. */
const oldestUnsolicited = 360_000;

export interface ReceivedResponse {
  readonly address: PoolAddress;
  /** As the form had them; null without. */
  readonly samlResponse: string | null;
  readonly relayState: string | null;
  readonly now: number;
}

export interface ResponseAnswer {
  readonly location: string;
  /** A Set-Cookie value, of the browser's session here. */
  readonly cookie: string | undefined;
}

/**
 * What an identity provider has the browser post: verified in full, then the user, the code and the mark that the assertion
 * is used are written together. Throws AuthorizationError for a page where the RelayState is not right, and for the app
 * where the response is not. Never within a transaction.
 */
export async function receiveSamlResponse(
  environment: Environment,
  facts: RequestFacts,
  received: ReceivedResponse,
): Promise<ResponseAnswer> {
  const attempt = await findAttempt(environment, facts, received);
  try {
    return await signIn(environment, facts, received, attempt);
  } catch (error) {
    throw refusalOf(environment, facts, attempt, error);
  }
}

/** What a response is for, by its RelayState. */
interface Attempt extends ReadRequest {
  readonly provider: SamlProvider;
  readonly samlResponse: string;
  /** What was begun here; undefined for a sign-in that the identity provider began. */
  readonly begun: SamlSignIn | undefined;
}

/** The texts are AWS's (reported 2018 to 2026), but for which of them is for what. */
async function findAttempt(
  environment: Environment,
  facts: RequestFacts,
  { address, samlResponse, relayState, now }: ReceivedResponse,
): Promise<Attempt> {
  if (relayState === null) throw forPage("Required String parameter 'RelayState' is not present");
  if (samlResponse === null) throw forPage("Required String parameter 'SAMLResponse' is not present");
  const { pool_id: poolId } = address.context.pool;
  const begun = openState<SamlSignIn>(environment, "saml-sign-in", poolId, relayState, now);
  if (begun === null || (begun !== undefined && begun.base !== address.base)) {
    throw forPage("Invalid relayState from identity provider");
  }
  const query = new URLSearchParams(begun?.authorization ?? relayState);
  // Without this a stranger's RelayState would be told what is wrong with it as an authorization request.
  if (
    begun === undefined &&
    !(query.has("client_id") && (query.has("identity_provider") || query.has("idp_identifier")))
  ) {
    throw unknownAttempt();
  }
  await environment.rateLimits?.admit(federating, facts, now);
  const { context, request } = await readAuthorizationRequest(environment, address.context, query);
  const name = begun?.providerName ?? request.identityProvider;
  const provider = name === undefined ? undefined : await findSamlProvider(environment, poolId, name);
  if (provider === undefined || !supportedProviders(context.clientConfiguration).includes(provider.row.provider_name)) {
    throw unknownAttempt();
  }
  if (begun === undefined && !isOn(provider, "IDPInit")) throw unknownAttempt();
  refreshWhenDue(environment, provider, now);
  return { context, request, provider, samlResponse, begun };
}

async function signIn(
  environment: Environment,
  facts: RequestFacts,
  { address, now }: ReceivedResponse,
  { context, request, provider, samlResponse, begun }: Attempt,
): Promise<ResponseAnswer> {
  const { pool_id: poolId } = context.pool;
  const { provider_name: providerName } = provider.row;
  const assertion = verifyResponse(samlResponse, {
    ...trustIn(environment, provider, now),
    signed: "either",
    privateKeys: provider.privateKeys,
    encryption: isOn(provider, "EncryptedResponses") ? "required" : "allowed",
    isAudience: (audience) => audience === entityIdOf(poolId),
    isRecipient: (location) => location === address.base + responsePath,
    inResponseTo: begun?.requestId ?? null,
    // Developer guide, "Things to know about SAML IdPs".
    fourByteUtf8: false,
    now,
    clockSkew,
  });
  if (begun === undefined && now >= assertion.issuedAt + oldestUnsolicited) {
    throw new SamlError("expired", "The response is too old for one that nobody asked for.");
  }
  const { nameId, format, nameQualifier, spNameQualifier } = assertion.subject;
  const used = sha256(JSON.stringify([poolId, providerName, assertion.issuer, assertion.id]));
  const { user, alsoWrite } = await signInFederatedUser(environment, facts, {
    context,
    provider: provider.row,
    subject: nameId,
    claims: assertion.attributes,
    received: () => ({ samlResponse: textsOf(assertion.attributes) }),
    now,
    async alsoWrite(tx) {
      // The provider whose key signed it may be gone by now, or trust another key.
      if (!(await identityProviders.isUnchanged(tx, provider.row)))
        throw new SamlError("signature", "The provider has changed meanwhile.");
      // Longer than it is believed: other nodes' clocks are behind, and a function of the pool may take its time.
      if (!(await usedAssertions.note(tx, used, assertion.notOnOrAfter + clockSkew, now))) {
        throw new SamlError("request", "The assertion has been used before.");
      }
    },
  });
  const { location } = await completeAuthorization(environment, facts, {
    address,
    context,
    request,
    user,
    authTime: now,
    now,
    alsoWrite,
  });
  const session = {
    userId: user.user_id,
    poolId,
    authTime: now,
    provider: providerName,
    nameId,
    nameIdFormat: format,
    nameQualifier,
    spNameQualifier,
    sessionIndex: assertion.sessionIndex,
    clientId: request.clientId,
  };
  const cookie = await browserSessionCookie(environment, address, session, now);
  return begun === undefined
    ? { location, cookie }
    : {
        location: continueAt(environment, address, { location, cookie, binding: begun.binding }, now),
        cookie: undefined,
      };
}

/** As functions of the pool are told them. */
function textsOf(attributes: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...attributes].map(([name, values]) => [name, flattened(values)]));
}

/**
 * What the app hears. AWS's text for a signature serves for all that keeps a response from being believed, so that nobody
 * learns from it how far a forgery got; the rest are ours, for what a trusted key has signed.
 */
const prefix = "Invalid SAML response received: ";
const unbelievable = "SAML Assertion signature is invalid. ";
const texts: Readonly<Record<SamlErrorCode, string>> = {
  malformed: unbelievable,
  unsigned: unbelievable,
  signature: unbelievable,
  unencrypted: unbelievable,
  issuer: unbelievable,
  status: "The identity provider reported a failure.",
  expired: "SAML Assertion has expired.",
  early: "SAML Assertion is not valid yet.",
  audience: "Audience does not match the user pool.",
  recipient: "Recipient does not match the user pool domain.",
  request: "InResponseTo does not match the request, or the assertion was used before.",
};

function forPage(text: string): AuthorizationError {
  return new AuthorizationError("invalid_request", text);
}

function unknownAttempt(): AuthorizationError {
  return forPage("Invalid samlResponse or relayState from identity provider");
}

/** What the app hears, or the page, of whatever stood against a sign-in; AWS's prefix for what the response says. */
function refusalOf(
  { log }: Pick<Environment, "log">,
  { requestId }: RequestFacts,
  { request, provider }: Attempt,
  error: unknown,
): unknown {
  const toApp = (code: string, description: string) =>
    new AuthorizationError(code, description, errorRedirect(request, code, description));
  if (error instanceof SamlError) {
    const { pool_id: userPoolId, provider_name: providerName } = provider.row;
    log.warn("SAML response refused", { requestId, userPoolId, providerName, code: error.code, reason: error.message });
    return toApp("server_error", `${prefix}${texts[error.code]}`);
  }
  // AWS's prefix, too, for what a response says that no user can be (re:Post, "Resolve invalid SAML response errors").
  if (error instanceof FederationError) return toApp("server_error", `${prefix}${error.message}`);
  const refusal = federationErrorOf(error);
  return refusal === undefined ? error : toApp(refusal.code, refusal.message);
}
