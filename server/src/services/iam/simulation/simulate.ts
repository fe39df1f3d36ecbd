/**
 * What SimulateCustomPolicy and SimulatePrincipalPolicy share: the same engine that decides requests, asked for each
 * action on each resource. An action has one result, with a part for each resource that was named; over several resources
 * its decision is the strictest (IAM API reference, EvaluationResult, 2026).
 */
import type {
  ContextEntry,
  EvaluationResult,
  PolicyEvaluationDecisionType,
  PolicySourceType,
  ResourceSpecificResult,
  Statement,
} from "@aws-sdk/client-iam";
import { contextKeysOf, distinctKeys } from "../../../policy/context-keys.ts";
import {
  type CompiledPolicy,
  type Context,
  type DecidingStatement,
  type Decision,
  evaluate,
  matchingStatements,
  type PolicyRequest,
  type PolicySet,
} from "../../../policy/evaluate.ts";
import type { Principal } from "../../../policy/principals.ts";
import type { Call } from "../../operation.ts";
import { decodePosition, defaultPageSize, page } from "../../paging.ts";
import { contextOf } from "./context-entries.ts";
import { inputPolicy } from "./input-policies.ts";
import { readEntityArn } from "./policy-source.ts";
import { checkHandling } from "./resource-handling.ts";

