import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { type Alias, aliasesOf } from "./pool-user.ts";

/** Observed on SignUp (2022, as a UsernameExistsException) and on updates (2024 and 2026-09, as an AliasExistsException). */
export function takenAlias({ name, isUsername }: TakenAlias): string {
  return isUsername
    ? "User account already exists for the alias."
    : `An account with the given ${name} already exists.`;
}

export interface TakenAlias extends Alias {
  /** What names the other user is no alias. */
  readonly isUsername: boolean;
}

export interface AliasOptions {
  readonly now: number;
  /** Whether an address that is another user's alias becomes this one's. */
  readonly moves: boolean;
}

/**
 * Makes the stored aliases those that the user should have; `before` is undefined for a new user. Where one of them names
 * another user, nothing is written and it is returned, unless it moves: then the other user keeps the address, unverified
 * (observed on AdminUpdateUserAttributes, 2022; ForceAliasCreation in the API reference). A username never moves.
 */
export async function syncAliases(
  tx: Tx,
  { pool, configuration }: PoolContext,
  before: PoolUserRow | undefined,
  after: PoolUserRow,
  { now, moves }: AliasOptions,
): Promise<TakenAlias | undefined> {
  const had = before === undefined ? [] : aliasesOf(configuration, before).map(({ key }) => key);
  const has = aliasesOf(configuration, after);
  const added = has.filter(({ key }) => !had.includes(key));
  const losers = new Map<string, PoolUserRow>();
  for (const alias of added) {
    const namesake = await poolUsers.find(tx, pool.pool_id, alias.key);
    if (namesake !== undefined && namesake.user_id !== after.user_id) return { ...alias, isUsername: true };
    const holder = await poolUsers.findByAlias(tx, pool.pool_id, alias.key);
    if (holder === undefined || holder.user_id === after.user_id) continue;
    if (!moves || alias.name === "preferred_username") return { ...alias, isUsername: false };
    losers.set(alias.key, holder);
  }
  for (const key of had) {
    if (!has.some((alias) => alias.key === key)) await poolUsers.deleteAlias(tx, pool.pool_id, key);
  }
  for (const { name, key } of added) {
    const loser = losers.get(key);
    if (loser !== undefined) {
      await poolUsers.deleteAlias(tx, pool.pool_id, key);
      // Read again, since it may have lost another one just now.
      const current = (await poolUsers.findById(tx, loser.user_id)) ?? loser;
      const attributes = { ...current.attributes, [`${name}_verified`]: "false" };
      await poolUsers.update(tx, current, { ...current, attributes, modified_at: now });
    }
    await poolUsers.insertAlias(tx, pool.pool_id, key, after.user_id);
  }
  return undefined;
}

/** Writes a user who is there already, and the aliases that follow from it. Refuses where one is another user's. */
export async function updatePoolUser(
  call: Call<"AliasExistsException">,
  tx: Tx,
  context: PoolContext,
  before: PoolUserRow,
  after: PoolUserRow,
  moves = false,
): Promise<void> {
  const taken = await syncAliases(tx, context, before, after, { now: call.now, moves });
  if (taken !== undefined) call.fail("AliasExistsException", takenAlias(taken));
  await poolUsers.update(tx, before, after);
}
