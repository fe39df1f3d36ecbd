import { type ConditionTest, compileCondition } from "./conditions/condition.ts";
import type { Context } from "./context.ts";
import type { PolicyDocument, Position, Statement } from "./document.ts";
import {
  type ActionMatcher,
  compileActions,
  compileResourceGlob,
  type Glob,
  matchAction,
  matchesEverything,
  matchGlob,
} from "./match.ts";
import { compilePrincipals, type Grant, grantTo, type Principal, type PrincipalMatcher } from "./principals.ts";
import { hasVariables, parseTemplate, resolvePieces, type Template } from "./variables.ts";

export type { Context } from "./context.ts";
export type { Principal } from "./principals.ts";

export interface PolicyRequest {
  /** `iam:CreateUser`, in any case. */
  readonly action: string;
  /** An ARN, or `*` for an action that is about no resource in particular. */
  readonly resource: string;
  readonly context: Context;
  /** Who asks, which resource-based policies are about. Absent: no resource-based policy is. */
  readonly principal?: Principal;
}

export interface PolicySet {
  readonly identity: readonly CompiledPolicy[];
  /** Present, if empty, where the principal has a boundary: it then may do nothing that the boundary does not allow. */
  readonly boundary?: readonly CompiledPolicy[];
  /** Likewise for a session that has policies of its own: the inline one and the managed ones, together. */
  readonly session?: readonly CompiledPolicy[];
  readonly resource?: readonly CompiledPolicy[];
  /** From the organization's root down to the account: every level must allow. */
  readonly serviceControl?: readonly (readonly CompiledPolicy[])[];
  /** Whether the principal and the resource are of one account. */
  readonly sameAccount: boolean;
  /**
   * Whether the resource-based policy must allow even within the account, as a role's trust policy and a key policy must
   * (IAM User Guide, "How AWS enforcement code logic evaluates requests").
   */
  readonly resourceRequired?: boolean;
}

/** In the words of AWS's access denied messages. */
export type PolicyType = "identity-based" | "permissions boundary" | "session" | "resource-based" | "service control";

export interface DecidingStatement {
  /** The policy, as it was named to compilePolicy. */
  readonly source: string;
  readonly sid: string | undefined;
  /** From 0. */
  readonly index: number;
  readonly effect: "Allow" | "Deny";
  readonly start: Position;
  readonly end: Position;
}

export interface Decision {
  readonly effect: "allowed" | "explicitDeny" | "implicitDeny";
  /** The type that allowed, that denied, or that had nothing to allow. */
  readonly by: PolicyType;
  /** Absent from an implicit deny. */
  readonly statement?: DecidingStatement;
}

interface CompiledStatement {
  readonly notAction: boolean;
  readonly actions: ActionMatcher;
  readonly notResource: boolean;
  readonly everyResource: boolean;
  readonly resources: readonly Glob[];
  readonly resourceTemplates: readonly ResourceTemplate[];
  readonly principals: PrincipalMatcher | undefined;
  readonly conditions: readonly ConditionTest[];
  readonly deciding: DecidingStatement;
}

interface ResourceTemplate {
  readonly template: Template;
  /** What the resource must start with whatever the variables are: most resources are told apart by it. */
  readonly start: string;
}

export interface CompiledPolicy {
  readonly source: string;
  readonly document: PolicyDocument;
  readonly allows: readonly CompiledStatement[];
  readonly denies: readonly CompiledStatement[];
}

/**
 * IAM User Guide, "Grammar": an ARN with fewer than six fields is completed with stars. One with variables is not
 * (observed 2026-09).
 */
function completeArn(resource: string): string {
  const missing = 6 - resource.split(":", 6).length;
  return resource.startsWith("arn:") && missing > 0 ? resource + ":*".repeat(missing) : resource;
}

function compileTemplate(template: Template): ResourceTemplate {
  const first = template[0];
  const text = first?.kind === "text" ? first.piece.text : "";
  const wildcard = first?.kind === "text" && !first.piece.literal ? text.search(/[*?]/) : -1;
  return { template, start: wildcard < 0 ? text : text.slice(0, wildcard) };
}

