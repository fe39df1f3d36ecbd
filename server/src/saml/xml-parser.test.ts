import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { SamlError } from "./saml-error.ts";
import { attributeOf, elementsOf, textOf } from "./xml.ts";
import { parseXml } from "./xml-parser.ts";

function refused(text: string): boolean {
  try {
    parseXml(text);
    return false;
  } catch (error) {
    if (error instanceof SamlError && error.code === "malformed") return true;
    throw error;
  }
}

suite("the XML parser", () => {
  test("reads elements, attributes and text with their namespaces", () => {
    const root = parseXml(
      `\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<!-- a --><p:a xmlns:p="urn:1" xmlns="urn:2" b="1" p:b='2' xml:lang="en">x<c/><p:c xmlns:p="urn:3" xmlns=""><d></d></p:c >y</p:a>\n`,
    );
    assert.deepEqual([root.name, root.prefix, root.localName, root.namespace], ["p:a", "p", "a", "urn:1"]);
    assert.deepEqual(
      root.attributes.map(({ localName, namespace, value }) => [localName, namespace, value]),
      [
        ["b", "", "1"],
        ["b", "urn:1", "2"],
        ["lang", "http://www.w3.org/XML/1998/namespace", "en"],
      ],
    );
    assert.equal(attributeOf(root, "b"), "1");
    const [first, second] = elementsOf(root);
    assert.equal(first?.namespace, "urn:2");
    assert.equal(second?.namespace, "urn:3");
    assert.deepEqual(second && elementsOf(second).map(({ namespace }) => namespace), [""]);
    assert.equal(textOf(root), "xy");
    assert.equal(second?.parent, root);
  });

  test("resolves references and CDATA sections, and takes line ends as XML does", () => {
    const root = parseXml(
      `<a b="1\t2\n3\r\n4&#9;&#10;&#13;&quot;">&lt;&gt;&amp;&apos;&#65;&#x1F600;\r\n\r<![CDATA[<b>&amp;]]></a>`,
    );
    assert.equal(attributeOf(root, "b"), '1 2 3 4\t\n\r"');
    assert.equal(textOf(root), "<>&'A\u{1f600}\n\n<b>&amp;");
    assert.equal(root.children.length, 1);
  });

  test("a comment divides no text, but is remembered", () => {
    const root = parseXml("<a>one<!-- - x -->two<b/></a>");
    assert.deepEqual(root.children[0], "onetwo");
    assert.ok(root.hasComment);
    assert.equal(elementsOf(root)[0]?.hasComment, false);
  });

  for (const [what, text] of Object.entries({
    nothing: "",
    text: "a",
    "no end": "<a>",
    "no end of a tag": "<a",
    "no end of an attribute": '<a b="c>',
    "an end too many": "<a></a></a>",
    "another end": "<a></b>",
    "an end that begins like it": "<a></ab>",
    "an overlap": "<a><b></a></b>",
    "no blank between attributes": '<a b=""c=""/>',
    "no quotes": "<a b=c/>",
    "no value": "<a b/>",
    "a tag in a value": '<a b="<"/>',
    "a bare ampersand": "<a>&</a>",
    "a bare ampersand in a value": '<a b="& "/>',
    "a reference without an end": "<a>&amp</a>",
    "an unknown entity": "<a>&nbsp;</a>",
    "an entity named like what every object has": "<a>&toString;</a>",
    "a reference to nothing": "<a>&#;</a>",
    "a reference to no number": "<a>&#x1g;</a>",
    "a reference to a surrogate": "<a>&#xD800;</a>",
    "a reference beyond Unicode": "<a>&#x110000;</a>",
    "a reference of many digits": `<a>&#${"0".repeat(20)}65;</a>`,
    "a control character": "<a>\u0001</a>",
    "a NUL": "<a>\u0000</a>",
    "half a character": "<a>\ud83d</a>",
    "the end of a CDATA section": "<a>]]></a>",
    "a CDATA section without an end": "<a><![CDATA[</a>",
    "a CDATA section outside": "<![CDATA[]]><a/>",
    "a comment without an end": "<a><!-- </a>",
    "a comment with two hyphens": "<a><!-- -- --></a>",
    "a document type": "<!DOCTYPE a><a/>",
    "a processing instruction": "<a><?b?></a>",
    "a processing instruction before": "<?b?><a/>",
    "a declaration within": '<a><?xml version="1.0"?></a>',
    "a declaration of another version": '<?xml version="1.1"?><a/>',
    "a name beyond ASCII": "<\u00e4/>",
    "a name of two colons": '<a:b:c xmlns:a="x"/>',
    "a name of nothing behind its colon": '<a: xmlns:a="x"/>',
    "a name that begins with a digit": "<1/>",
    "an attribute twice": '<a b="" b=""/>',
    "a namespace twice": '<a xmlns:b="x" xmlns:b="y"/>',
    "an undeclared prefix": "<a:b/>",
    "an undeclared prefix of an attribute": '<b a:c=""/>',
    "a prefix whose declaration has ended": '<a><b xmlns:c="x"/><c:d/></a>',
    "a prefix that is undeclared": '<a xmlns:b=""/>',
    "xml declared otherwise": '<a xmlns:xml="x"/>',
    "another prefix for xml": '<a xmlns:b="http://www.w3.org/XML/1998/namespace"/>',
    "xmlns declared": '<a xmlns:xmlns="x"/>',
  })) {
    test(`refuses ${what}`, () => assert.ok(refused(text)));
  }

  test("is bounded in depth, in width and in all", () => {
    const nested = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
    assert.equal(refused(nested(64)), false);
    assert.equal(refused(nested(65)), true);
    const wide = (count: number) => `<a${Array.from({ length: count }, (_, index) => ` a${index}=""`).join("")}/>`;
    assert.equal(refused(wide(64)), false);
    assert.equal(refused(wide(65)), true);
    const many = (count: number) => `<a>${"<b/>".repeat(count)}</a>`;
    assert.equal(refused(many(2_999)), false);
    assert.equal(refused(many(3_000)), true);
    assert.equal(refused(`<a>${"&lt;".repeat(3_000)}</a>`), true);
    assert.equal(refused(`<a>${"x".repeat(99_993)}</a>`), false);
    assert.equal(refused(`<a>${"x".repeat(99_994)}</a>`), true);
  });
});
