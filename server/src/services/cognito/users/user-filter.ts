import {
  attributesOf,
  keysFrom,
  type ListedPoolUser,
  poolUsers,
  type SearchableAttribute,
  searchableAttributes,
} from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { nameKey } from "./pool-user.ts";

type Searched = "username" | "sub" | "status" | "cognito:user_status" | SearchableAttribute;

/** What ListUsers was asked to look for: `=` is exact, `^=` the beginning. */
export interface UserFilter {
  readonly attribute: Searched;
  readonly exact: boolean;
  readonly value: string;
}

const searched: ReadonlySet<string> = new Set<Searched>([
  ...(["username", "sub", "status", "cognito:user_status"] satisfies Searched[]),
  ...searchableAttributes,
]);

// `name operator "value"`; quotation marks and backslashes in the value are escaped (API reference). At most 256 long.
const grammar = /^\s*([\w:]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/su;

/** Undefined where the filter is empty, which asks for all users (API reference). */
export function readFilter(call: Call, filter: string | undefined): UserFilter | undefined {
  if (filter === undefined || filter.trim() === "") return undefined;
  const [, attribute = "", operator, value = ""] = grammar.exec(filter) ?? [];
  // Observed from 2016 to 2023.
  if (operator === undefined) return call.fail("InvalidParameterException", "Error while parsing filter.");
  if (!isSearched(attribute)) {
    // The text is ours: custom attributes cannot be searched (API reference), and how AWS says so is not known.
    return call.fail("InvalidParameterException", `Invalid search attribute: ${attribute}`);
  }
  return { attribute, exact: operator === "=", value: value.replaceAll(/\\(.)/gsu, "$1") };
}

function isSearched(name: string): name is Searched {
  return searched.has(name);
}

/** Where a page ended, so that the next one is found by index. */
export type Position = readonly [string, string];

export const start: Position = ["", ""];

/** After this user, in the order of the filter's index. */
export function positionOf(
  { configuration }: PoolContext,
  filter: UserFilter | undefined,
  user: ListedPoolUser,
): Position {
  const key = nameKey(configuration, user.username);
  if (filter === undefined) return [key, ""];
  switch (filter.attribute) {
    case "username":
      return [key, ""];
    case "sub":
      return [user.user_id, ""];
    case "status":
    case "cognito:user_status":
      return [stateWord(user), key];
    default:
      return [attributesOf(user.attributes_json)[filter.attribute] ?? "", user.user_id];
  }
}

/** Whether a page of this filter can have ended here: a position of another one would show users that it does not find. */
export function isPositionOf(
  { configuration }: PoolContext,
  filter: UserFilter | undefined,
  [after]: Position,
): boolean {
  if (filter === undefined) return true;
  const { attribute, exact, value } = filter;
  const word = attribute === "username" ? nameKey(configuration, value) : value;
  // Words of a status are looked up one by one, whatever the position.
  if (attribute === "status" || attribute === "cognito:user_status") return true;
  return exact ? after === word : after.startsWith(word);
}

/** Up to `limit` of the pool's users that the filter finds, after this position. */
export async function findUsers(
  tx: Tx,
  { pool, configuration }: PoolContext,
  filter: UserFilter | undefined,
  [after, afterId]: Position,
  limit: number,
): Promise<ListedPoolUser[]> {
  const poolId = pool.pool_id;
  if (filter === undefined) return poolUsers.list(tx, { poolId, ...keysFrom(""), after, limit });
  const { attribute, exact, value } = filter;
  switch (attribute) {
    case "username":
      return poolUsers.list(tx, { poolId, ...keysFrom(nameKey(configuration, value), exact), after, limit });
    case "sub":
      return poolUsers.listByIds(tx, { poolId, ...keysFrom(value, exact), after, limit });
    case "status":
      // Case-sensitive, and `cognito:user_status` is not (API reference).
      return listStates(
        states.filter(({ enabled }) => matches(enabledWord(enabled), value, exact)),
        [after, afterId],
        (page) => poolUsers.listByState(tx, { poolId, ...page }),
        limit,
      );
    case "cognito:user_status":
      return listStates(
        states.filter(({ status }) => matches(status, value.toUpperCase(), exact)),
        [after, afterId],
        (page) => poolUsers.listByState(tx, { poolId, ...page }),
        limit,
      );
    default:
      return poolUsers.listByAttribute(tx, attribute, { poolId, ...keysFrom(value, exact), after, afterId, limit });
  }
}

function matches(word: string, value: string, exact: boolean): boolean {
  return exact ? word === value : word.startsWith(value);
}

function enabledWord(enabled: boolean): string {
  return enabled ? "Enabled" : "Disabled";
}

interface State {
  readonly enabled: boolean;
  readonly status: string;
}

/** All that there can be, in the order of their words. */
const states: readonly State[] = [false, true].flatMap((enabled) =>
  [
    "ARCHIVED",
    "COMPROMISED",
    "CONFIRMED",
    "EXTERNAL_PROVIDER",
    "FORCE_CHANGE_PASSWORD",
    "RESET_REQUIRED",
    "UNCONFIRMED",
    "UNKNOWN",
  ].map((status) => ({ enabled, status })),
);

function stateWord({ enabled, status }: State): string {
  return `${enabledWord(enabled)} ${status}`;
}

/** All users of the first of the states, then those of the next: that is how their index has them. */
async function listStates(
  wanted: readonly State[],
  [word, key]: Position,
  read: (page: State & { readonly after: string; readonly limit: number }) => Promise<ListedPoolUser[]>,
  limit: number,
): Promise<ListedPoolUser[]> {
  const found: ListedPoolUser[] = [];
  for (const state of wanted) {
    const current = stateWord(state);
    if (current < word || found.length >= limit) continue;
    found.push(...(await read({ ...state, after: current === word ? key : "", limit: limit - found.length })));
  }
  return found;
}
