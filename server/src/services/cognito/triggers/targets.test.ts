import assert from "node:assert/strict";
import { test } from "node:test";
import { readTargets, TargetError, type TargetSettings } from "./targets.ts";

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:sign-up";
const base = "file:///srv/functions/";

function find(functionArn: string, settings: Partial<TargetSettings>) {
  return readTargets({ functions: "", endpoint: undefined, base, ...settings }).find(functionArn);
}

test("a function is found by its name, its ARN and its qualifier, the most exact first", () => {
  const url = (path: string) => ({ kind: "url", url: `http://localhost:1/${path}` });
  const functions = [
    "sign-up=http://localhost:1/name",
    `${arn}=http://localhost:1/arn`,
    "sign-up:live=http://localhost:1/alias",
    "other:live=http://localhost:1/other",
    "plain=http://localhost:1/plain",
  ].join(",");
  assert.deepEqual(find(arn, { functions }), url("arn"));
  assert.deepEqual(find(`${arn}:live`, { functions }), url("arn"));
  assert.deepEqual(find(arn.replace("eu-west-1", "us-east-1"), { functions }), url("name"));
  assert.deepEqual(find(`${arn.replace("eu-west-1", "us-east-1")}:live`, { functions }), url("alias"));
  assert.deepEqual(find(arn.replace("sign-up", "plain:7"), { functions }), url("plain"));
  assert.equal(find(arn.replace("sign-up", "other"), { functions }), undefined);
  assert.equal(find(arn.replace("sign-up", "other:dead"), { functions }), undefined);
});

test("a JSON object says the same as a list", () => {
  const functions = JSON.stringify({ "sign-up": "https://functions.example.com/a,b?c=d" });
  assert.deepEqual(find(arn, { functions }), { kind: "url", url: "https://functions.example.com/a,b?c=d" });
});

test("all others are at the endpoint, their whole ARN in the path", () => {
  const path = "2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Asign-up/invocations";
  const expected = { kind: "invoke", url: `http://localhost:4566/${path}` };
  assert.deepEqual(find(arn, { endpoint: "http://localhost:4566" }), expected);
  assert.deepEqual(find(arn, { endpoint: "http://localhost:4566/" }), expected);
  const functions = "sign-up=http://localhost:9000/2015-03-31/functions/function/invocations";
  assert.deepEqual(find(arn, { functions, endpoint: "http://localhost:4566" }), {
    kind: "invoke",
    url: "http://localhost:9000/2015-03-31/functions/function/invocations",
  });
});

test("an ARN is never taken for an address", () => {
  const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:http://127.0.0.1:1/a";
  assert.equal(find(functionArn, {}), undefined);
  assert.equal(
    new URL(String(Reflect.get(find("../../x", { endpoint: "http://localhost:1" }) ?? {}, "url"))).pathname,
    "/2015-03-31/functions/..%2F..%2Fx/invocations",
  );
});

test("modules are relative to the base, and export a handler unless another is named", () => {
  const module = (path: string, exportName = "handler") => ({ kind: "module", module: path, exportName });
  assert.deepEqual(find(arn, { functions: "sign-up=./a.mjs" }), module("file:///srv/functions/a.mjs"));
  assert.deepEqual(find(arn, { functions: "sign-up=../b c/a.cjs#preSignUp" }), {
    ...module("file:///srv/b%20c/a.cjs", "preSignUp"),
  });
  assert.deepEqual(find(arn, { functions: "sign-up=/opt/a.js" }), module("file:///opt/a.js"));
  assert.deepEqual(find(arn, { functions: "sign-up=file:///opt/a.js" }), module("file:///opt/a.js"));
  assert.deepEqual(readTargets({ functions: "a=/opt/a.js,b=http://localhost", endpoint: undefined, base }).modules, [
    "file:///opt/a.js",
  ]);
});

const refusals: readonly (readonly [Partial<TargetSettings>, string])[] = [
  [{ functions: "sign-up" }, "'sign-up' is no NAME=TARGET"],
  [{ functions: "=http://localhost" }, "'=http://localhost' is no NAME=TARGET"],
  [{ functions: "{" }, "it is no JSON"],
  [{ functions: '{"a": 1}' }, "the target of 'a' must be a string"],
  [
    { functions: "a=data:text/javascript;x.js" },
    "the target of 'a' must be an http:// or https:// URL, or the path of a .js module",
  ],
  [
    { functions: "a=ftp://x/a.js" },
    "the target of 'a' must be an http:// or https:// URL, or the path of a .js module",
  ],
  [{ functions: "a=./a.json" }, "the target of 'a' must be an http:// or https:// URL, or the path of a .js module"],
  [{ functions: "a=http://" }, "the target of 'a' must be an http:// or https:// URL"],
  [{ functions: "a=http://test:password@localhost" }, "the target of 'a' must hold no user name or password"],
  [{ endpoint: "localhost:4566" }, "the endpoint must be an http:// or https:// URL"],
];

for (const [settings, message] of refusals) {
  test(`refuses ${JSON.stringify(settings)}`, () => {
    assert.throws(
      () => find(arn, settings),
      (error) => error instanceof TargetError && error.message === message,
    );
  });
}
