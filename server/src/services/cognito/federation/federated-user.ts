import type { IdentityProviderRow } from "../../../store/identity-providers.ts";
import { poolGroups } from "../../../store/pool-groups.ts";
import { poolUserIdentities } from "../../../store/pool-user-identities.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import { Call, type Environment, type RequestFacts } from "../../operation.ts";
import type { ClientContext, PoolContext } from "../app-clients/app-client.ts";
import { federatedUsername, identitiesOf, subjectAttribute, withIdentities } from "../federated-users/identities.ts";
import { typeOf } from "../identity-providers/identity-provider.ts";
import { userIsDisabled } from "../sessions/issue.ts";
import type { SignedIn } from "../sign-in/sign-in.ts";
import { afterConfirmation } from "../sign-up/confirmation.ts";
import type { TriggerEvents } from "../triggers/events.ts";
import { updatePoolUser } from "../users/aliases.ts";
import { insertPoolUser, newPoolUser } from "../users/new-pool-user.ts";
import { eventAttributes, isCaseSensitive, nameKey, rereadPoolUser } from "../users/pool-user.ts";
import { askPreSignUp } from "../users/pre-sign-up.ts";
import { FederationError } from "./federation-error.ts";
import { type Claims, firstAttributes, refreshedAttributes } from "./mapped-attributes.ts";

/** Somebody whom an identity provider has vouched for. */
export interface FederatedSignIn {
  readonly context: ClientContext;
  readonly provider: IdentityProviderRow;
  /** Who the user is to the provider: NameID, `sub`, or whatever else it is called there. */
  readonly subject: string;
  readonly claims: Claims;
  /** As it came, for a function that maps it. */
  readonly received: () => TriggerEvents["InboundFederation"]["request"]["attributes"];
  readonly now: number;
  /** What must be written with the first thing that is: that the provider's answer is used up. */
  readonly alsoWrite?: ((tx: Tx) => Promise<void>) | undefined;
}

type FederationCall = Call<
  | "AliasExistsException"
  | "InvalidLambdaResponseException"
  | "NotAuthorizedException"
  | "ResourceNotFoundException"
  | "UnexpectedLambdaException"
  | "UserLambdaValidationException"
  | "UserNotFoundException"
  | "UsernameExistsException"
>;

/** A step of it: with the claims that count, and what is still to be written. */
interface Step extends Omit<FederatedSignIn, "received"> {
  readonly call: FederationCall;
}

/**
 * The user that somebody is here: the one that the identity is linked to, or the one who came by it before, or a new one.
 * The mapped attributes are as the provider has them now. Throws FederationError, and what a function of the pool or
 * another rule refuses with: `federationErrorOf` has words for all of them. Never within a transaction. The sign-in ends
 * with the transaction that `alsoWrite` is part of.
 */
export async function signInFederatedUser(
  environment: Environment,
  facts: RequestFacts,
  signIn: FederatedSignIn,
): Promise<SignedIn> {
  const { store } = environment;
  requireUsername(signIn);
  const claims = await inboundClaims(environment, facts, signIn);
  const [step, found] = await store.read(async (tx) => {
    const call: FederationCall = new Call(environment, facts, signIn.now, tx);
    const step: Step = { ...signIn, claims, call };
    return [step, await findUser(tx, step)] as const;
  });
  return found === undefined ? signInFirst(step) : signInAgain(step, found);
}

/** The name of somebody who came by this provider. In pools that tell cases apart, it is as the provider writes it. */
function usernameOf({ context, provider, subject }: Pick<Step, "context" | "provider" | "subject">): string {
  if (isCaseSensitive(context.configuration)) return federatedUsername(provider.provider_name, subject);
  const username = federatedUsername(provider.provider_name, subject.toLowerCase());
  // Developer guide, "SAML user pool IdPs"; of social providers the name is in lower case, too (reports since 2020).
  return isOfEnterprise(provider) ? username : username.toLowerCase();
}

function isOfEnterprise({ provider_type }: IdentityProviderRow): boolean {
  return provider_type === "SAML" || provider_type === "OIDC";
}

const mostOfUsername = 128;
/** Of one that is too long: it goes into a URL. */
const mostShown = 1_024;
const usernamePattern = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

