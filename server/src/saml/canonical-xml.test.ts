import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { canonicalText } from "./canonical-xml.ts";
import { elementsOf, type XmlElement } from "./xml.ts";
import { parseXml } from "./xml-parser.ts";

const exclusive = (element: XmlElement, ...prefixes: string[]) =>
  canonicalText(element, { method: "exclusive", inclusivePrefixes: new Set(prefixes) });
const inclusive = (element: XmlElement) =>
  canonicalText(element, { method: "inclusive", inclusivePrefixes: new Set() });
const firstOf = (element: XmlElement) => elementsOf(element)[0] ?? assert.fail("there is no element");

suite("canonical XML", () => {
  // The examples of Canonical XML 1.0, section 3, less what belongs to document types.
  test("3.2: white space in content stays", () => {
    const text = "<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n</doc>";
    assert.equal(inclusive(parseXml(text)), text);
    assert.equal(exclusive(parseXml(text)), text);
  });

  test("3.3: start and end tags", () => {
    const root = parseXml(
      `<doc><e1   /><e2   ></e2><e3   name = "elem3"   id="elem3"   /><e4   name="elem4"   id="elem4"   ></e4><e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"\n      xmlns:b="http://www.ietf.org"\n      xmlns:a="http://www.w3.org"\n      xmlns="http://example.org"/><e6 xmlns="" xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns="" xmlns:a="http://www.w3.org"><e9 xmlns="" xmlns:a="http://www.ietf.org" attr="default"/></e8></e7></e6></doc>`,
    );
    assert.equal(
      inclusive(root),
      `<doc><e1></e1><e2></e2><e3 id="elem3" name="elem3"></e3><e4 id="elem4" name="elem4"></e4><e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5><e6 xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns=""><e9 xmlns:a="http://www.ietf.org" attr="default"></e9></e8></e7></e6></doc>`,
    );
    assert.match(exclusive(root), /<e6><e7 xmlns="http:\/\/www.ietf.org"><e8 xmlns=""><e9 attr="default"><\/e9>/);
  });

  test("3.4: references, and what must be written as one", () => {
    const root = parseXml(
      `<doc><text>First line&#x0d;&#10;Second line</text><value>&#x32;</value><compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute><compute expr='value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"'>valid</compute><norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/></doc>`,
    );
    assert.equal(
      inclusive(root),
      `<doc><text>First line&#xD;\nSecond line</text><value>2</value><compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute><compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;">valid</compute><norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm></doc>`,
    );
  });

  test("3.7: a part takes along the namespaces and xml: attributes around it, where it is inclusive", () => {
    const root = parseXml(
      `<doc xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org" xml:lang="en" xml:space="preserve"><e1 xml:lang="de"><e2 xmlns=""><e3 id="E3"/></e2></e1></doc>`,
    );
    const e1 = firstOf(root);
    const e3 = firstOf(firstOf(e1));
    assert.equal(inclusive(e3), '<e3 xmlns:w3c="http://www.w3.org" id="E3" xml:lang="de" xml:space="preserve"></e3>');
    assert.equal(exclusive(e3), '<e3 id="E3"></e3>');
    assert.equal(
      exclusive(e1),
      '<e1 xmlns="http://www.ietf.org" xml:lang="de"><e2 xmlns=""><e3 id="E3"></e3></e2></e1>',
    );
  });

  test("a namespace is declared where it is used first, unless it is to be inherited (Exclusive XML Canonicalization, 2.2)", () => {
    const root = parseXml(
      `<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n0:local>`,
    );
    const elem2 = firstOf(root);
    assert.equal(
      exclusive(elem2),
      `<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>`,
    );
    assert.equal(
      exclusive(elem2, "n0"),
      `<n1:elem2 xmlns:n0="foo:bar" xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>`,
    );
    assert.match(exclusive(elem2, "n3"), /^<n1:elem2 xmlns:n1="http:\/\/example.net" xmlns:n3="ftp:\/\/example.org"/);
  });

  test("brothers each declare what they use, and a prefix that means something else is declared anew", () => {
    const root = parseXml(
      '<a xmlns:p="urn:1" xmlns:q="urn:2"><p:b/><p:b q:c=""><p:d xmlns:p="urn:3"/><p:d/></p:b></a>',
    );
    assert.equal(
      exclusive(root),
      '<a><p:b xmlns:p="urn:1"></p:b><p:b xmlns:p="urn:1" xmlns:q="urn:2" q:c=""><p:d xmlns:p="urn:3"></p:d><p:d></p:d></p:b></a>',
    );
  });

  test("comments are left out, and so is the element that is to be", () => {
    const root = parseXml("<a>1<!-- 2 --><b>3</b>4<c/></a>");
    assert.equal(
      canonicalText(root, { method: "exclusive", inclusivePrefixes: new Set() }, firstOf(root)),
      "<a>14<c></c></a>",
    );
  });
});
