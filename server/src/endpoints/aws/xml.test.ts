import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeXml } from "./xml.ts";

test("text without special characters is returned as it is", () => {
  const text = "user-1 /a/b\tc\nd 'e' é € 🔑 \u007f\u0085\u2028";
  assert.equal(escapeXml(text), text);
});

test("markup and CR are written as references", () => {
  assert.equal(escapeXml('<a b="c">&amp;\r\n</a>]]>'), "&lt;a b=&quot;c&quot;&gt;&amp;amp;&#xD;\n&lt;/a&gt;]]&gt;");
});

test("what XML 1.0 cannot carry becomes U+FFFD", () => {
  for (let code = 0; code < 0x20; code++) {
    const kept = code === 0x09 || code === 0x0a ? String.fromCharCode(code) : code === 0x0d ? "&#xD;" : "\ufffd";
    assert.equal(escapeXml(`a${String.fromCharCode(code)}b`), `a${kept}b`);
  }
  assert.equal(escapeXml("\ufffe\uffff\ufffd"), "\ufffd\ufffd\ufffd");
});
