import type { Context } from "../context.ts";
import { hasVariables, parseTemplate, type Template } from "../variables.ts";

/**
 * What comparing one value of the request with the values of the policy gave, before any negation.
 * incomparable: the request's value is not of the operator's kind, so that neither the operator nor its negation holds.
 * malformed: a value of the policy is not; AWS lets that neither grant nor escape a Deny (observed 2026-09).
 */
export type Outcome = "match" | "mismatch" | "incomparable" | "malformed";

export type Comparison = (actual: string, context: Context) => Outcome;

export interface Operator {
  readonly negated: boolean;
  /** Whether IAM stores a policy that has this value. STS takes more in a session policy and compares it as it can. */
  accepts(value: string): boolean;
  /** `variables`: the document's version has policy variables. */
  compile(values: readonly string[], variables: boolean): Comparison;
}

export type Operators = Readonly<Record<string, Operator>>;

/** A value of a policy: a template where it has variables and the document may. */
export function policyValue(value: string, variables: boolean): string | Template {
  if (!variables || !hasVariables(value)) return value;
  // The grammar refuses a variable that is not well formed, so that this is one only where nothing validated the document.
  return parseTemplate(value) ?? value;
}
