import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { formOf } from "./browser-input.ts";

const form = (text: string, type = "application/x-www-form-urlencoded") =>
  formOf({ headers: new Map([["content-type", type]]), body: Buffer.from(text) });

suite("formOf", () => {
  const base64 = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256)).toString("base64");

  for (const text of [
    "a=1&b=2&a=3",
    "a&b=&=c&&d=e=f",
    "a+b=c+d%2Be",
    `SAMLResponse=${encodeURIComponent(base64)}&RelayState=x`,
    `SAMLResponse=${encodeURIComponent(base64).toLowerCase()}`,
    `all=${[...Buffer.from(base64)].map((code) => `%${code.toString(16)}`).join("")}`,
    "name=J%C3%BCrgen+%F0%9F%98%80&%C3%A9=1",
    "raw=Jürgen",
    "broken=%&x=%4&y=%4z&z=%zz&w=100%25&v=%25zz",
    "bad=%ff%fe&null=%00",
  ]) {
    test(`reads ${text.slice(0, 60)} as the URL Standard does`, () => {
      assert.deepEqual([...(form(text) ?? [])], [...new URLSearchParams(text)]);
    });
  }

  test("takes nothing else for a form, and none that is too large", () => {
    assert.deepEqual([...(form("a=1", "text/plain") ?? [])], []);
    assert.deepEqual([...(form("a=1", "Application/X-WWW-Form-Urlencoded; charset=utf-8") ?? [])], [["a", "1"]]);
    assert.equal(form(`a=${"x".repeat(409_600)}`), undefined);
    assert.equal(form("&".repeat(1_000)), undefined);
    assert.equal(form("a&".repeat(999))?.size, 999);
  });
});
