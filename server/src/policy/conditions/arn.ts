import { compileArn, type Glob, matchArn, type Piece, splitArn } from "../match.ts";
import { resolvePieces, type Template } from "../variables.ts";
import { type Comparison, type Operators, policyValue } from "./comparison.ts";

type Pattern = "every" | "malformed" | readonly Glob[];

function compilePieces(pieces: readonly Piece[]): Pattern {
  if (pieces.length === 1 && pieces[0]?.text === "*" && !pieces[0].literal) return "every";
  return compileArn(pieces) ?? "malformed";
}

/** The values are tried in their order: what follows a malformed one is not reached (observed 2026-09). */
function compile(values: readonly string[], variables: boolean): Comparison {
  const operands: readonly (Pattern | { readonly template: Template })[] = values.map((value) => {
    const compiled = policyValue(value, variables);
    return typeof compiled === "string" ? compilePieces([{ text: compiled, literal: false }]) : { template: compiled };
  });
  return (actual, context) => {
    const components = splitArn(actual);
    if (components === undefined) return "incomparable";
    for (const operand of operands) {
      let pattern: Pattern;
      if (typeof operand === "object" && "template" in operand) {
        const pieces = resolvePieces(operand.template, context);
        if (pieces === undefined) continue;
        pattern = compilePieces(pieces);
      } else {
        pattern = operand;
      }
      if (pattern === "malformed") return "malformed";
      if (pattern === "every" || matchArn(pattern, components)) return "match";
    }
    return "mismatch";
  };
}

const accepts = (value: string): boolean => value === "*" || value.startsWith("arn:") || value.startsWith("${");

/** ArnEquals and ArnLike are one operator under two names (IAM User Guide, "ARN condition operators"). */
export const arnOperators: Operators = {
  ArnEquals: { negated: false, accepts, compile },
  ArnLike: { negated: false, accepts, compile },
  ArnNotEquals: { negated: true, accepts, compile },
  ArnNotLike: { negated: true, accepts, compile },
};
