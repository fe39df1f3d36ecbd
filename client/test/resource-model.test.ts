/**
 * boto3's IAM resource layer as facts (resource-model.json), walked: every resource, action, reference, collection, load
 * and waiter that boto3 has is called here, and the request it sends, the parameters it fills from its identifiers and the
 * resource it returns are compared with the facts. Answers are made from the facts, too.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, suite, test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import * as front from "../src/index.ts";
import { type Answer, answering, type Form, type Member } from "./wire.ts";

/** Identifier or request member to where it comes from, such as `identifier:Name` or `response:Users[].UserName`. */
type Sources = Readonly<Record<string, string>>;

interface Related {
  readonly type: string;
  readonly identifiers: Sources;
  /** Where the answer holds the resource's attributes. */
  readonly path?: string;
}

interface ResourceFacts {
  readonly identifiers: readonly string[];
  readonly attributes?: readonly string[];
  readonly load?: { readonly operation: string; readonly params: Sources; readonly path: string };
  readonly actions: Readonly<Record<string, { operation: string; params: Sources; returns?: Related }>>;
  readonly has: Readonly<Record<string, Related>>;
  readonly hasMany: Readonly<Record<string, { operation: string; params: Sources; items: Related }>>;
}

interface Facts {
  readonly service: ResourceFacts;
  readonly resources: Readonly<Record<string, ResourceFacts>>;
  readonly waiters: Readonly<Record<string, { operation: string; maxAttempts: number }>>;
}

const facts: Facts = JSON.parse(readFileSync(new URL("resource-model.json", import.meta.url), "utf8"));

// Where ours differs from boto3's model on purpose. boto3 maps only the id, and so fails after the upload.
const createSigningCertificate = facts.service.actions.CreateSigningCertificate?.returns;
assert.deepEqual(createSigningCertificate?.identifiers, { Id: "response:Certificate.CertificateId" });
Object.assign(createSigningCertificate.identifiers, { UserName: "response:Certificate.UserName" });
// boto3 drops the answer's Policy and PolicyVersion; ours carry them.
const carriedBeyondBoto3: Sources = { CreatePolicy: "Policy", CreatePolicyVersion: "PolicyVersion" };
// The one list of the model without pages (pagination facts of the API model).
const unpaged = new Set(["ListSAMLProviders"]);

const reached = new Set<string>();

/** A client that records the forms and answers each operation by name. */
function peer(answers: Readonly<Record<string, (form: Form) => Answer>>): { client: sdk.IAMClient; forms: Form[] } {
  const forms: Form[] = [];
  const client = answering((form) => {
    forms.push(form);
    reached.add(String(form.Action));
    return answers[String(form.Action)]?.(form) ?? {};
  });
  return { client, forms };
}