function compileStatement(statement: Statement, source: string, variables: boolean): CompiledStatement {
  const resources: Glob[] = [];
  const resourceTemplates: ResourceTemplate[] = [];
  for (const resource of statement.resources ?? ["*"]) {
    const template = variables && hasVariables(resource) ? parseTemplate(resource) : undefined;
    if (template !== undefined) resourceTemplates.push(compileTemplate(template));
    else resources.push(compileResourceGlob([{ text: completeArn(resource), literal: false }]));
  }
  const { notPrincipal, principals, effect, sid, index, start, end } = statement;
  return {
    notAction: statement.notAction,
    actions: compileActions(statement.actions),
    notResource: statement.notResource,
    everyResource: resources.some(matchesEverything),
    resources,
    resourceTemplates,
    principals: principals === undefined ? undefined : compilePrincipals(principals, notPrincipal),
    conditions: statement.conditions.map((condition) => compileCondition(condition, variables, effect)),
    deciding: { source, sid, index, effect, start, end },
  };
}

/** Once for a document; `source` names it in decisions. What comes out may be shared and kept. */
export function compilePolicy(document: PolicyDocument, source: string): CompiledPolicy {
  const variables = document.version === "2012-10-17";
  const allows: CompiledStatement[] = [];
  const denies: CompiledStatement[] = [];
  for (const statement of document.statements) {
    (statement.effect === "Deny" ? denies : allows).push(compileStatement(statement, source, variables));
  }
  return { source, document, allows, denies };
}

function matchResource(statement: CompiledStatement, resource: string, context: Context): boolean {
  if (statement.everyResource) return true;
  for (const glob of statement.resources) if (matchGlob(glob, resource)) return true;
  for (const { template, start } of statement.resourceTemplates) {
    if (!resource.startsWith(start)) continue;
    // IAM User Guide, "Policy variables with no value": such a resource matches none.
    const pieces = resolvePieces(template, context);
    if (pieces !== undefined && matchGlob(compileResourceGlob(pieces), resource)) return true;
  }
  return false;
}

/** All but the principal. `action` in lower case. */
function applies(statement: CompiledStatement, action: string, { resource, context }: PolicyRequest): boolean {
  if (matchAction(statement.actions, action) === statement.notAction) return false;
  if (matchResource(statement, resource, context) === statement.notResource) return false;
  for (const holds of statement.conditions) if (!holds(context)) return false;
  return true;
}

function firstDeny(
  policies: readonly CompiledPolicy[],
  action: string,
  request: PolicyRequest,
): DecidingStatement | undefined {
  for (const { denies } of policies) {
    for (const statement of denies) if (applies(statement, action, request)) return statement.deciding;
  }
  return undefined;
}

function firstAllow(
  policies: readonly CompiledPolicy[],
  action: string,
  request: PolicyRequest,
): DecidingStatement | undefined {
  for (const { allows } of policies) {
    for (const statement of allows) if (applies(statement, action, request)) return statement.deciding;
  }
  return undefined;
}

/** How far a statement of a resource-based policy is about the principal. */
function grantOf({ principals }: CompiledStatement, principal: Principal | undefined): Grant | undefined {
  return principals === undefined || principal === undefined ? undefined : grantTo(principals, principal);
}

function firstResourceDeny(
  policies: readonly CompiledPolicy[],
  action: string,
  request: PolicyRequest,
  bounded: boolean,
): DecidingStatement | undefined {
  for (const { denies } of policies) {
    for (const statement of denies) {
      const named = grantOf(statement, request.principal) !== undefined;
      // IAM User Guide, "NotPrincipal": with Deny it denies every principal that has a permissions boundary.
      const denied = statement.principals?.not === true ? bounded || !named : named;
      if (denied && applies(statement, action, request)) return statement.deciding;
    }
  }
  return undefined;
}

interface ResourceGrant {
  readonly grant: Grant;
  readonly statement: DecidingStatement;
}

const strength: Readonly<Record<Grant, number>> = { account: 0, role: 1, direct: 2 };

function strongestGrant(
  policies: readonly CompiledPolicy[],
  action: string,
  request: PolicyRequest,
): ResourceGrant | undefined {
  let strongest: ResourceGrant | undefined;
  for (const { allows } of policies) {
    for (const statement of allows) {
      const grant = grantOf(statement, request.principal);
      if (grant === undefined || (strongest !== undefined && strength[grant] <= strength[strongest.grant])) continue;
      if (!applies(statement, action, request)) continue;
      strongest = { grant, statement: statement.deciding };
      if (grant === "direct") return strongest;
    }
  }
  return strongest;
}

