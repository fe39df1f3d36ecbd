import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findCode, findPair, totp, totpStep } from "./totp.ts";

/** RFC 6238, appendix B, for SHA-1; its eight digits end in these six. */
const seed = Buffer.from("12345678901234567890");
const vectors = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
] as const;

describe("totp", () => {
  test("the vectors of RFC 6238", () => {
    for (const [seconds, code] of vectors) assert.equal(totp(seed, totpStep(seconds * 1000)), code);
  });

  test("a step is 30 seconds, from the epoch", () => {
    assert.deepEqual([0, 29_999, 30_000, 59_999, 60_000].map(totpStep), [0, 0, 1, 1, 2]);
  });
});

describe("findCode", () => {
  const none = () => false;

  test("finds the step within reach, both ends included", () => {
    for (const step of [98, 99, 100, 101, 102]) assert.equal(findCode(seed, totp(seed, step), 100, 2, none), step);
    for (const step of [97, 103]) assert.equal(findCode(seed, totp(seed, step), 100, 2, none), undefined);
  });

  test("passes by the steps that were used", () => {
    assert.equal(
      findCode(seed, totp(seed, 100), 100, 2, (step) => step === 100),
      undefined,
    );
  });

  test("nothing but six digits is a code, and there is none before the epoch", () => {
    for (const code of ["", "12345", "1234567", "abcdef"]) assert.equal(findCode(seed, code, 100, 2, none), undefined);
    assert.equal(findCode(seed, totp(seed, 1), 0, 2, none), 1);
  });
});

describe("findPair", () => {
  const window = { around: 5000, back: 998, ahead: 1000, after: 0 };
  const pair = (second: number) => [totp(seed, second - 1), totp(seed, second)] as const;

  test("finds the second code's step, both ends included", () => {
    for (const step of [4002, 4999, 5000, 5001, 6000]) assert.equal(findPair(seed, pair(step), window), step);
    for (const step of [4001, 6001]) assert.equal(findPair(seed, pair(step), window), undefined);
  });

  test("refuses codes that do not follow each other", () => {
    const [first, second] = pair(5000);
    assert.equal(findPair(seed, [second, first], window), undefined);
    assert.equal(findPair(seed, [second, second], window), undefined);
    assert.equal(findPair(seed, [totp(seed, 4998), second], window), undefined);
  });

  test("both codes are later than the last ones", () => {
    assert.equal(findPair(seed, pair(5000), { ...window, after: 4998 }), 5000);
    assert.equal(findPair(seed, pair(5000), { ...window, after: 4999 }), undefined);
    assert.equal(findPair(seed, pair(5000), { ...window, after: 5000 }), undefined);
  });
});
