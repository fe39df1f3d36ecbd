import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compileActions,
  compileArn,
  compileGlob,
  compilePattern,
  compileResourceGlob,
  type Glob,
  matchAction,
  matchArn,
  matchGlob,
  splitArn,
} from "./match.ts";

function resourceGlob(pattern: string): Glob {
  return compileResourceGlob([{ text: pattern, literal: false }]);
}

/** What wildcards mean, in the plainest way there is. */
function plainMatch(pattern: string, text: string): boolean {
  let reached = new Set([0]);
  for (let at = 0; at < pattern.length; at++) {
    const next = new Set<number>();
    for (const place of reached) {
      if (pattern[at] === "*") for (let end = place; end <= text.length; end++) next.add(end);
      else if (place < text.length && (pattern[at] === "?" || pattern[at] === text[place])) next.add(place + 1);
    }
    reached = next;
  }
  return reached.has(text.length);
}

/** The same numbers on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

function someText(next: (below: number) => number, alphabet: string, longest: number): string {
  return Array.from({ length: next(longest + 1) }, () => alphabet[next(alphabet.length)]).join("");
}

test("a pattern matches what its wildcards mean", () => {
  const next = numbers(1);
  let matches = 0;
  for (let round = 0; round < 20_000; round++) {
    const pattern = someText(next, "aab**?", 8);
    const text = someText(next, "aab", 8);
    const expected = plainMatch(pattern, text);
    assert.equal(matchGlob(compilePattern(pattern), text), expected, `${pattern} on ${text}`);
    // Where wildcards are held within a segment, a text without colons is all one segment.
    assert.equal(matchGlob(resourceGlob(pattern), text), expected, `${pattern} on ${text}, as a resource`);
    if (expected) matches += 1;
  }
  assert.ok(matches > 2_000 && matches < 18_000, `${matches} matches`);
});

test("wildcards in a piece that is literal are characters", () => {
  const glob = compileGlob([
    { text: "home/*/", literal: false },
    { text: "a*?", literal: true },
    { text: "/?", literal: false },
  ]);
  assert.equal(matchGlob(glob, "home/x/y/a*?/1"), true);
  assert.equal(matchGlob(glob, "home/x/y/abc/1"), false);
  assert.equal(matchGlob(glob, "home/x/y/a*?/"), false);
  assert.equal(matchGlob(compileGlob([{ text: "*", literal: true }]), "anything"), false);
});

test("a question mark is one UTF-16 unit (observed 2026-09)", () => {
  assert.equal(matchGlob(compilePattern("a?b"), "aéb"), true);
  assert.equal(matchGlob(compilePattern("a?b"), "a😀b"), false);
  assert.equal(matchGlob(compilePattern("a??b"), "a😀b"), true);
});

test("an ARN is matched component by component", () => {
  function matches(pattern: string, text: string): boolean | undefined {
    const globs = compileArn([{ text: pattern, literal: false }]);
    const components = splitArn(text);
    return globs === undefined || components === undefined ? undefined : matchArn(globs, components);
  }
  assert.equal(matches("arn:aws:s3:::b/*", "arn:aws:s3:::b/o:p"), true);
  assert.equal(matches("arn:*:s3:*:*:b", "arn:aws:s3:::b"), true);
  assert.equal(matches("arn:aws:*:b", "arn:aws:s3:::b"), undefined);
  assert.equal(matches("*", "arn:aws:s3:::b"), undefined);
  assert.equal(matches("ar*:aws:s3:::b", "arn:aws:s3:::b"), undefined);
  assert.equal(matches("arn:aws:s3:::b", "arn:aws:s3::b"), undefined);
  assert.equal(matches("arn:aws:s3:::b", "b"), undefined);
});

test("action names are looked up whether they are few or many", () => {
  for (const count of [3, 300]) {
    const matcher = compileActions([...Array.from({ length: count }, (_, at) => `iam:Get${at}`), "S3:List*"]);
    assert.equal(matchAction(matcher, "iam:get0"), true);
    assert.equal(matchAction(matcher, `iam:get${count - 1}`), true);
    assert.equal(matchAction(matcher, `iam:get${count}`), false);
    assert.equal(matchAction(matcher, "s3:listbucket"), true);
    assert.equal(matchAction(matcher, "s3:getobject"), false);
  }
  assert.equal(matchAction(compileActions(["*"]), "any:thing"), true);
  assert.equal(matchAction(compileActions([]), "any:thing"), false);
});

/** These take no time where a match is linear, and no end of it where a matcher goes back and tries again. */
test("no pattern makes a match go back and try again", () => {
  const text = "a".repeat(100_000);
  const patterns = [
    `${"a*".repeat(3_000)}b`,
    `${"*a".repeat(3_000)}*b`,
    `${"*".repeat(6_000)}b`,
    `${"*?".repeat(3_000)}b`,
    `${"?*".repeat(3_000)}b`,
    `${"a?*".repeat(2_000)}b`,
    `*${"a".repeat(3_000)}b*`,
  ];
  for (const pattern of patterns) {
    assert.equal(matchGlob(compilePattern(pattern), text), false, pattern.slice(0, 8));
    assert.equal(matchGlob(compilePattern(pattern), `${text}b`), true, pattern.slice(0, 8));
  }
});

test("nor does a pattern in which stars may not pass a colon", () => {
  const pattern = `arn:aws:s3:${"*a".repeat(500)}b::x`;
  const text = `arn:aws:s3:${"a".repeat(2_000)}`;
  assert.equal(matchGlob(resourceGlob(pattern), `${text}b::x`), true);
  assert.equal(matchGlob(resourceGlob(pattern), `${text}c::x`), false);
  assert.equal(matchGlob(resourceGlob(pattern), `${text}:b::x`), false);
});
