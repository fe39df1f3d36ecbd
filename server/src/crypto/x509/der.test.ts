import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeTime, elementAt, encodeElement, encodeTime, tag } from "./der.ts";

test("what is encoded is found again, whatever its length", () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65_535]) {
    const content = Buffer.alloc(length, 7);
    const der = Buffer.concat([Buffer.of(0), encodeElement(tag.sequence, content.subarray(0, 1), content.subarray(1))]);
    const element = elementAt(der, 1, der.length);
    assert.ok(element);
    assert.equal(element.tag, tag.sequence);
    assert.equal(element.end, der.length);
    assert.deepEqual(der.subarray(element.start, element.end), content);
  }
});

test("an element that does not fit is none", () => {
  const der = encodeElement(tag.sequence, Buffer.alloc(200));
  assert.ok(elementAt(der, 0, der.length));
  for (let limit = 0; limit < der.length; limit++) assert.equal(elementAt(der, 0, limit), undefined);
  assert.equal(elementAt(der, der.length, der.length), undefined);
  assert.equal(elementAt(der, 0, der.length + 1)?.end, der.length);
});

test("a length has one form", () => {
  for (const head of ["3080", "308101", "30817f", "30820080", "308200ff", "3083000100", "308400000100", "30ff"]) {
    const der = Buffer.concat([Buffer.from(head, "hex"), Buffer.alloc(300)]);
    assert.equal(elementAt(der, 0, der.length), undefined, head);
  }
});

test("an element longer than two bytes of length can say is not written", () => {
  const error = new RangeError("A DER element of more than 65535 bytes.");
  assert.throws(() => encodeElement(tag.sequence, Buffer.alloc(65_536)), error);
});

test("times are UTCTime through 2049, GeneralizedTime after, and lose what is less than a second", () => {
  for (const [time, text] of [
    ["1950-01-01T00:00:00.000Z", "500101000000Z"],
    ["2049-12-31T23:59:59.999Z", "491231235959Z"],
    ["2050-01-01T00:00:00.000Z", "20500101000000Z"],
    ["9999-12-31T23:59:59.999Z", "99991231235959Z"],
  ] as const) {
    const der = Buffer.from(encodeTime(Date.parse(time)));
    assert.equal(der[0], text.length === 13 ? tag.utcTime : tag.generalizedTime);
    assert.equal(der.toString("latin1", 2), text);
    assert.equal(decodeTime(der, { tag: der[0] ?? 0, start: 2, end: der.length }), Date.parse(`${time.slice(0, 19)}Z`));
  }
});
