import type { PoolGroupRow } from "../../../store/pool-groups.ts";
import type { PoolSessionRow } from "../../../store/pool-sessions.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { readableAttributes } from "../attributes/attribute-rules.ts";
import type { ClaimChanges, GroupConfiguration, Json, TokenChanges } from "../triggers/events.ts";
import { attributeList } from "../users/pool-user.ts";
import { attributeFilter } from "./scopes.ts";

export type Claims = Record<string, Json | undefined>;

/** Lets an access token act on its own user through the API. */
export const selfServiceScope = "aws.cognito.signin.user.admin";

/** What the tokens of one moment are made of. Times are whole seconds. */
export interface Occasion {
  readonly context: ClientContext;
  readonly user: PoolUserRow;
  readonly session: PoolSessionRow;
  readonly groups: GroupConfiguration;
  readonly scopes: readonly string[];
  readonly issuer: string;
  readonly issuedAt: number;
  readonly lifetimes: { readonly access: number; readonly id: number };
  /** Fresh for each token. */
  readonly jtis: { readonly access: string; readonly id: string };
  /** Of an OpenID Connect request. */
  readonly nonce?: string | undefined;
}

/** `groups` in the order of their precedence, as tokens and functions are told of them. */
export function groupConfiguration(groups: readonly PoolGroupRow[]): GroupConfiguration {
  const withRoles = groups.filter(({ role_arn }) => role_arn !== null);
  const [first] = withRoles;
  // Where the groups that come first do not agree, none is preferred (developer guide, "Assigning precedence values").
  const ties = withRoles.filter(({ precedence }) => precedence === first?.precedence);
  const preferred = ties.every(({ role_arn }) => role_arn === first?.role_arn) ? first?.role_arn : undefined;
  return {
    groupsToOverride: groups.map(({ group_name }) => group_name),
    iamRolesToOverride: withRoles.map(({ role_arn }) => role_arn ?? ""),
    preferredRole: preferred ?? undefined,
  };
}

/** Members without a value are left out by JSON. */
export function accessClaims(occasion: Occasion): Claims {
  const { context, user, session, groups, issuedAt } = occasion;
  return {
    sub: user.user_id,
    device_key: session.device_key ?? undefined,
    "cognito:groups": unlessEmpty(groups.groupsToOverride),
    iss: occasion.issuer,
    aud: session.audience ?? undefined,
    // Of the tokens of the domain (developer guide, "Using the access token").
    version: session.is_hosted === 1 ? 2 : undefined,
    client_id: context.client.client_id,
    ...revocable(occasion),
    event_id: session.event_id,
    token_use: "access",
    scope: occasion.scopes.join(" "),
    auth_time: Math.floor(session.authenticated_at / 1000),
    exp: issuedAt + occasion.lifetimes.access,
    iat: issuedAt,
    jti: occasion.jtis.access,
    username: user.username,
  };
}

export function idClaims(occasion: Occasion): Claims {
  const { context, user, session, groups, issuedAt } = occasion;
  const attributes: Claims = {};
  const isGiven = attributeFilter(session.is_hosted === 1 ? session.scopes.split(" ") : []);
  for (const { Name = "", Value = "" } of readableAttributes(context.clientConfiguration, attributeList(user))) {
    if (isGiven(Name)) attributes[Name] = attributeClaim(Name, Value);
  }
  return {
    ...attributes,
    sub: user.user_id,
    "cognito:groups": unlessEmpty(groups.groupsToOverride),
    "cognito:preferred_role": groups.preferredRole,
    iss: occasion.issuer,
    "cognito:username": user.username,
    nonce: occasion.nonce,
    ...revocable(occasion),
    "cognito:roles": unlessEmpty(groups.iamRolesToOverride),
    aud: context.client.client_id,
    event_id: session.event_id,
    token_use: "id",
    auth_time: Math.floor(session.authenticated_at / 1000),
    exp: issuedAt + occasion.lifetimes.id,
    iat: issuedAt,
    jti: occasion.jtis.id,
  };
}

/** Only of clients that can revoke tokens (developer guide, "Revoking tokens"). */
function revocable({ context, session }: Occasion): Claims {
  return context.clientConfiguration.EnableTokenRevocation === false ? {} : { origin_jti: session.origin_jti };
}

/** Attributes are texts; these claims are not (OpenID Connect Core, 5.1; developer guide, "ID token payload"). */
function attributeClaim(name: string, value: string): Json {
  switch (name) {
    case "email_verified":
    case "phone_number_verified":
      return value === "true";
    case "address":
      return { formatted: value };
    case "updated_at":
      return /^\d{1,15}$/.test(value) ? Number(value) : value;
    case "identities":
      return identitiesClaim(value);
    default:
      return value;
  }
}

/** Every member of an identity is a text or null. */
function identitiesClaim(value: string): Json {
  const identities = JSON.parse(value) as readonly Readonly<Record<string, Json>>[]; // linking a provider wrote it
  return identities.map((identity) =>
    Object.fromEntries(Object.entries(identity).map(([name, of]) => [name, of === null ? null : String(of)])),
  );
}

function unlessEmpty(list: readonly string[] | undefined): readonly string[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

/** Developer guide, "Pre token generation Lambda trigger", Excluded claims and scopes (2026). */
const fixed = [
  "acr",
  "amr",
  "at_hash",
  "auth_time",
  "azp",
  "exp",
  "iat",
  "iss",
  "jti",
  "nbf",
  "nonce",
  "origin_jti",
  "sub",
  "token_use",
];
const fixedInId: ReadonlySet<string> = new Set([...fixed, "identities", "aud", "cognito:username"]);
const fixedInAccess: ReadonlySet<string> = new Set([
  ...fixed,
  "username",
  "client_id",
  "scope",
  "device_key",
  "event_id",
  "version",
]);

export function changeIdClaims(claims: Claims, { idTokenGeneration }: TokenChanges): Claims {
  return changed(claims, idTokenGeneration, (name) => fixedInId.has(name));
}

/** An audience may be added to an access token, but none other than the app client. */
export function changeAccessClaims(claims: Claims, { accessTokenGeneration }: TokenChanges): Claims {
  return changed(
    claims,
    accessTokenGeneration,
    (name, value) => fixedInAccess.has(name) || (name === "aud" && value !== claims.client_id),
  );
}

/** What may not be changed keeps its value, without a word (developer guide, as above). */
function changed(
  claims: Claims,
  { claimsToAddOrOverride, claimsToSuppress }: ClaimChanges,
  isFixed: (name: string, value: Json | undefined) => boolean,
): Claims {
  const result: Claims = { ...claims };
  const set = (name: string, value: Json | undefined) => {
    // Groups and roles, which begin with `cognito:`, are changed as such and not by claims.
    if (!name.startsWith("dev:") && !name.startsWith("cognito:") && !isFixed(name, value)) result[name] = value;
  };
  for (const [name, value] of Object.entries(claimsToAddOrOverride)) set(name, value);
  // Last: what is both added and suppressed is suppressed.
  for (const name of claimsToSuppress) set(name, undefined);
  return result;
}

/** The scope that lets users act on themselves is neither given nor taken. */
export function changeScopes(scopes: readonly string[], { accessTokenGeneration }: TokenChanges): readonly string[] {
  const { scopesToAdd, scopesToSuppress } = accessTokenGeneration;
  const suppressed = new Set(scopesToSuppress.filter((scope) => scope !== selfServiceScope));
  const kept = [...scopes, ...scopesToAdd.filter((scope) => scope !== selfServiceScope)];
  return [...new Set(kept)].filter((scope) => !suppressed.has(scope));
}
