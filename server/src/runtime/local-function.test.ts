import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { InvocationError } from "./function-reply.ts";
import { LocalFunctionError, runLocalFunction } from "./local-function.ts";

const directory = mkdtempSync(join(tmpdir(), "countersign-modules-"));
after(() => rmSync(directory, { recursive: true }));

function write(name: string, source: string): string {
  const path = join(directory, name);
  writeFileSync(path, source);
  return pathToFileURL(path).href;
}

const invocation = {
  functionArn: "arn:aws:lambda:us-east-1:123456789012:function:trigger",
  functionName: "trigger",
  requestId: "7f1c0b9c-4e0a-4c5e-8d0a-2f3f9a1b2c3d",
  timeoutMs: 5_000,
};

const run = (module: string, exportName = "handler", timeoutMs = invocation.timeoutMs) =>
  runLocalFunction({ module, exportName }, '{"n":1}', { ...invocation, timeoutMs });

const ways = write(
  "ways.mjs",
  `export const returns = (event) => ({ n: event.n + 1 });
  export const promises = async (event) => ({ n: event.n + 2 });
  export const callsBack = (event, context, callback) => { setImmediate(callback, null, { n: event.n + 3 }); };
  export const isDone = (event, context) => { context.done(null, { n: event.n + 4 }); };
  export const succeeds = (event, context) => { context.succeed({ n: event.n + 5 }); };
  export const nothing = () => {};
  export const throws = () => { throw new TypeError("thrown"); };
  export const rejects = async () => { throw "rejected"; };
  export const refuses = (event, context, callback) => callback(new Error("called back"));
  export const isDoneWith = (event, context) => { context.done("done with"); };
  export const fails = (event, context) => { context.fail(new Error("failed")); };
  export const circles = () => { const a = {}; a.a = a; return a; };
  export const never = (event, context, callback) => {};
  export const late = () => new Promise((resolve, reject) => setTimeout(reject, 20, new Error("late")));
  export const describes = (event, context) => ({
    name: context.functionName,
    arn: context.invokedFunctionArn,
    version: context.functionVersion,
    request: context.awsRequestId,
    remaining: context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 5_000,
  });
  export const notOne = 17;
  `,
);

for (const [name, result] of [
  ["returns", '{"n":2}'],
  ["promises", '{"n":3}'],
  ["callsBack", '{"n":4}'],
  ["isDone", '{"n":5}'],
  ["succeeds", '{"n":6}'],
  ["nothing", "null"],
] as const) {
  test(`a function that ${name}`, async () => {
    assert.equal(await run(ways, name), result);
  });
}

for (const [name, message] of [
  ["throws", "thrown"],
  ["rejects", "rejected"],
  ["refuses", "called back"],
  ["isDoneWith", "done with"],
  ["fails", "failed"],
] as const) {
  test(`a function that ${name} is quoted`, async () => {
    await assert.rejects(run(ways, name), (error) => error instanceof LocalFunctionError && error.message === message);
  });
}

test("what is no JSON is the function's fault", async () => {
  await assert.rejects(
    run(ways, "circles"),
    (error) =>
      error instanceof LocalFunctionError &&
      error.message.startsWith("Unable to stringify response body: Converting circular structure to JSON"),
  );
});

test("the context is that of AWS Lambda", async () => {
  assert.deepEqual(JSON.parse(await run(ways, "describes")), {
    name: "trigger",
    arn: invocation.functionArn,
    version: "$LATEST",
    request: invocation.requestId,
    remaining: true,
  });
});

test("time runs out, and what comes later harms nobody", async () => {
  const timedOut = (error: unknown) => error instanceof InvocationError && error.code === "timeout";
  await assert.rejects(run(ways, "never", 10), timedOut);
  await assert.rejects(run(ways, "late", 10), timedOut);
  await new Promise((resolve) => setTimeout(resolve, 40));
});

test("CommonJS, by names that Node sees and by those that it does not", async () => {
  const seen = write("seen.cjs", "exports.handler = async () => 'seen';");
  assert.equal(await run(seen), '"seen"');
  const unseen = write("unseen.cjs", "module.exports = Object.fromEntries([['handler', async () => 'unseen']]);");
  assert.equal(await run(unseen), '"unseen"');
});

test("a module that is not there, breaks, or has no such function is not reached", async () => {
  const unreachable = (message: string) => (error: unknown) =>
    error instanceof InvocationError && error.code === "unreachable" && error.message === message;
  const unloaded = unreachable("The module of the function cannot be loaded.");
  await assert.rejects(run(pathToFileURL(join(directory, "absent.mjs")).href), unloaded);
  await assert.rejects(run(write("broken.mjs", "throw new Error('at load');")), unloaded);
  await assert.rejects(run(ways, "absent"), unreachable("The module of the function exports no function 'absent'."));
  await assert.rejects(run(ways, "notOne"), unreachable("The module of the function exports no function 'notOne'."));
});
