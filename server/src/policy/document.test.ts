import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PolicyError, type PolicyKind, parsePolicy } from "./document.ts";

interface DocumentCase {
  readonly name: string;
  readonly kind: PolicyKind;
  /** The document, or its text where it matters how it is written. */
  readonly document?: unknown;
  readonly text?: string;
  readonly message?: string;
  readonly source: string;
}

const vectors = new URL("../../test/vectors/policy/documents/", import.meta.url);

function casesIn(file: string): readonly DocumentCase[] {
  const content: { cases: readonly DocumentCase[] } = JSON.parse(readFileSync(new URL(file, vectors), "utf8"));
  assert.equal(new Set(content.cases.map((one) => one.name)).size, content.cases.length, "names differ");
  return content.cases;
}

function textOf({ document, text }: DocumentCase): string {
  return text ?? JSON.stringify(document);
}

function refusal(text: string, kind: PolicyKind): { code: string; message: string } | undefined {
  try {
    parsePolicy(text, kind);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof PolicyError, String(error));
    return { code: error.code, message: error.message };
  }
}

test("documents that are refused, in AWS's words", () => {
  for (const one of casesIn("refused.json")) {
    const expected = { code: "MalformedPolicyDocument", message: one.message };
    assert.deepEqual(refusal(textOf(one), one.kind), expected, one.name);
  }
});

test("documents that are accepted", () => {
  for (const one of casesIn("accepted.json")) assert.equal(refusal(textOf(one), one.kind), undefined, one.name);
});

test("a document is read as it stands", () => {
  const document = {
    Version: "2012-10-17",
    Id: "an id",
    Statement: [
      { Sid: "One", Effect: "Allow", Action: "s3:Get*", NotResource: ["arn:aws:s3:::a", "arn:aws:s3:::b"] },
      {
        Effect: "Deny",
        NotAction: ["iam:*", "sts:*"],
        Resource: "*",
        Condition: {
          Bool: { "aws:SecureTransport": false },
          NumericLessThan: { "s3:max-keys": [10, "1e1", 1.5] },
          StringEquals: { "aws:username": "ann", "aws:userid": [] },
        },
      },
    ],
  };
  const { statements, ...policy } = parsePolicy(JSON.stringify(document), "managed");
  assert.deepEqual(policy, { kind: "managed", version: "2012-10-17", id: "an id" });
  const [first, second] = statements.map(({ start, end, ...statement }) => statement);
  assert.deepEqual(first, {
    index: 0,
    sid: "One",
    effect: "Allow",
    notAction: false,
    actions: ["s3:Get*"],
    notResource: true,
    resources: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
    notPrincipal: false,
    principals: undefined,
    conditions: [],
  });
  assert.deepEqual(second, {
    index: 1,
    sid: undefined,
    effect: "Deny",
    notAction: true,
    actions: ["iam:*", "sts:*"],
    notResource: false,
    resources: ["*"],
    notPrincipal: false,
    principals: undefined,
    conditions: [
      { operator: "Bool", key: "aws:SecureTransport", values: ["false"] },
      { operator: "NumericLessThan", key: "s3:max-keys", values: ["10", "1e1", "1.5"] },
      { operator: "StringEquals", key: "aws:username", values: ["ann"] },
      { operator: "StringEquals", key: "aws:userid", values: [] },
    ],
  });
});

test("principals are read by type, in order, and a trust policy is about no resource", () => {
  const document = {
    Statement: {
      Effect: "Allow",
      Principal: { Service: "ec2.amazonaws.com", AWS: ["123456789012", "*"] },
      Action: "sts:AssumeRole",
    },
  };
  const { version, statements } = parsePolicy(JSON.stringify(document), "trust");
  assert.equal(version, "2008-10-17");
  assert.equal(statements[0]?.resources, undefined);
  assert.equal(statements[0]?.notPrincipal, false);
  assert.deepEqual(statements[0]?.principals, [
    { type: "Service", value: "ec2.amazonaws.com" },
    { type: "AWS", value: "123456789012" },
    { type: "AWS", value: "*" },
  ]);
});

function positions(text: string): string[] {
  return parsePolicy(text, "identity").statements.map(
    ({ start, end }) => `${start.line}:${start.column}-${end.line}:${end.column}`,
  );
}

test("statements stand where simulations say they do (observed 2026-09)", () => {
  const one = '{"Effect": "Allow", "Action": "*", "Resource": "*"}';
  assert.deepEqual(positions(`{"Version": "2012-10-17", "Statement": ${one}}`), ["1:41-1:91"]);
  assert.deepEqual(positions(`{"Statement":[${one},${one}]}`), ["1:15-1:66", "1:66-1:118"]);
  const lines = `{\n  "Statement": [\n    ${one},\n    ${one}\n  ]\n}`;
  const expected = ["2:17-3:56", "3:56-4:56"];
  assert.deepEqual(positions(lines), expected);
  assert.deepEqual(positions(lines.replaceAll("\n", "\r\n")), expected);
  assert.deepEqual(positions(lines.replaceAll("\n", "\r")), expected);
});

test("a column counts characters", () => {
  const one = '{"Sid":"","Effect":"Allow","Action":"s3:é😀","Resource":"*"}';
  assert.deepEqual(positions(`{"Id":"😀é","Statement":[${one}]}`), ["1:25-1:84"]);
});

test("no document is too deep or too long to be refused", () => {
  const syntax = { code: "MalformedPolicyDocument", message: "Syntax errors in policy." };
  assert.deepEqual(refusal("[".repeat(500_000), "identity"), syntax);
  assert.deepEqual(refusal('{"a":'.repeat(100_000), "identity"), syntax);
  const action = "s3:Get".padEnd(1_000_000, "x");
  const long = JSON.stringify({ Statement: { Effect: "Allow", Action: action, Resource: "*" } });
  assert.equal(refusal(long, "identity"), undefined);
  assert.deepEqual(refusal(long.padEnd(1_048_577), "identity"), syntax);
});

test("names that objects inherit are neither elements, operators nor kinds of principal", () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    const statement = '"Effect":"Allow","Action":"*","Resource":"*"';
    const syntax = { code: "MalformedPolicyDocument", message: "Syntax errors in policy." };
    assert.deepEqual(refusal(`{"${name}":{},"Statement":{${statement}}}`, "identity"), syntax);
    assert.deepEqual(refusal(`{"Statement":{${statement},"${name}":{}}}`, "identity"), syntax);
    assert.deepEqual(refusal(`{"Statement":{${statement},"Condition":{"${name}":{"a":"b"}}}}`, "identity"), syntax);
    const trust = `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"${name}":"a"}}}`;
    assert.match(refusal(trust, "trust")?.message ?? "", /^Syntax error at position \(1,\d+\)$/);
  }
});
