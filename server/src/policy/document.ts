/**
 * policy/: the IAM policy language, pure: documents in, decisions out, no I/O and no clock. IAM User Guide, "Grammar of the
 * IAM JSON policy language" and "Policy evaluation logic"; where the service was observed to do otherwise, it wins.
 * document.ts reads a text (json.ts) by the rules of its kind (permissions-grammar.ts, trust-grammar.ts) and refuses with
 * AWS's words; evaluate.ts compiles documents once and decides requests with the statement that decided, over match.ts
 * (wildcards), variables.ts and conditions/ (a file per operator family). services/ validates with parsePolicy, access/
 * compiles, keeps and evaluates.
 */

import type { Condition } from "./conditions/condition.ts";
import { JsonError, type JsonNode, type Position, positionsIn, readJson } from "./json.ts";
import { readPermissions } from "./permissions-grammar.ts";
import { malformed } from "./policy-error.ts";
import { readTrust } from "./trust-grammar.ts";

export type { Condition } from "./conditions/condition.ts";
export type { Position } from "./json.ts";
export { PolicyError } from "./policy-error.ts";

/**
 * managed: what CreatePolicy takes, which must be of version 2012-10-17. identity: any identity-based policy, embedded ones
 * included. session: what STS takes. trust: a role's, without resources. resource: any other resource-based policy.
 */
export type PolicyKind = "managed" | "identity" | "session" | "trust" | "resource";

export type PrincipalType = "AWS" | "Service" | "Federated" | "CanonicalUser";

export interface PrincipalPattern {
  readonly type: PrincipalType;
  readonly value: string;
}

export interface Statement {
  /** From 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  /** `actions` are NotAction's. */
  readonly notAction: boolean;
  readonly actions: readonly string[];
  readonly notResource: boolean;
  /** Undefined in a trust policy, which is about the role it is in. */
  readonly resources: readonly string[] | undefined;
  readonly notPrincipal: boolean;
  /** Undefined where the kind has none. */
  readonly principals: readonly PrincipalPattern[] | undefined;
  readonly conditions: readonly Condition[];
  /**
   * Where simulations say the statement stands (observed 2026-09): a statement in a list starts after the bracket or after
   * the statement before it, a lone one after its brace; each ends after its closing brace.
   */
  readonly start: Position;
  readonly end: Position;
}

export interface PolicyDocument {
  readonly kind: PolicyKind;
  /** What counts where the document names none is 2008-10-17, which has no variables. */
  readonly version: "2008-10-17" | "2012-10-17";
  readonly id: string | undefined;
  readonly statements: readonly Statement[];
}

/** Callers hold their own, far shorter limits; AWS's longest managed policy has 140,000 characters. */
const longestDocument = 1_048_576;
/** The language needs seven levels. */
const deepestDocument = 16;

const invalidJson: Readonly<Record<PolicyKind, string>> = {
  managed: "Syntax errors in policy.",
  identity: "Syntax errors in policy.",
  session: "The policy is not in the valid JSON format.",
  trust: "This policy contains invalid Json",
  resource: "This policy contains invalid Json",
};

/** Reads and validates a document. Refuses with a PolicyError that has the text IAM or STS refuses with. */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  if (text.length > longestDocument) throw malformed(invalidJson[kind]);
  let root: JsonNode;
  try {
    root = readJson(text, deepestDocument);
  } catch (error) {
    if (error instanceof JsonError) throw malformed(invalidJson[kind]);
    throw error;
  }
  if (kind === "trust" || kind === "resource") return readTrust(root, kind, positionsIn(text));
  return readPermissions(root, kind, positionsIn(text));
}
