import { parsePolicy } from "../policy/document.ts";
import { type CompiledPolicy, compilePolicy } from "../policy/evaluate.ts";
import { principals } from "../store/principals.ts";
import type { Store, Tx } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import { VersionedCache } from "./versioned-cache.ts";

export interface CallerPolicies {
  readonly identity: readonly CompiledPolicy[];
  /** Present, if empty, where the caller has a permissions boundary: it then allows nothing that it does not name. */
  readonly boundary: readonly CompiledPolicy[] | undefined;
}

/** Compiled policies by caller, and by document, so that a change elsewhere does not compile everything again. */
export interface PolicyCache {
  readonly byUser: VersionedCache<CallerPolicies>;
  readonly byDocument: Map<string, CompiledPolicy>;
}

export function policyCache(store: Store): PolicyCache {
  return {
    byUser: new VersionedCache(
      store.watch([
        "users",
        "group_members",
        "groups",
        "policies",
        "policy_versions",
        "inline_policies",
        "policy_attachments",
      ]),
      10_000,
    ),
    byDocument: new Map(),
  };
}

/** Every policy that says what an IAM user may do: its own, its groups', and its boundary. */
export function policiesOf(cache: PolicyCache, tx: Tx, caller: Caller): CallerPolicies | Promise<CallerPolicies> {
  return cache.byUser.get(caller.userId) ?? load(cache, tx, caller.userId);
}

async function load(cache: PolicyCache, tx: Tx, userId: string): Promise<CallerPolicies> {
  const loaded = await cache.byUser.load(userId, async () => {
    const rows = await principals.policiesOf(tx, userId);
    const identity: CompiledPolicy[] = [];
    let boundary: CompiledPolicy[] | undefined;
    for (const row of rows) {
      if (row.source !== "boundary") identity.push(compiled(cache, row.document, row.policy_name));
      else boundary = row.document === null ? [] : [compiled(cache, row.document, row.policy_name)];
    }
    return { identity, boundary };
  });
  // The loader above always gives a value.
  return loaded ?? { identity: [], boundary: [] };
}

function compiled(cache: PolicyCache, document: string, name: string): CompiledPolicy {
  const key = `${name}\n${document}`;
  let policy = cache.byDocument.get(key);
  if (policy === undefined) {
    if (cache.byDocument.size >= 10_000) cache.byDocument.clear();
    policy = compilePolicy(parsePolicy(document, "identity"), name);
    cache.byDocument.set(key, policy);
  }
  return policy;
}