/** AWS's words (re:Post, "Resolve invalid SAML response errors"), which are those of the API. */
function requireUsername(signIn: FederatedSignIn): void {
  const username = usernameOf(signIn);
  const rule =
    username.length > mostOfUsername
      ? `have length less than or equal to ${mostOfUsername}`
      : usernamePattern.test(username) && signIn.subject !== ""
        ? undefined
        : "satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";
  if (rule === undefined) return;
  throw new FederationError(
    "invalid_request",
    `1 validation error detected: Value '${username.slice(0, mostShown)}' at 'userName' failed to satisfy constraint: Member must ${rule}`,
  );
}

/** What the pool's function makes of what the provider said (developer guide, "Inbound federation Lambda trigger"). */
async function inboundClaims(
  { triggers }: Environment,
  { userAgent }: RequestFacts,
  { context, provider, claims, received, ...signIn }: FederatedSignIn,
): Promise<Claims> {
  if (!triggers.has(context.pool, "InboundFederation")) return claims;
  const answer = await triggers.invoke(context.pool, "InboundFederation", {
    triggerSource: "InboundFederation_ExternalProvider",
    userName: usernameOf({ context, provider, ...signIn }),
    clientId: context.client.client_id,
    userAgent,
    request: { providerName: provider.provider_name, providerType: typeOf(provider), attributes: received() },
  });
  const mapped = answer?.userAttributesToMap;
  return mapped === undefined ? claims : new Map(Object.entries(mapped).map(([name, value]) => [name, [value]]));
}

type Identified = Pick<Step, "context" | "provider" | "subject" | "claims">;

/** By a link, or by the name that the first sign-in gave. */
async function findUser(tx: Tx, signIn: Identified): Promise<PoolUserRow | undefined> {
  const { context, provider, subject } = signIn;
  const { pool_id } = context.pool;
  const providerName = provider.provider_name;
  // Else each would be looked for, and of most providers nobody is linked.
  const isAnyLinked = await poolUserIdentities.hasAny(tx, pool_id, providerName);
  for (const [attributeName, attributeValue] of isAnyLinked ? identifiersOf(signIn) : []) {
    const identity = { providerName, attributeName, attributeValue };
    const linked = await poolUserIdentities.find(tx, pool_id, identity);
    const user = linked === undefined ? undefined : await poolUsers.findById(tx, linked);
    if (user !== undefined) return user;
  }
  const username = usernameOf(signIn);
  const user = await poolUsers.find(tx, pool_id, nameKey(context.configuration, username));
  if (user === undefined || cameBy(user, signIn)) return user;
  // Somebody has chosen this name, or is another to the provider, who tells cases apart: not the one who is here now.
  throw new FederationError(
    "invalid_request",
    `Already found an entry for username ${federatedUsername(provider.provider_name, subject)}`,
  );
}

/**
 * What may link somebody to a user: who he is, or a claim that is mapped, under the provider's name for it or the pool's
 * (API reference, AdminLinkProviderForUser, SourceUser).
 */
function identifiersOf({ provider, subject, claims }: Identified): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [[subjectAttribute, subject]];
  for (const [attribute, claim] of Object.entries(provider.attributeMapping ?? {})) {
    const values = attribute === "username" ? [subject] : (claims.get(claim) ?? []);
    const [only = ""] = values;
    // Several values are no identifier.
    if (values.length !== 1 || only === "") continue;
    found.push([claim, only]);
    if (attribute !== claim) found.push([attribute, only]);
  }
  return found;
}

/**
 * Whether this is whom the provider made, and not just somebody of that name. Names are folded in pools that do not tell cases
 * apart; who is who to a provider of OpenID Connect never is.
 */
export function cameBy(
  user: PoolUserRow,
  {
    context,
    provider,
    subject,
  }: {
    readonly context: Pick<PoolContext, "configuration">;
    readonly provider: Pick<IdentityProviderRow, "provider_name" | "provider_type">;
    readonly subject: string;
  },
): boolean {
  const isFolded = provider.provider_type === "SAML" && !isCaseSensitive(context.configuration);
  const folded = (text: string) => (isFolded ? text.toLowerCase() : text);
  return identitiesOf(user).some(
    ({ primary, providerName, userId }) =>
      primary && providerName === provider.provider_name && folded(userId) === folded(subject),
  );
}