const none: readonly CompiledPolicy[] = [];

function explicitDeny(action: string, request: PolicyRequest, policies: PolicySet): Decision | undefined {
  for (const level of policies.serviceControl ?? []) {
    const statement = firstDeny(level, action, request);
    if (statement !== undefined) return { effect: "explicitDeny", by: "service control", statement };
  }
  const { resource = none, boundary = none, session = none } = policies;
  const inResource = firstResourceDeny(resource, action, request, policies.boundary !== undefined);
  if (inResource !== undefined) return { effect: "explicitDeny", by: "resource-based", statement: inResource };
  const inIdentity = firstDeny(policies.identity, action, request);
  if (inIdentity !== undefined) return { effect: "explicitDeny", by: "identity-based", statement: inIdentity };
  const inBoundary = firstDeny(boundary, action, request);
  if (inBoundary !== undefined) return { effect: "explicitDeny", by: "permissions boundary", statement: inBoundary };
  const inSession = firstDeny(session, action, request);
  if (inSession !== undefined) return { effect: "explicitDeny", by: "session", statement: inSession };
  return undefined;
}

function implicitDeny(by: PolicyType): Decision {
  return { effect: "implicitDeny", by };
}

/**
 * IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access": a deny anywhere; then every
 * level of service control policies must allow; then a resource-based policy of the same account may allow the principal
 * itself, past what its other policies do not name; then its identity-based policies, boundary and session policies must
 * all allow, where a resource-based policy that names its role stands for the first of them. Across accounts the
 * resource-based policy must allow besides.
 */
export function evaluate(request: PolicyRequest, policies: PolicySet): Decision {
  const action = request.action.toLowerCase();
  const denied = explicitDeny(action, request, policies);
  if (denied !== undefined) return denied;
  for (const level of policies.serviceControl ?? []) {
    if (firstAllow(level, action, request) === undefined) return implicitDeny("service control");
  }

  const byResource = policies.resource === undefined ? undefined : strongestGrant(policies.resource, action, request);
  if (byResource?.grant === "direct" && (policies.sameAccount || hasNoPolicies(request.principal))) {
    return { effect: "allowed", by: "resource-based", statement: byResource.statement };
  }
  if (hasNoPolicies(request.principal)) return implicitDeny("resource-based");

  const byIdentity = firstAllow(policies.identity, action, request);
  const roleNamed = policies.sameAccount && byResource?.grant === "role";
  if (byIdentity === undefined && !roleNamed) return implicitDeny("identity-based");
  const { boundary, session } = policies;
  if (boundary !== undefined && firstAllow(boundary, action, request) === undefined) {
    return implicitDeny("permissions boundary");
  }
  if (session !== undefined && firstAllow(session, action, request) === undefined) return implicitDeny("session");
  if (byResource === undefined && (!policies.sameAccount || policies.resourceRequired === true)) {
    return implicitDeny("resource-based");
  }
  if (byIdentity !== undefined) return { effect: "allowed", by: "identity-based", statement: byIdentity };
  if (byResource === undefined) return implicitDeny("identity-based");
  return { effect: "allowed", by: "resource-based", statement: byResource.statement };
}

/** Services, identities of providers outside and the anonymous are no IAM identities: nothing is attached to them. */
function hasNoPolicies(principal: Principal | undefined): boolean {
  return principal !== undefined && principal.arn === undefined;
}

/** Every statement that applies to the request, denies first: what simulations list. */
export function matchingStatements(
  request: PolicyRequest,
  policies: readonly CompiledPolicy[],
): readonly DecidingStatement[] {
  const action = request.action.toLowerCase();
  const found: DecidingStatement[] = [];
  for (const policy of policies) {
    for (const statement of [...policy.denies, ...policy.allows]) {
      const { principals } = statement;
      const named =
        principals === undefined || (grantOf(statement, request.principal) !== undefined) !== principals.not;
      if (named && applies(statement, action, request)) found.push(statement.deciding);
    }
  }
  return found;
}
