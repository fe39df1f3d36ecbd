import assert from "node:assert/strict";
import { test } from "node:test";
import { ServiceException } from "../../contract/service-exception.ts";
import { type FormNode, parseForm } from "./form.ts";

function refused(message: string) {
  return (error: unknown) => {
    assert.ok(error instanceof ServiceException);
    assert.deepEqual([error.code, error.message], ["MalformedQueryString", message]);
    return true;
  };
}

/** The tree as plain nested arrays, so that `__proto__` is compared like any other name. */
function outline(node: FormNode | undefined): unknown {
  if (node === undefined) return undefined;
  const children = [...(node.children ?? [])].map(([name, child]) => [name, outline(child)]);
  return node.text === undefined ? children : children.length === 0 ? node.text : [node.text, ...children];
}

test("names and values are decoded: plus, escapes, UTF-8 of every length", () => {
  const form = parseForm("Action=CreateUser&User+Name=a+b%2Bc&Caf%C3%A9=%E2%82%AC%F0%9F%94%91&Empty=&Bare&&");
  assert.equal(form.get("Action"), "CreateUser");
  assert.equal(form.get("User Name"), "a b+c");
  assert.equal(form.get("Café"), "€🔑");
  assert.equal(form.get("Empty"), "");
  assert.equal(form.get("Bare"), "");
  assert.equal(form.get("Missing"), undefined);
  assert.equal(form.nested, false);
});

test("a value keeps what follows its first equals sign", () => {
  assert.equal(parseForm("Marker=YWJj==&X=1").get("Marker"), "YWJj==");
});

test("CRLF and the other line ends of a certificate come through unchanged", () => {
  const body = "-----BEGIN CERTIFICATE-----\r\nMIIB+/==\r\n-----END CERTIFICATE-----\r\n";
  assert.equal(parseForm(`CertificateBody=${encodeURIComponent(body)}`).get("CertificateBody"), body);
});

test("bytes sent without escapes are UTF-8 too", () => {
  const text = Buffer.from("Name=Zoë+%F0%9F%94%91", "utf8").toString("latin1");
  assert.equal(parseForm(text).get("Name"), "Zoë 🔑");
});

test("bytes that are not UTF-8 become U+FFFD", () => {
  assert.equal(parseForm("Name=a%FFb").get("Name"), "a\ufffdb");
  assert.equal(parseForm("Name=%ED%A0%80").get("Name"), "\ufffd\ufffd\ufffd");
});

test("of a parameter sent twice the first counts", () => {
  const form = parseForm("UserName=ann&UserName=bob&Tags.member.1.Key=a&Tags.member.1.Key=b");
  assert.equal(form.get("UserName"), "ann");
  assert.deepEqual(outline(form.root), [
    ["UserName", "ann"],
    ["Tags", [["member", [["1", [["Key", "a"]]]]]]],
  ]);
});

test("bad escapes are refused in AWS's words", () => {
  assert.throws(() => parseForm("A=%"), refused("Incomplete trailing escape % sequence"));
  assert.throws(() => parseForm("A=abc%4"), refused("Incomplete trailing escape % sequence"));
  assert.throws(() => parseForm("A=%4&B=1"), refused("Incomplete trailing escape % sequence"));
  assert.throws(() => parseForm("A=%yy"), refused("Illegal hex character in escape % pattern: %yy"));
  assert.throws(() => parseForm("A=%41%4g"), refused("Illegal hex character in escape % pattern: %4g"));
  assert.throws(() => parseForm("A%zz=1"), refused("Illegal hex character in escape % pattern: %zz"));
});

test("names with parts are one tree, whatever the parts are called", () => {
  const form = parseForm(
    "Tags.member.2.Key=b&Tags.member.1.Key=a&__proto__.polluted=1&constructor.prototype.polluted=2&A..B=3&C.=4",
  );
  assert.equal(form.nested, true);
  assert.deepEqual(outline(form.root), [
    [
      "Tags",
      [
        [
          "member",
          [
            ["2", [["Key", "b"]]],
            ["1", [["Key", "a"]]],
          ],
        ],
      ],
    ],
    ["__proto__", [["polluted", "1"]]],
    ["constructor", [["prototype", [["polluted", "2"]]]]],
    ["A", [["", [["B", "3"]]]]],
    ["C", [["", "4"]]],
  ]);
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

test("a name may say something itself and hold others", () => {
  assert.deepEqual(outline(parseForm("Tags=&Tags.member.1=x").root), [["Tags", ["", ["member", [["1", "x"]]]]]]);
});

test("ten thousand parameters are read, one more is refused, and so are a hundred thousand", () => {
  const form = (count: number) =>
    Array.from({ length: count }, (_, index) => `TagKeys.member.${index + 1}=k`).join("&");
  assert.equal(parseForm(form(10_000)).root.children?.get("TagKeys")?.children?.get("member")?.children?.size, 10_000);
  for (const count of [10_001, 100_000]) {
    assert.throws(() => parseForm(form(count)), refused("The request has more than 10000 parameters"));
  }
});

test("a name deeper than any shape is refused", () => {
  const deep = (parts: number) => `${Array.from({ length: parts }, () => "a").join(".")}=1`;
  assert.equal(parseForm(deep(32)).root.children?.has("a"), true);
  for (const parts of [33, 200_000]) {
    const form = parseForm(deep(parts));
    assert.throws(() => form.root, refused("A parameter name has more than 32 parts"));
  }
});
