import type { Comparison, Operator, Operators } from "./comparison.ts";

/**
 * A decimal of any length: 0.`digits` times ten to the `exponent`. AWS compares decimals, not doubles: 9007199254740992 is
 * not 9007199254740993, and 1, 01, +1, 1., 1.0 and 1e0 are one number (observed 2026-09).
 */
interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

const grammar = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,10}))?$/;
// The largest scale that the service's decimals have.
const maximumExponent = 2_147_483_647;

function parseDecimal(text: string): Decimal | undefined {
  const found = grammar.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = "", fraction = "", power = "0"] = found;
  if (whole === "" && fraction === "") return undefined;
  const exponent = Number(power);
  if (Math.abs(exponent) > maximumExponent) return undefined;
  const all = whole + fraction;
  let from = 0;
  while (from < all.length && all.charCodeAt(from) === 0x30) from += 1;
  let to = all.length;
  while (to > from && all.charCodeAt(to - 1) === 0x30) to -= 1;
  if (from === to) return { sign: 0, digits: "", exponent: 0 };
  return { sign: sign === "-" ? -1 : 1, digits: all.slice(from, to), exponent: whole.length - from + exponent };
}

function compare(left: Decimal, right: Decimal): number {
  if (left.sign !== right.sign) return left.sign - right.sign;
  if (left.exponent !== right.exponent) return left.exponent > right.exponent ? left.sign : -left.sign;
  // Fractions without trailing zeros are ordered as their digits are.
  if (left.digits === right.digits) return 0;
  return left.digits > right.digits ? left.sign : -left.sign;
}

function operator(negated: boolean, holds: (order: number) => boolean): Operator {
  function compile(values: readonly string[]): Comparison {
    const operands: Decimal[] = [];
    for (const value of values) {
      const operand = parseDecimal(value);
      if (operand !== undefined) operands.push(operand);
    }
    return (actual) => {
      const decimal = parseDecimal(actual);
      if (decimal === undefined) return "mismatch";
      return operands.some((operand) => holds(compare(decimal, operand))) ? "match" : "mismatch";
    };
  }
  return { negated, accepts: (value) => parseDecimal(value) !== undefined, compile };
}

export const numericOperators: Operators = {
  NumericEquals: operator(false, (order) => order === 0),
  NumericNotEquals: operator(true, (order) => order === 0),
  NumericLessThan: operator(false, (order) => order < 0),
  NumericLessThanEquals: operator(false, (order) => order <= 0),
  NumericGreaterThan: operator(false, (order) => order > 0),
  NumericGreaterThanEquals: operator(false, (order) => order >= 0),
};
