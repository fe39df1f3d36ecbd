import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const guard = fileURLToPath(new URL("guard.js", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "countersign-guard-"));
after(() => rmSync(directory, { recursive: true }));

const script = join(directory, "script.ts");
writeFileSync(script, "const words: string[] = process.argv; console.log(JSON.stringify(words.slice(1)));");

/** Runs the guard as Node of another version would. */
function runAs(version: string | undefined, ...words: string[]) {
  const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
  const options = version === undefined ? [] : ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
  return spawnSync(process.execPath, [...options, guard, ...words], { encoding: "utf8" });
}

test("a script runs as if it had been started itself", () => {
  const { status, stdout, stderr } = runAs(undefined, script, "--write", "a b");
  assert.deepEqual([status, JSON.parse(stdout), stderr], [0, [script, "--write", "a b"], ""]);
});

test("an older Node is told what to do, in one line", () => {
  const { status, stdout, stderr } = runAs("20.20.2", script);
  assert.equal(status, 1);
  assert.equal(stdout, "");
  assert.equal(stderr, "needs Node 24 or newer, found v20.20.2: run npm ci, then npm run or npm test\n");
});
