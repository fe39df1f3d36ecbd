import { sha256 } from "../../../crypto/digest.ts";
import {
  logoutRequest,
  logoutResponse,
  openMessage,
  type ReceivedMessage,
  readLogoutRequest,
  readLogoutResponse,
  type SentMessage,
  type VerifiedLogoutRequest,
} from "../../../saml/logout.ts";
import { redirectBinding, redirectUrl } from "../../../saml/redirect-binding.ts";
import { malformed, SamlError } from "../../../saml/saml-error.ts";
import { identityProviders } from "../../../store/identity-providers.ts";
import { poolUserIdentities } from "../../../store/pool-user-identities.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import { usedAssertions } from "../../../store/used-assertions.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { AuthorizationError } from "../authorization/authorization-error.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { federatedUsername, subjectAttribute } from "../federated-users/identities.ts";
import { federating } from "../rate-categories.ts";
import { signOutEverywhere } from "../sessions/sign-out.ts";
import { nameKey } from "../users/pool-user.ts";
import { cameBy } from "./federated-user.ts";
import {
  clockSkew,
  entityIdOf,
  findSamlProvider,
  isOn,
  logoutPath,
  type SamlProvider,
  signerOf,
  trustIn,
} from "./saml-provider.ts";
import { openState, sealState } from "./sealed-state.ts";

/** How long the identity provider may take to end its sessions, and its user to watch it. */
const mostMsAway = 300_000;
/** SAML bindings, 3.4.3, has 80 bytes; identity providers are as free with it as we are. */
const longestRelayState = 4_096;
/** Longer than a LogoutRequest is believed, whatever the clocks. */
const rememberedMs = 900_000;

/** A session at an identity provider, as its assertion described it. */
export interface SamlSession {
  readonly provider: string;
  readonly nameId: string;
  readonly nameIdFormat?: string | undefined;
  readonly nameQualifier?: string | undefined;
  readonly spNameQualifier?: string | undefined;
  /** Of the first AuthnStatement (developer guide, "SAML sign-out"). */
  readonly sessionIndex?: string | undefined;
}

/** What a logout at an identity provider was begun for: its RelayState. */
interface SamlSignOut {
  readonly requestId: string;
  readonly providerName: string;
  readonly base: string;
  readonly returnTo: string;
}

/**
 * Where the browser is sent for the session at the identity provider to end, too: a LogoutRequest by HTTP-Redirect, always
 * signed. Its answer brings the browser to `returnTo`, which whoever calls has found to be allowed. Undefined where the
 * provider does no single logout, or IDPSignout is off. Never within a transaction.
 */
export async function startSamlLogout(
  environment: Environment,
  {
    address,
    session,
    returnTo,
    now,
  }: {
    readonly address: PoolAddress;
    readonly session: SamlSession;
    readonly returnTo: string;
    readonly now: number;
  },
): Promise<string | undefined> {
  const { pool_id: poolId } = address.context.pool;
  const provider = await findSamlProvider(environment, poolId, session.provider);
  const location = provider?.details.SLORedirectBindingURI;
  if (provider === undefined || location === undefined || !isOn(provider, "IDPSignout")) return undefined;
  const requestId = `_${environment.random.uuid()}`;
  const { base } = address;
  const state: SamlSignOut = { requestId, providerName: provider.row.provider_name, base, returnTo };
  return redirectUrl({
    location,
    parameter: "SAMLRequest",
    message: logoutRequest({
      id: requestId,
      issueInstant: now,
      destination: location,
      issuer: entityIdOf(poolId),
      // By its name in full: a strict provider knows no other by a part of it.
      nameId: session.nameId,
      nameIdFormat: session.nameIdFormat,
      nameQualifier: session.nameQualifier,
      spNameQualifier: session.spNameQualifier,
      sessionIndex: session.sessionIndex,
      notOnOrAfter: now + mostMsAway,
    }),
    relayState: sealState(environment, "saml-sign-out", poolId, state, now + mostMsAway),
    sign: await signerOf(environment, poolId, now),
  });
}

export interface ReceivedLogout {
  readonly address: PoolAddress;
  readonly sent: SentMessage;
  /** Beside a message in a form; one in a URL has its own. */
  readonly relayState: string | undefined;
  readonly now: number;
}

export interface LogoutAnswer {
  readonly location: string;
  /** Whether the browser's session here ends with it. */
  readonly endsSession: boolean;
}

/** What comes to the logout address: an answer to a request from here, or the identity provider's own request. */
export async function receiveLogoutMessage(
  environment: Environment,
  facts: RequestFacts,
  { address, sent, relayState: besides, now }: ReceivedLogout,
): Promise<LogoutAnswer> {
  await environment.rateLimits?.admit(federating, facts, now);
  try {
    const received = openMessage(sent);
    const relayState = sent.binding === "redirect" ? received.relayState : besides;
    const message = { address, received, relayState, now };
    return received.kind === "LogoutResponse"
      ? await returnFromLogout(environment, message)
      : await logOut(environment, message);
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    environment.log.warn("SAML logout message refused", {
      requestId: facts.requestId,
      userPoolId: address.context.pool.pool_id,
      code: error.code,
      reason: error.message,
    });
    // Ours: AWS's is not known.
    throw new AuthorizationError("invalid_request", "Invalid logout message from identity provider");
  }
}

