import { type ListedPolicy, policies } from "../../../store/policies.ts";
import type { Call } from "../../operation.ts";

export interface AskedPolicies {
  readonly pathPrefix: string;
  /** Absent lists all; empty none. */
  readonly uses: readonly ("attachment" | "boundary")[] | undefined;
}

/** The policies of one account, by name; those of either use are two lists in the same order, made into one. */
export async function listed(
  call: Call,
  { pathPrefix, uses }: AskedPolicies,
  accountId: string,
  after: string,
  limit: number,
): Promise<ListedPolicy[]> {
  const options = { accountId, seenFrom: call.accountId, pathPrefix, after, limit };
  if (uses === undefined) return policies.list(call.tx, options);
  const found = new Map<string, ListedPolicy>();
  for (const usedAs of uses) {
    for (const policy of await policies.list(call.tx, { ...options, usedAs })) found.set(policy.name_key, policy);
  }
  return [...found.values()].toSorted((one, other) => (one.name_key < other.name_key ? -1 : 1)).slice(0, limit);
}
