import type { NumberShape, Shape } from "../../contract/shape.ts";

type Integer = "integer" | "long";

/** Java's int, and of its long what a double holds exactly. */
const largest = { integer: 2 ** 31 - 1, long: Number.MAX_SAFE_INTEGER };

export function fitsInteger(value: number, type: Integer): boolean {
  return Number.isInteger(value) && value <= largest[type] && value >= -largest[type] - 1;
}

/**
 * A JSON number as the shape's type holds it. AWS cuts fractions off integers, and lets one that is too large fail its
 * range (both observed on Athena, 2026-09): it is kept at the type's end.
 */
export function fitNumber(value: number, type: NumberShape["type"]): number {
  if (type === "float" || type === "double") return value;
  return Math.trunc(Math.min(Math.max(value, -largest[type] - 1), largest[type])) + 0; // -0 is 0
}

/** RFC 4648 base64, padded, without other characters; undefined for anything else. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, "base64"));
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** An output that does not fit its shape is a fault of ours, and must not leave half-written. */
export function misfit(shape: Shape, value: unknown): never {
  throw new TypeError(`an output has ${value === null ? "null" : typeof value} where its shape is ${shape.type}`);
}
