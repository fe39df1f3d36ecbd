import { hash } from "node:crypto";

/** RFC 6238 over RFC 4226 as virtual MFA devices use it: SHA-1, six digits, steps of 30 seconds since the epoch. */
export function totp(seed: Uint8Array, step: number): string {
  return String(numbersOf(seed)(step)).padStart(6, "0");
}

const stepMs = 30_000;

/** The step that a time, in milliseconds since the epoch, lies in. */
export function totpStep(now: number): number {
  return Math.floor(now / stepMs);
}

/** The step within `reach` of `around` whose code this is and that `isUsed` does not know; the nearest where there are several. */
export function findCode(
  seed: Uint8Array,
  code: string,
  around: number,
  reach: number,
  isUsed: (step: number) => boolean,
): number | undefined {
  const numberAt = numbersOf(seed);
  const given = numberOf(code);
  for (const step of outward(around, reach, reach)) {
    if (!isUsed(step) && numberAt(step) === given) return step;
  }
  return undefined;
}

/**
 * The step of the second of two codes that follow each other, from `back` steps before `around` to `ahead` steps after it,
 * both later than `after`. The nearest first: a device whose clock is right costs two codes, whatever the reach.
 */
export function findPair(
  seed: Uint8Array,
  codes: readonly [first: string, second: string],
  window: { readonly around: number; readonly back: number; readonly ahead: number; readonly after: number },
): number | undefined {
  const numberAt = numbersOf(seed);
  const [first, second] = [numberOf(codes[0]), numberOf(codes[1])];
  for (const step of outward(window.around, window.back, window.ahead)) {
    if (step - 1 <= window.after) continue;
    if (numberAt(step) === second && numberAt(step - 1) === first) return step;
  }
  return undefined;
}

function* outward(around: number, back: number, ahead: number): Generator<number> {
  yield around;
  for (let distance = 1; distance <= Math.max(back, ahead); distance++) {
    if (distance <= back) yield around - distance;
    if (distance <= ahead) yield around + distance;
  }
}

/** Numbers are compared instead of texts: that takes the same time wherever they differ. */
function numberOf(code: string): number {
  return /^\d{6}$/.test(code) ? Number(code) : Number.NaN;
}

const blockLength = 64;
const counterLength = 8;

/**
 * The codes of a seed, as numbers. HMAC is written out (RFC 2104, 2) over two hashes at once, since a search through two
 * thousand steps would else spend most of its time making objects: 3 µs a step instead of 10.
 */
function numbersOf(seed: Uint8Array): (step: number) => number {
  if (seed.length > blockLength) throw new RangeError(`A seed has at most ${blockLength} bytes.`);
  const inner = Buffer.alloc(blockLength + counterLength, 0x36);
  const outer = Buffer.alloc(blockLength + 20, 0x5c);
  for (const [at, byte] of seed.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (step) => {
    // Before the epoch there are no steps; a clock in a test may stand near it.
    if (step < 0) return -1;
    inner.writeBigUInt64BE(BigInt(step), blockLength);
    outer.write(hash("sha1", inner, "binary"), blockLength, "latin1");
    const digest = hash("sha1", outer, "buffer");
    // RFC 4226, 5.3: the last four bits say where the 31 bits begin.
    const offset = (digest.at(-1) ?? 0) & 15;
    return (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  };
}
