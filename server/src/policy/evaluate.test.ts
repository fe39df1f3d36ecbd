import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type PolicyKind, parsePolicy } from "./document.ts";
import { type CompiledPolicy, compilePolicy, evaluate, matchingStatements, type Principal } from "./evaluate.ts";

interface DecisionCase {
  readonly name: string;
  readonly policies: {
    readonly identity: readonly unknown[];
    readonly boundary?: readonly unknown[];
    readonly session?: readonly unknown[];
    readonly resource?: readonly unknown[];
    readonly resourceKind?: "trust";
    readonly resourceRequired?: boolean;
    readonly serviceControl?: readonly (readonly unknown[])[];
    readonly sameAccount: boolean;
  };
  readonly request: {
    readonly action: string;
    readonly resource: string;
    readonly context: Readonly<Record<string, readonly string[]>>;
    readonly principal?: Principal;
  };
  readonly expect: {
    readonly effect: string;
    readonly by: string;
    readonly statement?: { readonly source: string; readonly index: number; readonly sid?: string };
  };
  readonly source: string;
}

const vectors = new URL("../../test/vectors/policy/decisions/", import.meta.url);

function compileAll(documents: readonly unknown[], kind: PolicyKind, name: string): CompiledPolicy[] {
  return documents.map((document, index) =>
    compilePolicy(parsePolicy(JSON.stringify(document), kind), `${name}/${index}`),
  );
}

function decide({ policies, request }: DecisionCase): DecisionCase["expect"] {
  const { identity, boundary, session, resource, serviceControl, sameAccount, resourceRequired } = policies;
  const { action, context, principal } = request;
  const decision = evaluate(
    {
      action,
      resource: request.resource,
      context: new Map(Object.entries(context)),
      ...(principal === undefined ? {} : { principal }),
    },
    {
      identity: compileAll(identity, "identity", "identity"),
      ...(boundary === undefined ? {} : { boundary: compileAll(boundary, "identity", "boundary") }),
      ...(session === undefined ? {} : { session: compileAll(session, "session", "session") }),
      ...(resource === undefined
        ? {}
        : { resource: compileAll(resource, policies.resourceKind ?? "resource", "resource") }),
      ...(serviceControl === undefined
        ? {}
        : { serviceControl: serviceControl.map((level, at) => compileAll(level, "identity", `serviceControl/${at}`)) }),
      sameAccount,
      ...(resourceRequired === undefined ? {} : { resourceRequired }),
    },
  );
  const { effect, by, statement } = decision;
  if (statement === undefined) return { effect, by };
  const { source, index, sid } = statement;
  return { effect, by, statement: { source, index, ...(sid === undefined ? {} : { sid }) } };
}

for (const file of readdirSync(vectors)) {
  test(`decisions: ${file}`, () => {
    const content: { cases: readonly DecisionCase[] } = JSON.parse(readFileSync(new URL(file, vectors), "utf8"));
    assert.equal(new Set(content.cases.map((one) => one.name)).size, content.cases.length, "names differ");
    for (const one of content.cases) {
      const { sid, ...statement } = one.expect.statement ?? { source: "", index: 0 };
      const actual = decide(one);
      // A case that names no Sid does not care for it.
      const { sid: actualSid, ...actualStatement } = actual.statement ?? { source: "", index: 0 };
      assert.deepEqual(
        { effect: actual.effect, by: actual.by, statement: actualStatement },
        { effect: one.expect.effect, by: one.expect.by, statement },
        one.name,
      );
      if (sid !== undefined) assert.equal(actualSid, sid, one.name);
    }
  });
}

test("a decision says where the deciding statement stands, as simulations do (observed 2026-09)", () => {
  const text =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}';
  const policy = compilePolicy(parsePolicy(text, "identity"), "PolicyInputList.1");
  const decision = evaluate(
    { action: "s3:GetObject", resource: "arn:aws:s3:::b/o", context: new Map() },
    { identity: [policy], sameAccount: true },
  );
  assert.deepEqual(decision, {
    effect: "explicitDeny",
    by: "identity-based",
    statement: {
      source: "PolicyInputList.1",
      sid: undefined,
      index: 1,
      effect: "Deny",
      start: { line: 1, column: 95 },
      end: { line: 1, column: 152 },
    },
  });
});

test("a context is asked only for keys of statements that name the action and the resource", () => {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "iam:*", Resource: "*", Condition: { StringEquals: { "aws:SourceIp": "x" } } },
      {
        Effect: "Allow",
        Action: "s3:*",
        Resource: "arn:aws:s3:::a/*",
        Condition: { StringEquals: { "aws:userid": "x" } },
      },
      {
        Effect: "Allow",
        Action: "s3:*",
        Resource: `arn:aws:s3:::b/\${aws:username}/*`,
        Condition: { StringEquals: { "aws:PrincipalTag/Team": "x" } },
      },
    ],
  });
  const asked: string[] = [];
  const decision = evaluate(
    {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::b/ann/o",
      context: {
        get(key) {
          asked.push(key);
          return key === "aws:username" ? ["ann"] : ["x"];
        },
      },
    },
    { identity: [compilePolicy(parsePolicy(text, "identity"), "p")], sameAccount: true },
  );
  assert.equal(decision.effect, "allowed");
  assert.equal(decision.statement?.index, 2);
  assert.deepEqual(asked, ["aws:username", "aws:principaltag/team"]);
});

test("a context may say which of its keys are multivalued", () => {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "example:roles": "admin" } } },
    ],
  });
  const policies = { identity: [compilePolicy(parsePolicy(text, "identity"), "p")], sameAccount: true };
  const values = new Map([["example:roles", ["admin"]]]);
  const single = evaluate({ action: "a:b", resource: "*", context: values }, policies);
  const multivalued = evaluate(
    {
      action: "a:b",
      resource: "*",
      context: { get: (key) => values.get(key), isMultivalued: (key) => key === "example:roles" },
    },
    policies,
  );
  assert.equal(single.effect, "allowed");
  assert.equal(multivalued.effect, "implicitDeny");
});

test("every statement that applies is listed, denies first, by policy", () => {
  const first = JSON.stringify({
    Statement: [
      { Sid: "A", Effect: "Allow", Action: "s3:*", Resource: "*" },
      { Sid: "B", Effect: "Deny", Action: "s3:Get*", Resource: "*" },
      { Sid: "C", Effect: "Allow", Action: "iam:*", Resource: "*" },
    ],
  });
  const second = JSON.stringify({
    Statement: [
      { Sid: "D", Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "s3:*", Resource: "*" },
      { Sid: "E", Effect: "Allow", Principal: { AWS: "999999999999" }, Action: "s3:*", Resource: "*" },
      { Sid: "F", Effect: "Deny", NotPrincipal: { AWS: "999999999999" }, Action: "s3:*", Resource: "*" },
    ],
  });
  const found = matchingStatements(
    {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::b/o",
      context: new Map(),
      principal: { arn: "arn:aws:iam::123456789012:user/ann", accountId: "123456789012" },
    },
    [compilePolicy(parsePolicy(first, "identity"), "first"), compilePolicy(parsePolicy(second, "resource"), "second")],
  );
  assert.deepEqual(
    found.map(({ source, sid, effect }) => `${source} ${sid} ${effect}`),
    ["first B Deny", "first A Allow", "second F Deny", "second D Allow"],
  );
});
