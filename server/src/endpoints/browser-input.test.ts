import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { cookieIn, formOf } from "./browser-input.ts";

suite("what browsers send", () => {
  test("cookies: the first of a name, as it stands", () => {
    assert.equal(cookieIn("a=1; cognito=x.y=z; cognito=2", "cognito"), "x.y=z");
    assert.equal(cookieIn("a=1,cognito=2", "cognito"), "2", "two headers");
    assert.equal(cookieIn("xcognito=1; cognito", "cognito"), undefined);
    assert.equal(cookieIn("", "cognito"), undefined);
    assert.equal(cookieIn(undefined, "cognito"), undefined);
    assert.equal(cookieIn(`a=${"x".repeat(16_384)}; cognito=1`, "cognito"), undefined, "too long to look at");
  });

  test("forms: of their type alone, and of a size", () => {
    const form = (type: string | undefined, text: string) =>
      formOf({ headers: new Map(type === undefined ? [] : [["content-type", type]]), body: Buffer.from(text) });
    assert.equal(form("application/x-www-form-urlencoded", "a=%C3%A4+b")?.get("a"), "ä b");
    assert.equal(form("Application/X-WWW-Form-Urlencoded; charset=utf-8", "a=1")?.get("a"), "1");
    for (const type of [undefined, "", "application/json", "multipart/form-data", "text/plain"]) {
      assert.equal(form(type, "a=1")?.size, 0, type);
    }
    assert.equal(form("application/x-www-form-urlencoded", "a".repeat(409_601)), undefined);
  });
});
