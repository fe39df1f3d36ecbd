import type { AttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import { userPools } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import {
  type Attributes,
  inOrder,
  isEmail,
  isPhoneNumber,
  newAttributes,
  refuseAddressAsName,
} from "../attributes/attribute-rules.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { noSuchUserPool } from "../user-pools/user-pool.ts";
import { syncAliases, takenAlias } from "./aliases.ts";
import { type AddressAttribute, hasAliases, nameKey } from "./pool-user.ts";

/**
 * A new user's attributes with what the username adds to them: in a pool of UsernameAttributes it is the address, and
 * elsewhere it cannot look like an address that is an alias. Texts as reported from AWS, 2018 to 2023.
 */
export function attributesWithUsername(
  call: Call,
  configuration: Configuration,
  username: string,
  attributes: Attributes,
): Record<string, string> {
  const { UsernameAttributes } = configuration;
  if (UsernameAttributes === undefined) {
    refuseAddressAsName(call, configuration, username);
    return { ...attributes };
  }
  const address = addressOfUsername(call, UsernameAttributes, username);
  if ((attributes[address] ?? username) !== username) {
    const word = address === "email" ? "email" : "phone number";
    call.fail(
      "InvalidParameterException",
      `User ${word} should be empty or same as username, since username attribute is ${word}`,
    );
  }
  return inOrder({ ...attributes, [address]: username });
}

function addressOfUsername(call: Call, names: readonly AddressAttribute[], username: string): AddressAttribute {
  if (names.includes("email") && isEmail(username)) return "email";
  if (names.includes("phone_number") && isPhoneNumber(username)) return "phone_number";
  if (names.length > 1) {
    return call.fail("InvalidParameterException", "Username should be either an email or a phone number.");
  }
  const word = names[0] === "email" ? "an email" : "a phone number";
  return call.fail("InvalidParameterException", `Username should be ${word}.`);
}

/** As `newAttributes`, with the address that a username is. */
export function attributesOfNewUser(
  call: Call,
  configuration: Configuration,
  username: string,
  given: readonly AttributeType[] = [],
  options: { readonly areRequired: boolean },
): Record<string, string> {
  const named = attributesWithUsername(call, configuration, username, {});
  const added = attributeListOf(named).filter(({ Name }) => !given.some((attribute) => attribute.Name === Name));
  const attributes = newAttributes(call, configuration, [...given, ...added], options);
  return attributesWithUsername(call, configuration, username, attributes);
}

function attributeListOf(attributes: Attributes): AttributeType[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

export interface NewPoolUser {
  /** As it was asked for; a pool of UsernameAttributes gives its users their `sub` for a username. */
  readonly username: string;
  readonly attributes: Attributes;
  readonly status: "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED" | "EXTERNAL_PROVIDER";
  readonly password: Pick<PoolUserRow, "password_sealed" | "password_set_at" | "password_expires_at"> | undefined;
}

/** The row of a user who is not there yet. The same `userId` serves a transaction that runs again. */
export function newPoolUser(
  call: Pick<Call, "now">,
  { pool, configuration }: PoolContext,
  userId: string,
  { username, attributes, status, password }: NewPoolUser,
): PoolUserRow {
  const isKept = configuration.UsernameAttributes === undefined || status === "EXTERNAL_PROVIDER";
  const name = isKept ? username : userId;
  return {
    user_id: userId,
    pool_id: pool.pool_id,
    username: name,
    username_key: nameKey(configuration, name),
    status,
    enabled: true,
    created_at: call.now,
    modified_at: call.now,
    attributes,
    password_sealed: null,
    password_set_at: null,
    password_expires_at: null,
    ...password,
    mfa_json: null,
    signed_out_at: 0,
  };
}

/**
 * Refuses a username that is somebody's, as its own or as an alias. `taken` is what the operation says then: "User already
 * exists" of SignUp, "User account already exists" of AdminCreateUser.
 */
export async function requireFreeUsername(
  call: Call<"UsernameExistsException">,
  tx: Tx,
  { pool, configuration }: PoolContext,
  username: string,
  taken: string,
  moves = false,
): Promise<void> {
  const key = nameKey(configuration, username);
  const isAlias = configuration.UsernameAttributes !== undefined;
  // Where usernames are addresses, one that may be moved is not in the way.
  if (isAlias && moves) return;
  const holder =
    (isAlias ? undefined : await poolUsers.find(tx, pool.pool_id, key)) ??
    (hasAliases(configuration) ? await poolUsers.findByAlias(tx, pool.pool_id, key) : undefined);
  if (holder !== undefined) call.fail("UsernameExistsException", taken);
}

/**
 * Stores a new user with the aliases. The username must be known to be free. The pool may have been deleted while triggers
 * were asked, and a user of no pool would be nobody's to delete.
 */
export async function insertPoolUser(
  call: Call<"UsernameExistsException" | "ResourceNotFoundException">,
  tx: Tx,
  context: PoolContext,
  user: PoolUserRow,
  moves: boolean,
): Promise<void> {
  const { pool_id } = context.pool;
  if ((await userPools.find(tx, pool_id)) === undefined) {
    call.fail("ResourceNotFoundException", noSuchUserPool(pool_id));
  }
  const alias = await syncAliases(tx, context, undefined, user, { now: call.now, moves });
  if (alias !== undefined) call.fail("UsernameExistsException", takenAlias(alias));
  await poolUsers.insert(tx, user);
}
