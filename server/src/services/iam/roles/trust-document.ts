import { compileActions, matchAction } from "../../../policy/match.ts";
import { roles } from "../../../store/roles.ts";
import { users } from "../../../store/users.ts";
import type { Call } from "../../operation.ts";
import { documentSize, validateDocument } from "../policy-document.ts";

/**
 * IAM User Guide, "AWS JSON policy elements: Principal": an ARN of a user or role in a trust policy becomes that one's
 * unique id when the policy is saved, so that nobody gets its rights by taking its name. It is shown as the ARN again for
 * as long as there is such a user or role, and as the bare id after that.
 */

/** Checks a trust policy that is about to be stored, and gives it as it is stored. */
export async function storedTrust(
  call: Call<"MalformedPolicyDocumentException" | "LimitExceededException">,
  document: string,
): Promise<string> {
  const { statements } = validateDocument(call, document, "trust");
  for (const { actions } of statements) {
    if (!actions.every(isOfRoles)) {
      // Recorded from AWS, 2026-02, of an action that STS does not have.
      call.fail("MalformedPolicyDocumentException", "AssumeRole policy may only specify STS AssumeRole actions.");
    }
  }
  const quota = call.environment.quotas.AssumeRolePolicySize;
  if (documentSize(document) > quota) {
    call.fail("LimitExceededException", `Cannot exceed quota for ACLSizePerRole: ${quota}`);
  }
  return replacePrincipals(document, async (principal) => {
    const named = ownPrincipal.exec(principal);
    if (named === null) return principal;
    const [, accountId = "", kind, path = "", name = ""] = named;
    // Other accounts' principals cannot be looked up.
    if (accountId !== call.accountId) return principal;
    const found =
      kind === "user" ? await users.find(call.tx, accountId, name) : await roles.find(call.tx, accountId, name);
    const isThis =
      found !== undefined && found.path === path && ("role_name" in found ? found.role_name : found.user_name) === name;
    if (!isThis) {
      // Recorded from AWS, 2025.
      return call.fail("MalformedPolicyDocumentException", `Invalid principal in policy: "AWS":"${principal}"`);
    }
    return "role_id" in found ? found.role_id : found.user_id;
  });
}

/** What a role's sessions can be asked for with, by IAM's service authorization reference for STS; that AWS takes no other is ours. */
const actionsOfRoles = [
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:setcontext",
  "sts:setsourceidentity",
  "sts:tagsession",
];

function isOfRoles(pattern: string): boolean {
  const matcher = compileActions([pattern]);
  return actionsOfRoles.some((action) => matchAction(matcher, action));
}

/** A stored trust policy as it is shown. */
export async function shownTrust(call: Call, document: string): Promise<string> {
  if (!uniqueIdAnywhere.test(document)) return document;
  return replacePrincipals(document, async (principal) => {
    if (!uniqueId.test(principal)) return principal;
    const user = await users.findById(call.tx, principal);
    if (user !== undefined) return `arn:${call.partition}:iam::${user.account_id}:user${user.path}${user.user_name}`;
    const role = await roles.findById(call.tx, principal);
    if (role !== undefined) return `arn:${call.partition}:iam::${role.account_id}:role${role.path}${role.role_name}`;
    return principal;
  });
}

const ownPrincipal = /^arn:[a-z-]+:iam::(\d{12}):(user|role)(\/(?:[!-~]+\/)?)([\w+=,.@-]+)$/;
const uniqueId = /^A(?:IDA|ROA)[A-Z2-7]{12,}$/;
const uniqueIdAnywhere = /"A(?:IDA|ROA)[A-Z2-7]{12,}"/;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The document with other words for its AWS principals; as it was written where there are none. */
async function replacePrincipals(document: string, replace: (principal: string) => Promise<string>): Promise<string> {
  const policy = JSON.parse(document) as Json; // the grammar of policies was checked before
  let changed = false;
  for (const statement of listOf(memberOf(policy, "Statement"))) {
    const principal = memberOf(statement, "Principal");
    if (!isRecord(principal)) continue;
    const before = principal.AWS;
    if (before === undefined) continue;
    const after: Json[] = [];
    for (const name of listOf(before)) after.push(typeof name === "string" ? await replace(name) : name);
    if (listOf(before).every((name, at) => name === after[at])) continue;
    principal.AWS = Array.isArray(before) ? after : (after[0] ?? before);
    changed = true;
  }
  return changed ? JSON.stringify(policy) : document;
}

function memberOf(json: Json | undefined, name: string): Json | undefined {
  return isRecord(json) && Object.hasOwn(json, name) ? json[name] : undefined;
}

function listOf(json: Json | undefined): readonly Json[] {
  return json === undefined ? [] : Array.isArray(json) ? json : [json];
}

function isRecord(json: Json | undefined): json is { [name: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