for (const [type, resource] of [["Iam", facts.service] as const, ...Object.entries(facts.resources)]) {
  suite(`boto3's ${type === "Iam" ? "service resource" : type}`, () => {
    test("has its identifiers", () => {
      const subject = make(type, peer({}).client);
      for (const name of resource.identifiers) assert.equal(Reflect.get(subject, camel(name)), `${type}.${name}`);
    });

    if (resource.load !== undefined) {
      const { operation, params, path } = resource.load;
      test("loads", async () => {
        const { client, forms } = peer({ [operation]: () => answerWith(path) });
        const subject = make(type, client);
        assert.equal(await call(subject, "load"), subject);
        assert.equal(await call(subject, "reload"), subject);
        const expected = { Action: operation, ...filled(type, params) };
        assert.deepEqual(forms, [expected, expected]);
      });
    } else if (resource.attributes !== undefined) {
      test("has no load", async () => {
        const subject = make(type, peer({}).client);
        assert.equal("load" in subject, false);
        await assert.rejects(async () => await call(subject, "attributes"), { name: "ResourceLoadError" });
      });
    }

    for (const [action, { operation, params, returns }] of Object.entries(resource.actions)) {
      test(`does ${action}`, async () => {
        const { client, forms } = peer({
          [operation]: () => answerWith(returns?.path ?? carriedBeyondBoto3[operation], returns),
        });
        const given = givenFor(params, returns);
        const result = await call(make(type, client), camel(action), given);
        assert.deepEqual(forms, [{ Action: operation, ...given, ...filled(type, params) }]);
        if (returns === undefined) assert.equal(result, undefined);
        else {
          assertIs(result, returns, (source) => valueFrom(type, source, { ...given, ...filled(type, params) }));
          const carries = returns.path ?? carriedBeyondBoto3[operation];
          assert.equal(Reflect.get(result, "loaded") !== undefined, carries !== undefined);
        }
      });
    }

    for (const [name, related] of Object.entries(resource.has)) {
      const sources = Object.values(related.identifiers);
      test(`refers to ${name}`, async () => {
        const load = resource.load?.operation ?? "";
        const shape = dataFor(related);
        const { client } = peer({ [load]: () => answerWith(resource.load?.path, undefined, shape) });
        const subject = make(type, client, resource.load === undefined ? [shape] : []);
        if (sources.some((source) => source.startsWith("data:"))) {
          const result = await call(subject, camel(name));
          const many = related.path?.endsWith("[]") === true;
          const [one, ...others] = many && Array.isArray(result) ? result : [result];
          assert.deepEqual(others, []);
          assertIs(one, related, (source) => valueFrom(type, source, {}));
        } else {
          const inputs = sources.filter((source) => source === "input").map((_, index) => `input ${index}`);
          const result =
            inputs.length > 0 || type === "Iam"
              ? call(subject, camel(name), ...inputs)
              : Reflect.get(subject, camel(name));
          assertIs(result, related, (source) => (source === "input" ? inputs.shift() : valueFrom(type, source, {})));
        }
      });
    }

    for (const [name, { operation, params, items }] of Object.entries(resource.hasMany)) {
      test(`lists ${name}`, async () => {
        const { client, forms } = peer({
          [operation]: ({ Marker }) => ({
            ...listAnswer(items, Marker ?? "first"),
            IsTruncated: Marker === undefined,
            ...(Marker === undefined && { Marker: "second" }),
          }),
        });
        const collection: unknown = Reflect.get(make(type, client), camel(name));
        assert.ok(collection instanceof front.Collection);
        const listed: unknown[] = await collection.pageSize(1).toArray();

        const request = { Action: operation, ...filled(type, params) };
        if (unpaged.has(operation)) assert.deepEqual(forms, [request]);
        else {
          const MaxItems = "1";
          assert.deepEqual(forms, [
            { ...request, MaxItems },
            { ...request, MaxItems, Marker: "second" },
          ]);
        }
        const pages = unpaged.has(operation) ? ["first"] : ["first", "second"];
        assert.equal(listed.length, pages.length);
        for (const [index, page] of pages.entries()) {
          const item = listed[index];
          assertIs(item, items, (source) =>
            source.startsWith("response:")
              ? `${page} ${source.slice("response:".length)}`
              : valueFrom(type, source, {}),
          );
          assert.equal(Reflect.get(item, "loaded") !== undefined, items.path !== undefined);
        }
      });
    }
  });
}

test("the service resource makes every resource by its identifiers", () => {
  const iam = new front.Iam(peer({}).client);
  for (const [type, { identifiers }] of Object.entries(facts.resources)) {
    const values = identifiers.map((name) => `${type}.${name}`);
    const made = call(iam, camel(type), ...values);
    assert.ok(made instanceof front.Resource);
    assert.equal(made.kind, type);
    assert.deepEqual(made.constructor, Reflect.get(front, type));
    for (const [index, name] of identifiers.entries()) assert.equal(Reflect.get(made, camel(name)), values[index]);
  }
});

suite("boto3's waiters", () => {
  for (const [waiter, { operation, maxAttempts }] of Object.entries(facts.waiters)) {
    test(waiter, async () => {
      const type = waiter.replace(/Exists$/, "");
      const { client, forms } = peer({ [operation]: () => ({ status: 404, Code: "NoSuchEntity", Message: "No." }) });
      await assert.rejects(async () => await call(make(type, client), "waitUntilExists", { delay: 0 }), {
        name: "WaiterError",
        waiter,
        attempts: maxAttempts,
      });
      assert.equal(forms.length, maxAttempts);
      assert.deepEqual(new Set(forms.map(({ Action }) => Action)), new Set([operation]));
    });
  }
});

after(() => {
  const all = Object.keys(sdk)
    .filter((name) => name.endsWith("Command") && !name.startsWith("$"))
    .map((name) => name.slice(0, -"Command".length));
  const unreached = all.filter((operation) => !reached.has(operation)).sort();
  const file = new URL("../unreached-operations.txt", import.meta.url);
  assert.equal(
    readFileSync(file, "utf8"),
    `${unreached.join("\n")}\n`,
    "unreached-operations.txt is not the list of IAM operations that no resource reaches",
  );
  for (const operation of reached) assert.ok(all.includes(operation), `${operation} is no IAM operation`);
});

