import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CsvError, readRecord } from "./csv.ts";

function all(text: string): (readonly string[])[] {
  const records = [];
  for (let at = 0, line = 1; ; ) {
    const record = readRecord(text, at, line);
    if (record === undefined) return records;
    records.push(record.values);
    at = record.end;
    line = record.nextLine;
  }
}

suite("CSV", () => {
  const files: [text: string, records: string[][]][] = [
    ["", []],
    ["\n\r\n", []],
    [
      "a,b\r\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["a,,\n", [["a", "", ""]]],
    ['"a,b","say ""hi""","two\nlines"\nnext', [["a,b", 'say "hi"', "two\nlines"], ["next"]]],
    ["Mr\\, Ann,b\n", [["Mr, Ann", "b"]]],
    ['a"b,c', [['a"b', "c"]]],
  ];
  for (const [text, records] of files) {
    test(JSON.stringify(text), () => assert.deepEqual(all(text), records));
  }

  test("lines are counted, also those within quotation marks", () => {
    assert.deepEqual(readRecord('\n"a\nb"\nc', 0, 1), { values: ["a\nb"], end: 7, line: 2, nextLine: 4 });
  });

  test("what is not closed, and what is too long", () => {
    assert.throws(() => readRecord('"a', 0, 1), new CsvError("A quotation mark is not closed."));
    assert.throws(() => readRecord("a".repeat(200_000), 0, 1), new CsvError("A line is too long."));
  });
});