/** What both operations are asked. */
export interface SimulationInput {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[] | undefined;
  readonly ResourcePolicy?: string | undefined;
  readonly ResourceOwner?: string | undefined;
  readonly CallerArn?: string | undefined;
  readonly ContextEntries?: readonly ContextEntry[] | undefined;
  readonly ResourceHandlingOption?: string | undefined;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface SimulatedPolicies {
  readonly identity: readonly CompiledPolicy[];
  readonly boundary: readonly CompiledPolicy[] | undefined;
  readonly serviceControl: readonly (readonly CompiledPolicy[])[] | undefined;
}

/** A page ends early once this many decisions are made: IAM may give fewer results than MaxItems, and a call has an end. */
const decisionsPerPage = 1_000;

const actionPattern = /^[a-z0-9-]+:[a-z0-9]+$/i;
const resourcePattern = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s;
const ownerPattern = /^arn:[^:]+:iam::(\d{12}):root$/;

interface Run {
  readonly policies: SimulatedPolicies;
  readonly resourcePolicies: readonly CompiledPolicy[] | undefined;
  readonly context: Context;
  readonly principal: Principal | undefined;
  /** Of resources whose ARN names none. */
  readonly ownerId: string;
  readonly callerAccountId: string;
  /** Undefined where the simulation is about `*`. */
  readonly resources: readonly string[] | undefined;
  readonly missing: readonly string[];
}

export function simulate(call: Call<"InvalidInputException">, input: SimulationInput, policies: SimulatedPolicies) {
  const run = prepare(call, input, policies);
  const limit = input.MaxItems ?? defaultPageSize;
  const first = decodePosition(call, input.Marker);
  const fitting = Math.max(1, Math.floor(decisionsPerPage / (run.resources?.length ?? 1)));
  const actions = input.ActionNames.slice(first).map((action, index) => ({ action, position: first + index + 1 }));
  const { rows, ...more } = page(actions, Math.min(limit, fitting), ({ position }) => String(position));
  return { EvaluationResults: rows.map(({ action }) => resultOf(run, action)), ...more };
}

function prepare(call: Call<"InvalidInputException">, input: SimulationInput, policies: SimulatedPolicies): Run {
  const refuse = (message: string) => call.fail("InvalidInputException", message);
  const { CallerArn, ResourceArns = [], ResourceOwner, ResourcePolicy } = input;
  const wrongActions = input.ActionNames.filter((action) => !actionPattern.test(action));
  // IAM API reference: "does not support using wildcards"; the text is ours.
  if (wrongActions.length > 0) refuse(`Invalid Input Actions: [${wrongActions.join(",")}]`);
  const wrongArns = ResourceArns.filter((arn) => arn !== "*" && !resourcePattern.test(arn));
  // Recorded from AWS.
  if (wrongArns.length > 0) refuse(`ResourceNames are not in a valid ARN format: ${wrongArns.join(", ")}.`);
  const caller = CallerArn === undefined ? undefined : readEntityArn(CallerArn);
  if (CallerArn !== undefined && caller === undefined) {
    refuse("Invalid caller - Caller must be an IAM user, role or group in this context.");
  }
  const ownerId = ResourceOwner === undefined ? undefined : ownerPattern.exec(ResourceOwner)?.[1];
  // Recorded from AWS, 2017, with this grammar.
  if (ResourceOwner !== undefined && ownerId === undefined) {
    refuse(`'${ResourceOwner}' is not a valid as a Resource Owner.`);
  }
  if (ResourcePolicy !== undefined && caller === undefined) refuse("Invalid caller - Caller cannot be null or empty.");
  checkHandling(call, input);
  const context = contextOf(call, input.ContextEntries, {
    ...(CallerArn === undefined || caller === undefined
      ? {}
      : { "aws:principalarn": CallerArn, "aws:principalaccount": caller.accountId }),
    ...(caller?.kind === "user" ? { "aws:username": caller.name } : {}),
  });
  const resourcePolicies =
    ResourcePolicy === undefined ? undefined : [inputPolicy(call, ResourcePolicy, resourcePolicyId, "resource")];
  const callerAccountId = caller?.accountId ?? call.accountId;
  return {
    policies,
    resourcePolicies,
    context,
    principal: caller === undefined ? undefined : { arn: CallerArn, accountId: caller.accountId },
    ownerId: ownerId ?? callerAccountId,
    callerAccountId,
    resources: ResourceArns.length === 0 || ResourceArns.every((arn) => arn === "*") ? undefined : ResourceArns,
    missing: missingKeys([...policies.identity, ...(policies.boundary ?? []), ...(resourcePolicies ?? [])], context),
  };
}

/** Service control policies' keys are not among them (IAM API reference, EvaluationResult). */
function missingKeys(policies: readonly CompiledPolicy[], context: Context): string[] {
  const asked = distinctKeys(policies.flatMap(({ document }) => contextKeysOf(document)));
  return asked.filter((key) => context.get(key.toLowerCase()) === undefined);
}

const resourcePolicyId = "ResourcePolicy";
const severity: Readonly<Record<Decision["effect"], number>> = { allowed: 0, implicitDeny: 1, explicitDeny: 2 };

function resultOf(run: Run, action: string): EvaluationResult {
  if (run.resources === undefined) {
    const { EvalResourceDecision: EvalDecision, ...result } = decide(run, action, "*");
    return { EvalActionName: action, ...organizations(run, action, ["*"]), ...result, EvalDecision };
  }
  const parts = run.resources.map((resource) => decide(run, action, resource));
  const EvalDecision = parts
    .map((part) => part.EvalResourceDecision ?? "implicitDeny")
    .reduce((one, other) => (severity[other] > severity[one] ? other : one), "allowed");
  const boundary = parts.flatMap((part) => part.PermissionsBoundaryDecisionDetail ?? []);
  return {
    EvalActionName: action,
    // AWS shows the format of the resource's ARN here, which only its own tables of actions tell; one that was asked about
    // alone is named, as AWS did before 2026.
    EvalResourceName: (run.resources.length === 1 ? run.resources[0] : undefined) ?? "*",
    EvalDecision,
    MatchedStatements: distinctStatements(
      parts
        .filter((part) => part.EvalResourceDecision === EvalDecision)
        .flatMap((part) => part.MatchedStatements ?? []),
    ),
    MissingContextValues: [...run.missing],
    ...organizations(run, action, run.resources),
    ...(boundary.length === 0
      ? {}
      : {
          PermissionsBoundaryDecisionDetail: {
            AllowedByPermissionsBoundary: boundary.every((part) => part.AllowedByPermissionsBoundary === true),
          },
        }),
    ...strictestDetails(parts),
    ResourceSpecificResults: parts,
  };
}

function decide(run: Run, action: string, resource: string): ResourceSpecificResult {
  const { identity, boundary, serviceControl } = run.policies;
  const request: PolicyRequest = {
    action,
    resource,
    context: run.context,
    ...(run.principal === undefined ? {} : { principal: run.principal }),
  };
  const account = resource.split(":", 5)[4] ?? "";
  const sameAccount =
    run.resourcePolicies === undefined || (/^\d{12}$/.test(account) ? account : run.ownerId) === run.callerAccountId;
  const set: PolicySet = {
    identity,
    sameAccount,
    ...(boundary === undefined ? {} : { boundary }),
    ...(serviceControl === undefined ? {} : { serviceControl }),
    ...(run.resourcePolicies === undefined ? {} : { resource: run.resourcePolicies }),
  };
  const decision = evaluate(request, set);
  return {
    EvalResourceName: resource,
    EvalResourceDecision: decision.effect,
    MatchedStatements: matched(run, request, decision),
    MissingContextValues: [...run.missing],
    ...details(run, request, decision, sameAccount),
    ...(boundary === undefined
      ? {}
      : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allows(boundary, request) } }),
  };
}

