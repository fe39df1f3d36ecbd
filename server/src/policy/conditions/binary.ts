import type { Comparison, Operators } from "./comparison.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

/**
 * Both sides are base64 text of the bytes. Only the canonical text counts: "YQ" and "YR==" do not equal "YQ==" (observed
 * 2026-09), so that equal bytes are equal texts.
 */
function compile(values: readonly string[]): Comparison {
  const operands = new Set(values.filter((value) => base64.test(value)));
  return (actual) => (operands.has(actual) ? "match" : "mismatch");
}

export const binaryOperators: Operators = {
  BinaryEquals: { negated: false, accepts: (value) => base64.test(value), compile },
};
