import { type Context, isMultivalued } from "../context.ts";
import { arnOperators } from "./arn.ts";
import { binaryOperators } from "./binary.ts";
import { boolOperators } from "./bool.ts";
import type { Operator, Operators } from "./comparison.ts";
import { dateOperators } from "./date.ts";
import { ipOperators } from "./ip.ts";
import { compileNull } from "./null.ts";
import { numericOperators } from "./numeric.ts";
import { stringOperators } from "./string.ts";

/** One key of one operator in a statement's Condition. */
export interface Condition {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** As written; keys are compared without regard to case. */
  readonly key: string;
  readonly values: readonly string[];
}

export type ConditionTest = (context: Context) => boolean;

type Qualifier = "ForAllValues" | "ForAnyValue";

interface ReadOperator {
  readonly qualifier: Qualifier | undefined;
  /** Undefined for Null, which compares no values. */
  readonly operator: Operator | undefined;
  readonly ifExists: boolean;
}

const operators: Operators = {
  ...stringOperators,
  ...numericOperators,
  ...dateOperators,
  ...boolOperators,
  ...binaryOperators,
  ...ipOperators,
  ...arnOperators,
};

const qualifiers: readonly Qualifier[] = ["ForAllValues", "ForAnyValue"];

/** What an operator's name says; undefined where AWS has no such operator. */
export function readOperator(name: string): ReadOperator | undefined {
  const qualifier = qualifiers.find((candidate) => name.startsWith(`${candidate}:`));
  const unqualified = qualifier === undefined ? name : name.slice(qualifier.length + 1);
  if (unqualified === "Null") return { qualifier, operator: undefined, ifExists: false };
  const ifExists = unqualified.endsWith("IfExists");
  const base = ifExists ? unqualified.slice(0, -"IfExists".length) : unqualified;
  const operator = Object.hasOwn(operators, base) ? operators[base] : undefined;
  return operator === undefined ? undefined : { qualifier, operator, ifExists };
}

/**
 * The test of one condition. Several values of the policy are alternatives, and for a negated operator none of them may
 * match. Where the request lacks the key, a condition does not hold unless its operator is negated or ends in IfExists;
 * over a set of values ForAllValues holds and ForAnyValue does not, negated or not. An operator without a qualifier never
 * holds for a multivalued key, be it negated or IfExists, and were there but one value. (IAM User Guide, "Condition
 * operators" and "Single-valued vs. multivalued context keys"; all of it observed 2026-09.)
 */
export function compileCondition(condition: Condition, variables: boolean, effect: "Allow" | "Deny"): ConditionTest {
  const key = condition.key.toLowerCase();
  const read = readOperator(condition.operator);
  // The grammar refuses unknown operators with keys under them; one that got here must not let a statement grant, nor
  // keep it from denying.
  if (read === undefined) return () => effect === "Deny";
  const { qualifier, operator, ifExists } = read;
  if (operator === undefined) return compileNull(key, condition.values);
  const { negated } = operator;
  // A list without values matches nothing, and its negation does not hold either (IAM Access Analyzer, "Empty array
  // condition").
  const empty = condition.values.length === 0;
  const compare = operator.compile(condition.values, variables);
  const test = (actual: string, context: Context): boolean | "malformed" => {
    if (empty) return false;
    const outcome = compare(actual, context);
    if (outcome === "malformed") return outcome;
    return outcome === "incomparable" ? false : (outcome === "match") !== negated;
  };
  const held = (result: boolean | "malformed"): boolean => (result === "malformed" ? effect === "Deny" : result);
  if (qualifier === undefined) {
    const whenAbsent = ifExists || (negated && !empty);
    return (context) => {
      const values = context.get(key);
      if (values === undefined) return whenAbsent;
      const value = values[0];
      return value !== undefined && !isMultivalued(context, key, values) && held(test(value, context));
    };
  }
  const all = qualifier === "ForAllValues";
  return (context) => {
    const values = context.get(key);
    if (values === undefined) return all || ifExists;
    for (const value of values) {
      const result = test(value, context);
      if (result === "malformed") return effect === "Deny";
      if (result !== all) return !all;
    }
    return all;
  };
}