function allows(policies: readonly CompiledPolicy[], request: PolicyRequest): boolean {
  return evaluate(request, { identity: policies, sameAccount: true }).effect === "allowed";
}

/** IAM API reference: where one statement denies, the denying ones alone; never those of an organization. */
function matched(run: Run, request: PolicyRequest, { effect }: Decision): Statement[] {
  if (effect === "implicitDeny") return [];
  const wanted = effect === "allowed" ? "Allow" : "Deny";
  return matchingStatements(request, [...run.policies.identity, ...(run.resourcePolicies ?? [])])
    .filter((statement) => statement.effect === wanted)
    .map(statementShape);
}

// Recorded from AWS, many times until 2026, in place of the enumeration that its API reference has.
const identityPolicy: string = "IAM Policy";
const resourcePolicy: string = "Resource Policy";

function statementShape({ source, start, end }: DecidingStatement): Statement {
  const type = source === resourcePolicyId ? resourcePolicy : identityPolicy;
  return {
    SourcePolicyId: source,
    SourcePolicyType: type as PolicySourceType, // the SDK types the enumeration, and passes on what it gets
    StartPosition: { Line: start.line, Column: start.column },
    EndPosition: { Line: end.line, Column: end.column },
  };
}

function distinctStatements(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}

type Details = Pick<ResourceSpecificResult, "EvalDecisionDetails">;

/**
 * IAM API reference: absent for `*` and where an organization denies, empty within an account, and across accounts what each
 * type of policy decides. The words for the types are those of SourcePolicyType.
 */
function details(run: Run, request: PolicyRequest, { by, effect }: Decision, sameAccount: boolean): Details {
  if (run.resources === undefined || (by === "service control" && effect !== "allowed")) return {};
  if (sameAccount) return { EvalDecisionDetails: {} };
  const { identity, boundary } = run.policies;
  const resource = run.resourcePolicies ?? [];
  return {
    EvalDecisionDetails: {
      [identityPolicy]: evaluate(request, {
        identity,
        ...(boundary === undefined ? {} : { boundary }),
        sameAccount: true,
      }).effect,
      [resourcePolicy]: effectOf(matchingStatements(request, resource)),
    },
  };
}

function effectOf(statements: readonly DecidingStatement[]): PolicyEvaluationDecisionType {
  if (statements.some(({ effect }) => effect === "Deny")) return "explicitDeny";
  return statements.length > 0 ? "allowed" : "implicitDeny";
}

function strictestDetails(parts: readonly Details[]): Details {
  if (parts.every((part) => part.EvalDecisionDetails === undefined)) return {};
  const strictest: Record<string, PolicyEvaluationDecisionType> = {};
  for (const part of parts) {
    for (const [type, decision] of Object.entries(part.EvalDecisionDetails ?? {})) {
      const before = strictest[type];
      if (before === undefined || severity[decision] > severity[before]) strictest[type] = decision;
    }
  }
  return { EvalDecisionDetails: strictest };
}

function organizations(
  run: Run,
  action: string,
  resources: readonly string[],
): Pick<EvaluationResult, "OrganizationsDecisionDetail"> {
  const levels = run.policies.serviceControl;
  if (levels === undefined) return {};
  const allowed = resources.every((resource) =>
    levels.every((level) => allows(level, { action, resource, context: run.context })),
  );
  return { OrganizationsDecisionDetail: { AllowedByOrganizations: allowed } };
}
