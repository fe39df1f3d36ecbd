/** RFC 4180, and a backslash before a comma within a value, as Cognito's files have it (developer guide, "Formatting the CSV file"). */

export interface CsvRecord {
  readonly values: readonly string[];
  /** Where the next record begins, in characters. */
  readonly end: number;
  /** The line that it begins on; the first is 1. */
  readonly line: number;
  /** The line that the next one begins on. */
  readonly nextLine: number;
}

/** Characters (developer guide, "Formatting the CSV file"). */
const longestRecord = 16_000;

export class CsvError extends Error {
  override readonly name = "CsvError";
}

/** The record that begins at `start`; undefined at the end. Empty lines are passed over. */
export function readRecord(text: string, start: number, line: number): CsvRecord | undefined {
  let at = start;
  let first = line;
  while (text[at] === "\n" || text[at] === "\r") {
    if (text[at] === "\n") first++;
    at++;
  }
  if (at >= text.length) return undefined;
  const begin = at;
  const values: string[] = [];
  let value = "";
  let isQuoted = false;
  let next = first;
  for (; at < text.length; at++) {
    if (at - begin > longestRecord) throw new CsvError("A line is too long.");
    const character = text[at] ?? "";
    if (character === "\n") next++;
    if (isQuoted) {
      if (character !== '"') value += character;
      else if (text[at + 1] === '"') {
        value += '"';
        at++;
      } else isQuoted = false;
    } else if (character === '"' && value === "") isQuoted = true;
    else if (character === "\\" && text[at + 1] === ",") {
      value += ",";
      at++;
    } else if (character === ",") {
      values.push(value);
      value = "";
    } else if (character === "\n") {
      at++;
      break;
    } else if (character !== "\r") value += character;
  }
  if (isQuoted) throw new CsvError("A quotation mark is not closed.");
  values.push(value);
  return { values, end: at, line: first, nextLine: next };
}
