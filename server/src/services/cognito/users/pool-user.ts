import type { AttributeType, UserStatusType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { StoredPairs, type WithStoredPairs } from "../../../contract/stored-pairs.ts";
import { type ListedPoolUser, type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { identitiesOf } from "../federated-users/identities.ts";
import { mfaOptions } from "../mfa/mfa.ts";
import type { Configuration } from "../user-pools/configuration.ts";

/** Who signs in with what: addresses in place of a username, or beside it. */
export type AddressAttribute = "email" | "phone_number";

export const noSuchPoolUser = "User does not exist.";

/** Pools tell cases apart unless they were made not to (API reference, UsernameConfigurationType). */
export function isCaseSensitive({ UsernameConfiguration }: Configuration): boolean {
  return UsernameConfiguration?.CaseSensitive ?? true;
}

/** Two names with the same key are the same name in this pool. */
export function nameKey(configuration: Configuration, name: string): string {
  return isCaseSensitive(configuration) ? name : name.toLowerCase();
}

/**
 * By username, or by whatever else names a user in this pool: an alias, or the address that pools of UsernameAttributes
 * have in its place. Names are distinct from aliases, as both would sign in.
 */
export async function findPoolUser(
  tx: Tx,
  { pool, configuration }: PoolContext,
  name: string,
): Promise<PoolUserRow | undefined> {
  const key = nameKey(configuration, name);
  const found = await poolUsers.find(tx, pool.pool_id, key);
  if (found !== undefined || !hasAliases(configuration)) return found;
  return poolUsers.findByAlias(tx, pool.pool_id, key);
}

export function hasAliases({ AliasAttributes, UsernameAttributes }: Configuration): boolean {
  return AliasAttributes !== undefined || UsernameAttributes !== undefined;
}

export async function requirePoolUser(
  call: Call<"UserNotFoundException">,
  tx: Tx,
  context: PoolContext,
  name: string,
): Promise<PoolUserRow> {
  return (await findPoolUser(tx, context, name)) ?? call.fail("UserNotFoundException", noSuchPoolUser);
}

/** What besides a username can name a user. */
export type AliasName = AddressAttribute | "preferred_username";

export interface Alias {
  readonly name: AliasName;
  readonly key: string;
}

/**
 * The aliases that a user should have: of UsernameAttributes every address, of AliasAttributes those that are verified,
 * and a preferred username once the user is confirmed (developer guide, "Customizing sign-in attributes").
 * Who comes from an identity provider signs in there, by no name that is known here: many have the address of another user.
 */
export function aliasesOf(
  configuration: Configuration,
  { attributes, status }: Pick<PoolUserRow, "attributes" | "status">,
): Alias[] {
  const names = new Map<string, AliasName>();
  // An administrator's password for one of them gives no other name to sign in by.
  if (status === "EXTERNAL_PROVIDER" || identitiesOf({ attributes }).some(({ primary }) => primary)) return [];
  for (const name of configuration.UsernameAttributes ?? []) {
    const value = attributes[name];
    if (value !== undefined) names.set(nameKey(configuration, value), name);
  }
  for (const name of configuration.AliasAttributes ?? []) {
    const value = attributes[name];
    const counts = name === "preferred_username" ? status !== "UNCONFIRMED" : attributes[`${name}_verified`] === "true";
    if (value !== undefined && counts) names.set(nameKey(configuration, value), name);
  }
  return [...names].map(([key, name]) => ({ name, key }));
}

/** `sub` last (recorded from AWS, 2026-09). */
export function attributeList({ user_id, attributes }: Pick<PoolUserRow, "user_id" | "attributes">): AttributeType[] {
  const list: AttributeType[] = [];
  // Not by entries and maps: sixty users of a page have some hundred attributes.
  for (const Name in attributes) list.push({ Name, Value: attributes[Name] });
  list.push({ Name: "sub", Value: user_id });
  return list;
}

/** As AdminCreateUser answers. */
export function poolUserShape(user: PoolUserRow): UserType {
  return shapeWith(user, attributeList(user));
}

/** As lists answer: with the attributes as they are stored. */
export function listedUserShape(user: ListedPoolUser): WithStoredPairs<UserType> {
  return shapeWith(user, new StoredPairs(user.attributes_json, { sub: user.user_id }));
}

function shapeWith<Attributes>(user: Omit<ListedPoolUser, "attributes_json">, Attributes: Attributes) {
  return {
    Username: user.username,
    Attributes,
    UserCreateDate: new Date(user.created_at),
    UserLastModifiedDate: new Date(user.modified_at),
    Enabled: user.enabled,
    UserStatus: user.status as UserStatusType, // only the operations write it, with these words
    MFAOptions: user.mfa_json === null ? undefined : mfaOptions(user).MFAOptions,
  };
}

/** As Lambda triggers are told of a user that exists (developer guide, "Lambda trigger event"). */
export function eventAttributes({
  user_id,
  status,
  attributes,
}: Pick<PoolUserRow, "user_id" | "status" | "attributes">): Record<string, string> {
  return { sub: user_id, "cognito:user_status": status, ...attributes };
}

/** The row as it is now, in the transaction that changes it. */
export async function rereadPoolUser(
  call: Call<"UserNotFoundException">,
  tx: Tx,
  { user_id }: Pick<PoolUserRow, "user_id">,
): Promise<PoolUserRow> {
  return (await poolUsers.findById(tx, user_id)) ?? call.fail("UserNotFoundException", noSuchPoolUser);
}
