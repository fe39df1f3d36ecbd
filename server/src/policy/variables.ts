/**
 * Policy variables: `${key}`, `${key, 'default'}` and the three escapes `${*}`, `${?}`, `${$}`. They exist only in documents
 * of version 2012-10-17. What a variable gives is never read again: a star in a user's name is a star, not a wildcard.
 */

import { type Context, isMultivalued } from "./context.ts";
import type { Piece } from "./match.ts";

interface TextPart {
  readonly kind: "text";
  readonly piece: Piece;
}

interface VariablePart {
  readonly kind: "variable";
  /** As the policy spells it. */
  readonly name: string;
  readonly key: string;
  readonly fallback: string | undefined;
}

export type TemplatePart = TextPart | VariablePart;
export type Template = readonly TemplatePart[];

function text(value: string, literal: boolean): TextPart {
  return { kind: "text", piece: { text: value, literal } };
}

/** Where the variable that opens before `from` closes; a quoted default may hold a brace. */
function closing(source: string, from: number): number {
  let quoted = false;
  for (let at = from; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === 0x27) quoted = !quoted;
    else if (code === 0x7d && !quoted) return at;
  }
  return -1;
}

function variable(body: string): TemplatePart | undefined {
  if (body === "*" || body === "?" || body === "$") return text(body, true);
  const comma = body.indexOf(",");
  const name = (comma < 0 ? body : body.slice(0, comma)).trim();
  if (name === "") return undefined;
  if (comma < 0) return { kind: "variable", name, key: name.toLowerCase(), fallback: undefined };
  const quoted = body.slice(comma + 1).trim();
  const fallback = quoted.slice(1, -1);
  if (quoted.length < 2 || quoted[0] !== "'" || !quoted.endsWith("'") || fallback.includes("'")) return undefined;
  return { kind: "variable", name, key: name.toLowerCase(), fallback };
}

/** The parts of a text with variables; undefined where one is not closed or not well formed. */
export function parseTemplate(source: string): Template | undefined {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (;;) {
    const open = source.indexOf("${", from);
    if (open < 0) break;
    const close = closing(source, open + 2);
    if (close < 0) return undefined;
    const part = variable(source.slice(open + 2, close).trim());
    if (part === undefined) return undefined;
    if (open > from) parts.push(text(source.slice(from, open), false));
    parts.push(part);
    from = close + 1;
  }
  if (from < source.length || parts.length === 0) parts.push(text(source.slice(from), false));
  return parts;
}

export function hasVariables(source: string): boolean {
  return source.includes("${");
}

/**
 * The value of a variable. A multivalued key has none, and its default does not stand in for it (observed 2026-09); an
 * empty value is a value.
 */
function variableValue(part: VariablePart, context: Context): string | undefined {
  const values = context.get(part.key);
  if (values === undefined) return part.fallback;
  return isMultivalued(context, part.key, values) ? undefined : values[0];
}

/** The pattern that a template stands for in this request; undefined where a variable has no value. */
export function resolvePieces(template: Template, context: Context): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const part of template) {
    if (part.kind === "text") {
      pieces.push(part.piece);
      continue;
    }
    const value = variableValue(part, context);
    if (value === undefined) return undefined;
    pieces.push({ text: value, literal: true });
  }
  return pieces;
}

/** The text that a template stands for where stars are not wildcards; undefined where a variable has no value. */
export function resolveText(template: Template, context: Context): string | undefined {
  let result = "";
  for (const part of template) {
    const value = part.kind === "text" ? part.piece.text : variableValue(part, context);
    if (value === undefined) return undefined;
    result += value;
  }
  return result;
}
