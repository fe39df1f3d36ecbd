import type { Comparison, Operator, Operators } from "./comparison.ts";

/**
 * ISO 8601 as AWS takes it: a date that may lack its day or month, then perhaps `T` with a time that may lack its seconds,
 * minutes or hours and may have an offset; without one it is UTC. Years go past four digits and below zero.
 */
const iso8601 =
  /^([+-]?[0-9]{1,9})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?:T(?:([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})(?:[.,]([0-9]{1,9}))?)?)?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$/i;
const epochSeconds = /^\+?([0-9]{1,19})$/;
const lastEpochSecond = 9_223_372_036_854_775_807n;
const firstYear = -292_275_054;
const lastYear = 292_278_993;
const day = 86_400_000;

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar; Date.UTC ends long before AWS's last year. */
function daysBefore(year: number, month: number, dayOfMonth: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function offsetMilliseconds(offset: string | undefined): number | undefined {
  if (offset === undefined || offset === "Z" || offset === "z") return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(":", ""));
  if (hours > 23 || minutes > 59) return undefined;
  return (hours * 60 + minutes) * 60_000 * (offset.startsWith("-") ? -1 : 1);
}

/** Milliseconds since the epoch; AWS compares no finer (observed 2026-09). */
function parseDate(text: string): number | undefined {
  const epoch = epochSeconds.exec(text)?.[1];
  if (epoch !== undefined) return BigInt(epoch) > lastEpochSecond ? undefined : Number(epoch) * 1000;
  const found = iso8601.exec(text);
  if (found === null) return undefined;
  const year = Number(found[1]);
  const month = Number(found[2] ?? 1);
  const dayOfMonth = Number(found[3] ?? 1);
  const hours = Number(found[4] ?? 0);
  const minutes = Number(found[5] ?? 0);
  const seconds = Number(found[6] ?? 0);
  const offset = offsetMilliseconds(found[8]);
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || offset === undefined) return undefined;
  if (dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const milliseconds = Number((found[7] ?? "").padEnd(3, "0").slice(0, 3));
  return (
    daysBefore(year, month, dayOfMonth) * day + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds - offset
  );
}

function operator(negated: boolean, holds: (order: number) => boolean): Operator {
  function compile(values: readonly string[]): Comparison {
    const operands: number[] = [];
    for (const value of values) {
      const operand = parseDate(value);
      if (operand !== undefined) operands.push(operand);
    }
    return (actual) => {
      const date = parseDate(actual);
      if (date === undefined) return "mismatch";
      return operands.some((operand) => holds(date - operand)) ? "match" : "mismatch";
    };
  }
  return { negated, accepts: (value) => parseDate(value) !== undefined, compile };
}

export const dateOperators: Operators = {
  DateEquals: operator(false, (order) => order === 0),
  DateNotEquals: operator(true, (order) => order === 0),
  DateLessThan: operator(false, (order) => order < 0),
  DateLessThanEquals: operator(false, (order) => order <= 0),
  DateGreaterThan: operator(false, (order) => order > 0),
  DateGreaterThanEquals: operator(false, (order) => order >= 0),
};