interface Message {
  readonly address: PoolAddress;
  readonly received: ReceivedMessage;
  readonly relayState: string | undefined;
  readonly now: number;
}

async function returnFromLogout(
  environment: Environment,
  { address, received, relayState = "", now }: Message,
): Promise<LogoutAnswer> {
  const { pool_id: poolId } = address.context.pool;
  const begun = openState<SamlSignOut>(environment, "saml-sign-out", poolId, relayState, now);
  const provider = begun?.base === address.base && (await findSamlProvider(environment, poolId, begun.providerName));
  if (!begun || !provider) {
    throw new AuthorizationError("invalid_request", "Invalid relayState from identity provider");
  }
  // What it reports is not looked at: the session here is over whatever became of the others.
  readLogoutResponse(received, { ...expectations(environment, address, provider, now), inResponseTo: begun.requestId });
  return { location: begun.returnTo, endsSession: false };
}

/** SAML profiles, 4.4.3.3: the identity provider says that a user's session is over. All of the user's end here. */
async function logOut(
  environment: Environment,
  { address, received, relayState, now }: Message,
): Promise<LogoutAnswer> {
  const { context } = address;
  const { pool_id: poolId } = context.pool;
  if (relayState !== undefined && relayState.length > longestRelayState) throw malformed("The RelayState is too long.");
  const { provider, names, request } = await believe(environment, address, received, now);
  const { singleLogout } = provider.trusted;
  const answers = singleLogout.find(({ binding }) => binding === redirectBinding)?.responseLocation;
  const location = answers ?? provider.details.SLORedirectBindingURI;
  if (location === undefined) throw malformed("The provider has no address for the answer.");
  const used = sha256(JSON.stringify(["LogoutRequest", poolId, request.issuer, request.id]));
  await environment.store.write(async (tx) => {
    // Whoever sends it again must not sign out somebody who has signed in since.
    if (!(await usedAssertions.note(tx, used, now + rememberedMs, now))) return;
    for (const name of names) {
      for (const user of await usersOf(tx, context, name, request.subject.nameId)) {
        await signOutEverywhere(tx, user, now);
      }
    }
  });
  const answer = await redirectUrl({
    location,
    parameter: "SAMLResponse",
    message: logoutResponse({
      id: `_${environment.random.uuid()}`,
      issueInstant: now,
      destination: location,
      issuer: entityIdOf(poolId),
      inResponseTo: request.id,
      // Of somebody who is unknown here there is no session, which is what was asked for.
      isSuccess: true,
    }),
    relayState,
    sign: await signerOf(environment, poolId, now),
  });
  return { location: answer, endsSession: true };
}

interface Believed {
  readonly provider: SamlProvider;
  /** Of every provider of the pool that is this identity provider. */
  readonly names: readonly string[];
  readonly request: VerifiedLogoutRequest;
}

/** The claimed issuer says whose certificates to try. Several providers of a pool may be the same identity provider. */
async function believe(
  environment: Environment,
  address: PoolAddress,
  received: ReceivedMessage,
  now: number,
): Promise<Believed> {
  const { pool_id: poolId } = address.context.pool;
  const all = await environment.store.read((tx) => identityProviders.listTrusted(tx, poolId));
  let believed: Believed | undefined;
  let refusal = new SamlError("issuer", "No provider of the pool is called so.");
  for (const { provider_name, trusted } of all) {
    if (trusted?.entityId !== received.claimedIssuer) continue;
    const provider = await findSamlProvider(environment, poolId, provider_name);
    if (provider === undefined || !isOn(provider, "IDPSignout")) continue;
    try {
      const { privateKeys } = provider;
      const request = readLogoutRequest(received, {
        ...expectations(environment, address, provider, now),
        privateKeys,
      });
      believed = { provider, request, ...believed, names: [...(believed?.names ?? []), provider_name] };
    } catch (error) {
      if (!(error instanceof SamlError)) throw error;
      refusal = error;
    }
  }
  if (believed === undefined) throw refusal;
  return believed;
}

function expectations(environment: Environment, { base }: PoolAddress, provider: SamlProvider, now: number) {
  const isDestination = (location: string) => location === base + logoutPath;
  return { ...trustIn(environment, provider, now), isDestination, now, clockSkew };
}

/**
 * Whoever came into being by this identity, and whoever it is linked to. A provider has no say over others: not over a user
 * of the pool who is called so, nor over another provider's, whose name differs in case.
 */
async function usersOf(tx: Tx, context: PoolContext, providerName: string, nameId: string): Promise<PoolUserRow[]> {
  const { pool, configuration } = context;
  const identity = { providerName, attributeName: subjectAttribute, attributeValue: nameId };
  const linked = await poolUserIdentities.find(tx, pool.pool_id, identity);
  const username = federatedUsername(providerName, nameId);
  const named = await poolUsers.find(tx, pool.pool_id, nameKey(configuration, username));
  const provider = { provider_name: providerName, provider_type: "SAML" };
  const users = [
    named !== undefined && cameBy(named, { context, provider, subject: nameId }) ? named : undefined,
    linked === undefined ? undefined : await poolUsers.findById(tx, linked),
  ];
  return users.filter((user) => user !== undefined);
}