/** `SamlProviders` to `samlProviders`. */
function camel(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function factsOf(type: string): ResourceFacts {
  const resource = type === "Iam" ? facts.service : facts.resources[type];
  assert.ok(resource !== undefined, `boto3 has no ${type}`);
  return resource;
}

/** A resource whose identifiers are named after themselves. */
function make(type: string, client: sdk.IAMClient, more: readonly unknown[] = []): object {
  const resourceClass: unknown = Reflect.get(front, type);
  assert.ok(typeof resourceClass === "function", `there is no ${type}`);
  const identifiers = factsOf(type).identifiers.map((name) => `${type}.${name}`);
  const made: unknown = Reflect.construct(resourceClass, [client, ...identifiers, ...more]);
  assert.ok(made instanceof front.Resource);
  return made;
}

function call(subject: object, method: string, ...given: readonly unknown[]): unknown {
  const found: unknown = Reflect.get(subject, method);
  assert.ok(typeof found === "function", `there is no ${method}()`);
  return Reflect.apply(found, subject, given);
}

function valueFrom(type: string, source: string, request: Form): string | undefined {
  const [kind, name = ""] = source.split(":");
  if (kind === "identifier") return `${type}.${name}`;
  if (kind === "string") return name;
  if (kind === "requestParameter") return request[name];
  return name; // response and data members are named after themselves
}

function filled(type: string, params: Sources): Form {
  return Object.fromEntries(
    Object.entries(params).map(([member, source]) => [member, valueFrom(type, source, {}) ?? assert.fail()]),
  );
}

/** The request members that an action must be given so that its result can take identifiers from them. */
function givenFor(params: Sources, returns: Related | undefined): Form {
  const wanted = Object.values(returns?.identifiers ?? {})
    .filter((source) => source.startsWith("requestParameter:"))
    .map((source) => source.slice("requestParameter:".length))
    .filter((member) => !(member in params));
  return Object.fromEntries(wanted.map((member) => [member, `given ${member}`]));
}

function assertIs(
  value: unknown,
  { type, identifiers }: Related,
  expected: (source: string) => string | undefined,
): asserts value is object {
  assert.ok(value instanceof front.Resource, `not a resource: ${String(value)}`);
  assert.equal(value.constructor, Reflect.get(front, type));
  // The service resource's Policy names its identifier differently from Policy's own (PolicyArn, Arn): go by position.
  const names = factsOf(type).identifiers;
  assert.equal(Object.keys(identifiers).length, names.length, `${type} has other identifiers`);
  for (const [index, name] of names.entries()) {
    const source = identifiers[name] ?? Object.values(identifiers)[index] ?? "";
    const wanted = expected(source);
    assert.ok(wanted !== undefined && wanted !== "");
    assert.equal(Reflect.get(value, camel(name)), wanted);
  }
}

/** An answer that holds attributes at `path` and all response members that the returned resource is made from. */
function answerWith(path?: string, returns?: Related, attributes: Readonly<Record<string, Member>> = {}): Answer {
  const answer: Record<string, Member> = {};
  if (path === "@") Object.assign(answer, { PolicyDocument: "%7B%7D", ...attributes });
  else if (path !== undefined) answer[path] = { Path: "/", ...attributes };
  for (const source of Object.values(returns?.identifiers ?? {})) {
    if (source.startsWith("response:"))
      place(answer, source.slice("response:".length), source.slice("response:".length));
  }
  return answer;
}

/** Attributes from which a reference can take its identifiers. */
function dataFor({ identifiers }: Related): Readonly<Record<string, Member>> {
  const shape: Record<string, Member> = {};
  for (const source of Object.values(identifiers)) {
    if (source.startsWith("data:")) place(shape, source.slice("data:".length), source.slice("data:".length));
  }
  return shape;
}

/** One page of a list with one item, whose members are named after themselves and the page. */
function listAnswer({ identifiers }: Related, page: string): Readonly<Record<string, Member>> {
  const answer: Record<string, Member> = {};
  for (const source of Object.values(identifiers)) {
    if (source.startsWith("response:")) {
      const path = source.slice("response:".length);
      place(answer, path, `${page} ${path}`);
    }
  }
  return answer;
}

/** Puts a value where a path such as `Users[].UserName`, `PolicyNames[]` or `Policy.Arn` points. */
function place(target: Record<string, Member>, path: string, value: string): void {
  const [step = "", ...rest] = path.split(".");
  const list = step.endsWith("[]");
  const name = list ? step.slice(0, -2) : step;
  if (rest.length === 0) {
    target[name] = list ? [value] : value;
    return;
  }
  const holder: Record<string, Member> = { ...first(target[name]) };
  place(holder, rest.join("."), value);
  target[name] = list ? [holder] : holder;
}

function first(member: Member | undefined): Readonly<Record<string, Member>> {
  const holder: unknown = Array.isArray(member) ? member[0] : member;
  return typeof holder === "object" && holder !== null ? (holder as Readonly<Record<string, Member>>) : {}; // only place() builds these
}
