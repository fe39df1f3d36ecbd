import { resolveText, type Template } from "../variables.ts";
import { type Comparison, type Operators, policyValue } from "./comparison.ts";

/** On both sides `true`, in any case, is true and every other text is false (observed 2026-09). */
export function isTrue(text: string): boolean {
  return text.toLowerCase() === "true";
}

function compile(values: readonly string[], variables: boolean): Comparison {
  const operands = new Set<boolean>();
  const templates: Template[] = [];
  for (const value of values) {
    const compiled = policyValue(value, variables);
    if (typeof compiled === "string") operands.add(isTrue(compiled));
    else templates.push(compiled);
  }
  return (actual, context) => {
    const truth = isTrue(actual);
    if (operands.has(truth)) return "match";
    for (const template of templates) {
      const text = resolveText(template, context);
      if (text !== undefined && isTrue(text) === truth) return "match";
    }
    return "mismatch";
  };
}

export const boolOperators: Operators = { Bool: { negated: false, accepts: () => true, compile } };
