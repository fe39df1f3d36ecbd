import { parsePolicy } from "../policy/document.ts";
import { type CompiledPolicy, compilePolicy } from "../policy/evaluate.ts";
import { policies } from "../store/policies.ts";
import { type PrincipalPolicy, principals } from "../store/principals.ts";
import type { Store, Tx } from "../store/store.ts";
import type { Caller, SessionPolicies } from "./caller.ts";
import { VersionedCache } from "./versioned-cache.ts";

export interface CallerPolicies {
  readonly identity: readonly CompiledPolicy[];
  /** Present, if empty, where the caller has a permissions boundary: it then allows nothing that it does not name. */
  readonly boundary: readonly CompiledPolicy[] | undefined;
  /** Likewise for a session that was asked for with policies. */
  readonly session: readonly CompiledPolicy[] | undefined;
}

/** Compiled policies by caller, and by document, so that a change elsewhere does not compile everything again. */
export interface PolicyCache {
  /** By the unique id of the user or role. */
  readonly byPrincipal: VersionedCache<CallerPolicies>;
  /** By access key id, of sessions that have policies. */
  readonly bySession: VersionedCache<CallerPolicies>;
  readonly byDocument: Map<string, CompiledPolicy>;
}

export function policyCache(store: Store): PolicyCache {
  const version = store.watch([
    "users",
    "roles",
    "group_members",
    "groups",
    "policies",
    "policy_versions",
    "inline_policies",
    "policy_attachments",
  ]);
  return {
    byPrincipal: new VersionedCache(version, 10_000),
    bySession: new VersionedCache(version, 10_000),
    byDocument: new Map(),
  };
}

/** Root may do everything in its account, as far as a session of its own or the organization lets it. */
const everything: readonly CompiledPolicy[] = [
  compilePolicy(
    parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', "identity"),
    "root",
  ),
];
const ofRoot: CallerPolicies = { identity: everything, boundary: undefined, session: undefined };

/** Every policy that says what a caller may do: the principal's own, its groups', its boundary, and the session's. */
export function policiesOf(cache: PolicyCache, tx: Tx, caller: Caller): CallerPolicies | Promise<CallerPolicies> {
  const { session, accessKeyId } = caller;
  // A federated user without session policies may do nothing (STS API reference, GetFederationToken).
  if (session === undefined || (session.policies === undefined && caller.kind !== "federated")) {
    return ofPrincipal(cache, tx, caller);
  }
  return cache.bySession.get(accessKeyId) ?? loadSession(cache, tx, caller, session.policies);
}

function ofPrincipal(cache: PolicyCache, tx: Tx, caller: Caller): CallerPolicies | Promise<CallerPolicies> {
  const issuer = caller.session?.issuer;
  if (caller.kind === "root" || issuer?.kind === "root") return ofRoot;
  const id = issuer?.id ?? caller.userId;
  return cache.byPrincipal.get(id) ?? loadPrincipal(cache, tx, id);
}

async function loadPrincipal(cache: PolicyCache, tx: Tx, principalId: string): Promise<CallerPolicies> {
  const loaded = await cache.byPrincipal.load(principalId, async () => {
    const rows = await principals.policiesOf(tx, principalId);
    const identity: CompiledPolicy[] = [];
    let boundary: CompiledPolicy[] | undefined;
    for (const row of rows) {
      if (row.source !== "boundary") identity.push(compiledPolicy(cache, row.document, sourceOf(row)));
      else boundary = row.document === null ? [] : [compiledPolicy(cache, row.document, sourceOf(row))];
    }
    return { identity, boundary, session: undefined };
  });
  // The loader above always gives a value.
  return loaded ?? { identity: [], boundary: [], session: [] };
}

async function loadSession(
  cache: PolicyCache,
  tx: Tx,
  caller: Caller,
  sessionPolicies: SessionPolicies | undefined,
): Promise<CallerPolicies> {
  const loaded = await cache.bySession.load(caller.accessKeyId, async () => {
    const session: CompiledPolicy[] = [];
    const { document, arns = [] } = sessionPolicies ?? {};
    if (document !== undefined) session.push(compiledPolicy(cache, document, "", "session"));
    for (const arn of arns) {
      const managed = await managedPolicy(tx, caller, arn);
      // One that is gone allows nothing.
      if (managed !== undefined) session.push(compiledPolicy(cache, managed, portableArn(arn)));
    }
    return { ...(await ofPrincipal(cache, tx, caller)), session };
  });
  return loaded ?? { identity: [], boundary: [], session: [] };
}

/** Only the account's own policies, and AWS's (STS API reference: "must exist in the same account as the role"). */
async function managedPolicy(tx: Tx, caller: Caller, arn: string): Promise<string | undefined> {
  const [, account = "", path = "", name = ""] = /^arn:[^:]*:iam::([^:]*):policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  if (account !== caller.accountId && account !== "aws") return undefined;
  const policy = await policies.find(tx, account, name);
  if (policy === undefined || policy.path !== path || policy.policy_name !== name) return undefined;
  return (await policies.findVersion(tx, policy.policy_id, policy.default_version))?.document;
}

/** How a decision names the policy: an inline one by its name, a managed one by its ARN in the partition `aws`. */
function sourceOf(row: PrincipalPolicy): string {
  if (row.policy_account_id === null || row.path === null) return row.policy_name;
  return `arn:aws:iam::${row.policy_account_id}:policy${row.path}${row.policy_name}`;
}

function portableArn(arn: string): string {
  return arn.replace(/^arn:[^:]*/, "arn:aws");
}

/** A document is parsed and compiled once, for as long as it is in use. `source` names it in decisions. */
export function compiledPolicy(
  cache: PolicyCache,
  document: string,
  source: string,
  kind: "identity" | "session" | "trust" = "identity",
): CompiledPolicy {
  const key = `${kind}\n${source}\n${document}`;
  let policy = cache.byDocument.get(key);
  if (policy === undefined) {
    if (cache.byDocument.size >= 10_000) cache.byDocument.clear();
    policy = compilePolicy(parsePolicy(document, kind), source);
    cache.byDocument.set(key, policy);
  }
  return policy;
}
