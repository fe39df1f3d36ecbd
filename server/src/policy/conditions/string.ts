import { compileGlob, compilePattern, type Glob, matchGlob } from "../match.ts";
import { resolvePieces, resolveText, type Template } from "../variables.ts";
import { type Comparison, type Operator, type Operators, policyValue } from "./comparison.ts";

function equality(fold: (text: string) => string): (values: readonly string[], variables: boolean) => Comparison {
  return (values, variables) => {
    const fixed = new Set<string>();
    const templates: Template[] = [];
    for (const value of values) {
      const compiled = policyValue(value, variables);
      if (typeof compiled === "string") fixed.add(fold(compiled));
      else templates.push(compiled);
    }
    return (actual, context) => {
      const folded = fold(actual);
      if (fixed.has(folded)) return "match";
      for (const template of templates) {
        const expected = resolveText(template, context);
        if (expected !== undefined && fold(expected) === folded) return "match";
      }
      return "mismatch";
    };
  };
}

function likeness(values: readonly string[], variables: boolean): Comparison {
  const globs: Glob[] = [];
  const templates: Template[] = [];
  for (const value of values) {
    const compiled = policyValue(value, variables);
    if (typeof compiled === "string") globs.push(compilePattern(compiled));
    else templates.push(compiled);
  }
  return (actual, context) => {
    for (const glob of globs) if (matchGlob(glob, actual)) return "match";
    for (const template of templates) {
      const pieces = resolvePieces(template, context);
      if (pieces !== undefined && matchGlob(compileGlob(pieces), actual)) return "match";
    }
    return "mismatch";
  };
}

const exact = equality((text) => text);
// AWS compares what toLowerCase gives, not Unicode's case folding: "s" is not "ſ", "ΟΣ" is "ος" (observed 2026-09).
const ignoringCase = equality((text) => text.toLowerCase());

function operator(negated: boolean, compile: Operator["compile"]): Operator {
  return { negated, accepts: () => true, compile };
}

export const stringOperators: Operators = {
  StringEquals: operator(false, exact),
  StringNotEquals: operator(true, exact),
  StringEqualsIgnoreCase: operator(false, ignoringCase),
  StringNotEqualsIgnoreCase: operator(true, ignoringCase),
  StringLike: operator(false, likeness),
  StringNotLike: operator(true, likeness),
};
