import assert from "node:assert/strict";
import { test } from "node:test";
import { JsonError, type JsonNode, positionsIn, readJson } from "./json.ts";

/** What JSON.parse would give, of texts without long numbers. */
function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
    case "array":
      return node.items.map(plain);
    case "number":
      return Number(node.text);
    case "null":
      return null;
    default:
      return node.value;
  }
}

function refusedAt(text: string, maximumDepth = 8): number | undefined {
  try {
    readJson(text, maximumDepth);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof JsonError, String(error));
    return error.offset;
  }
}

test("reads what JSON.parse reads", () => {
  const texts = [
    "{}",
    "[]",
    " \t\r\n[ 1 , -0 , 1.5e+3 , 0.25E-2 , 10 ] \n",
    '{"a": {"b": [true, false, null, "", {"c": []}]}, "": 1}',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00 \u007f é😀 \u2028"',
    '"\\ud800"',
    "1",
    "null",
  ];
  for (const text of texts) assert.deepEqual(plain(readJson(text, 8)), JSON.parse(text), text);
});

test("refuses what JSON.parse refuses", () => {
  const texts = [
    "",
    " ",
    "nul",
    "nullx",
    "True",
    "01",
    "+1",
    "1.",
    ".5",
    "1e",
    "- 1",
    "NaN",
    "Infinity",
    "0x1",
    "'a'",
    '"a',
    '"\\x"',
    '"\\u12g4"',
    '"\\u12"',
    '"a\nb"',
    '"\t"',
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1",
    "[",
    "{",
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{"a" 1}',
    "{a:1}",
    '{"a":1',
    "{1:1}",
    "{}{}",
    "[]]",
    "\ufeff{}",
    "\u00a0{}",
    "/* */ {}",
  ];
  for (const text of texts) {
    assert.throws(() => JSON.parse(text), SyntaxError, text);
    assert.notEqual(refusedAt(text), undefined, text);
  }
});

test("refuses a member given twice, also where an escape hides it", () => {
  assert.equal(refusedAt('{"a":1,"b":2,"a":3}'), 13);
  assert.equal(refusedAt('{"a":1,"\\u0061":2}'), 7);
  assert.equal(refusedAt('{"a":{"a":1},"A":{"a":1}}'), undefined);
  assert.equal(refusedAt('{"__proto__":1,"__proto__":2}'), 15);
});

test("refuses what nests deeper than allowed, at the bracket that does", () => {
  assert.equal(refusedAt('[[{"a":1}]]', 3), undefined);
  assert.equal(refusedAt('[[{"a":[]}]]', 3), 7);
  assert.equal(refusedAt('[[{"a":{}}]]', 3), 7);
});

test("keeps where values stand, the order of members and the digits of numbers", () => {
  const root = readJson(' {"b": 1.50, "a": [ "x\\n" , 12345678901234567890 ]} ', 8);
  assert.deepEqual(root, {
    kind: "object",
    start: 1,
    end: 51,
    members: [
      { key: "b", value: { kind: "number", text: "1.50", start: 7, end: 11 } },
      {
        key: "a",
        value: {
          kind: "array",
          start: 18,
          end: 50,
          items: [
            { kind: "string", value: "x\n", start: 20, end: 25 },
            { kind: "number", text: "12345678901234567890", start: 28, end: 48 },
          ],
        },
      },
    ],
  });
});

test("lines end with LF, CR or both; columns count characters", () => {
  const text = "a\nb\r\n😀c\rd\n\ne";
  const positionOf = positionsIn(text);
  const places = ["a", "b", "😀", "c", "d", "e"].map((mark) => {
    const { line, column } = positionOf(text.indexOf(mark));
    return `${mark} ${line}:${column}`;
  });
  assert.deepEqual(places, ["a 1:1", "b 2:1", "😀 3:1", "c 3:2", "d 4:1", "e 6:1"]);
  const end = positionOf(text.length);
  assert.deepEqual(end, { line: 6, column: 2 });
});
