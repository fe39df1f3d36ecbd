/** DER (X.690) as far as certificates need it. Tags of one byte, definite lengths in their shortest form, nothing else. */

export const tag = {
  integer: 0x02,
  bitString: 0x03,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** [0] EXPLICIT. */
  context0: 0xa0,
} as const;

/** Where an element's content lies in the whole; the next element starts at `end`. */
export interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** The element at an offset; undefined where there is none that fits before `limit`. */
export function elementAt(der: Uint8Array, at: number, limit: number): Element | undefined {
  const first = der[at + 1];
  if (at + 2 > limit || first === undefined) return undefined;
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const size = first & 0x7f;
    // Nothing here is as long as three bytes of length could say.
    if (size > 3 || start + size > limit) return undefined;
    length = 0;
    for (const end = start + size; start < end; start++) length = (length << 8) | (der[start] ?? 0);
    // BER's longer ways to say a length, its indefinite one (no bytes) among them.
    if (length < 0x80 || length >> (8 * (size - 1)) === 0) return undefined;
  }
  const end = start + length;
  return end > limit ? undefined : { tag: der[at] ?? 0, start, end };
}

export function encodeElement(elementTag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  if (length > 0xffff) throw new RangeError("A DER element of more than 65535 bytes.");
  return Buffer.concat([Buffer.of(elementTag, ...head), ...parts]);
}

const utcTime = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const generalizedTime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/** Milliseconds since the epoch; undefined where the element is no time of the calendar in RFC 5280's two forms (4.1.2.5). */
export function decodeTime(der: Buffer, { tag: kind, start, end }: Element): number | undefined {
  const form = kind === tag.utcTime ? utcTime : kind === tag.generalizedTime ? generalizedTime : undefined;
  const match = form?.exec(der.toString("latin1", start, end));
  if (match === null || match === undefined) return undefined;
  const [written = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  // RFC 5280, 4.1.2.5.1: two digits stand for 1950 to 2049.
  const year = form === generalizedTime ? written : written < 50 ? 2000 + written : 1900 + written;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC carries 30 February into March and hour 24 into the next day; before 1950 there is no form for a certificate's time.
  const carried = new Date(at);
  const exact = carried.getUTCFullYear() === year && carried.getUTCDate() === day;
  return exact && year >= 1950 && minute < 60 && second < 60 ? at : undefined;
}

/** RFC 5280, 4.1.2.5: UTCTime through 2049, GeneralizedTime after. Fractions of a second are cut off. */
export function encodeTime(at: number): Uint8Array {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  if (!(year >= 1950 && year <= 9999)) throw new RangeError("A certificate's time lies between 1950 and 9999.");
  const digits = `${date.toISOString().slice(0, 19).replaceAll(/\D/g, "")}Z`;
  return year < 2050
    ? encodeElement(tag.utcTime, Buffer.from(digits.slice(2)))
    : encodeElement(tag.generalizedTime, Buffer.from(digits));
}
