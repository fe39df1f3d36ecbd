import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { documentSize, encodeDocument } from "./policy-document.ts";

describe("documentSize", () => {
  test("counts every character but white space, wherever it stands", () => {
    assert.equal(documentSize('{"Version": "2012-10-17"}'), 24);
    assert.equal(documentSize('{\r\n\t"Version" :\n"2012-10-17"}\n'), 24);
    assert.equal(documentSize('{"Id": "a b"}'), 11);
    assert.equal(documentSize(" \t\r\n"), 0);
    assert.equal(documentSize("é"), 1);
  });

  test("takes its time by length alone", () => {
    assert.equal(documentSize(" ".repeat(131_072)), 0);
    assert.equal(documentSize("a ".repeat(65_536)), 65_536);
  });
});

describe("encodeDocument", () => {
  test("leaves what RFC 3986 leaves, and encodes the rest in upper-case UTF-8", () => {
    assert.equal(encodeDocument("AZaz09-._~"), "AZaz09-._~");
    assert.equal(encodeDocument("!'()*"), "%21%27%28%29%2A");
    assert.equal(encodeDocument(' "+/:,{}[]\r\n\t%'), "%20%22%2B%2F%3A%2C%7B%7D%5B%5D%0D%0A%09%25");
    assert.equal(encodeDocument("éÿ"), "%C3%A9%C3%BF");
  });

  test("is undone by decoding once", () => {
    const text = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
    assert.equal(decodeURIComponent(encodeDocument(text)), text);
  });
});