/** Of somebody who is new here, unless the pool's function, or another request, makes him somebody meanwhile. */
async function signInFirst(step: Step): Promise<SignedIn> {
  const { call, context, provider, subject, now, alsoWrite } = step;
  const { store, random } = call.environment;
  const username = usernameOf(step);
  const attributes = firstAttributes(step);
  const clientId = context.client.client_id;
  await askPreSignUp(call, context, { username, attributes }, { source: "PreSignUp_ExternalProvider", clientId });
  const draft = newPoolUser(call, context, random.uuid(), {
    username,
    attributes,
    status: "EXTERNAL_PROVIDER",
    password: undefined,
  });
  const identity = {
    userId: subject,
    providerName: provider.provider_name,
    providerType: provider.provider_type,
    issuer: provider.trusted?.entityId ?? null,
    primary: true,
    dateCreated: now,
  };
  const created = withIdentities(draft, [identity], now);
  const there = await store.write(async (tx) => {
    await alsoWrite?.(tx);
    const found = await findUser(tx, step);
    if (found !== undefined) return found;
    await insertPoolUser(call, tx, context, created, false);
    await joinGroup(tx, step, created);
    return undefined;
  });
  if (there !== undefined) return signInAgain({ ...step, alsoWrite: undefined }, there);
  await afterConfirmation(call, context, created, "ConfirmSignUp", { clientId });
  return { user: await reread(call, created), alsoWrite: nothing };
}

/** AWS makes the group when the first one comes; only who came by the provider is in it, not who is linked. */
async function joinGroup(tx: Tx, { context, provider, now }: Step, { user_id }: PoolUserRow): Promise<void> {
  const { pool_id } = context.pool;
  const group_name = `${pool_id}_${provider.provider_name}`;
  const found = await poolGroups.find(tx, pool_id, group_name);
  const group = found ?? {
    pool_id,
    group_name,
    description: `Autogenerated group for users who sign in using ${provider.provider_name}`,
    role_arn: null,
    precedence: null,
    created_at: now,
    modified_at: now,
  };
  if (found === undefined) await poolGroups.insert(tx, group);
  await poolGroups.addMember(tx, group, user_id);
}

/** Of somebody who is known. */
async function signInAgain(step: Step, user: PoolUserRow): Promise<SignedIn> {
  const { call, context } = step;
  const { environment, facts } = call;
  const { store, triggers } = environment;
  if (!user.enabled) call.fail("NotAuthorizedException", userIsDisabled);
  const told = { userName: user.username, clientId: context.client.client_id, userAgent: facts.userAgent };
  await triggers.invoke(context.pool, "PreAuthentication", {
    ...told,
    triggerSource: "PreAuthentication_Authentication",
    request: { userAttributes: eventAttributes(user) },
  });
  const said = refreshed(step, user);
  const write = async (tx: Tx) => {
    await step.alsoWrite?.(tx);
    const current = await rereadPoolUser(call, tx, user);
    const isAsRead = said === user && areSame(current.attributes, user.attributes);
    const after = isAsRead ? current : refreshed(step, current);
    if (after !== current) await updatePoolUser(call, tx, context, current, after);
  };
  // What the function does to the user's attributes is to last until the next sign-in.
  if (!triggers.has(context.pool, "PostAuthentication")) return { user: said, alsoWrite: write };
  await store.write(write);
  await triggers.invoke(context.pool, "PostAuthentication", {
    ...told,
    triggerSource: "PostAuthentication_Authentication",
    request: { userAttributes: eventAttributes(await reread(call, user)), newDeviceUsed: false },
  });
  return { user: await reread(call, user), alsoWrite: nothing };
}

/** The same row, where the provider says what it said before: then nothing need be written. */
function refreshed(step: Step, user: PoolUserRow): PoolUserRow {
  const attributes = refreshedAttributes(step, user.attributes);
  return areSame(attributes, user.attributes) ? user : { ...user, attributes, modified_at: step.now };
}

function areSame(one: PoolUserRow["attributes"], other: PoolUserRow["attributes"]): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function reread(call: FederationCall, user: PoolUserRow): Promise<PoolUserRow> {
  return call.environment.store.read((tx) => rereadPoolUser(call, tx, user));
}

async function nothing(): Promise<void> {}
