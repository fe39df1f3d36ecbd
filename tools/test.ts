/**
 * `npm test`: everything that the project asks of itself, in order; the first stage that fails ends it.
 *
 *   npm test                      format, lint and types, every test on SQLite, the operations' tests on PostgreSQL
 *   npm test -- users/ sigv4      test files whose path has one of these in it, on SQLite
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { run } from "node:test";
import { spec, type TestEvent } from "node:test/reporters";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

const patterns = process.argv.slice(2);
const every = globSync(["server/**/*.test.ts", "client/**/*.test.ts", "tools/**/*.test.ts"], {
  cwd: root,
  exclude: ["**/node_modules", "**/dist"],
}).toSorted();
process.exitCode = (patterns.length === 0 ? await testAll() : await testSome()) ? 0 : 1;

async function testAll(): Promise<boolean> {
  return (
    npmRun("format and lint", "lint") &&
    npmRun("types", "types") &&
    (await runTests("tests on SQLite", every, undefined)) &&
    (await testOnPostgres())
  );
}

async function testSome(): Promise<boolean> {
  const matching = every.filter((path) => patterns.some((pattern) => path.includes(pattern)));
  if (matching.length === 0) console.error(`no test file has ${patterns.join(" or ")} in its path`);
  return matching.length > 0 && (await runTests("tests on SQLite", matching, undefined));
}

/** What goes through the harness answers the same from either database. */
async function testOnPostgres(): Promise<boolean> {
  const { startPostgres } = await import("../server/test/postgres.ts");
  const onHarness = every.filter(
    (path) =>
      /^server\/src\/(access|endpoints|services)\//.test(path) &&
      readFileSync(`${root}${path}`, "utf8").includes("/harness.ts"),
  );
  const postgres = await startPostgres();
  try {
    return await runTests("operations on PostgreSQL", onHarness, postgres.url);
  } finally {
    await postgres.stop();
  }
}

function npmRun(title: string, script: string): boolean {
  console.log(`\n${title}`);
  const { status, error } = spawnSync("npm", ["run", "--silent", script], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error !== undefined) console.error(error.message);
  return status === 0 && !stopping.signal.aborted;
}

/** A dot for each file that passes, the reporter's own words for what fails, and its closing lines. */
async function runTests(title: string, files: readonly string[], database: string | undefined): Promise<boolean> {
  console.log(`\n${title}: ${files.length} files`);
  const { COUNTERSIGN_TEST_DATABASE: _, ...environment } = process.env;
  const events = run({
    files: files.map((path) => `${root}${path}`),
    cwd: root,
    // One PostgreSQL has only so many connections.
    concurrency: Math.min(Math.max(2, availableParallelism() - 1), database === undefined ? 16 : 4),
    signal: stopping.signal,
    // No test takes as long; one that hangs must not hold the others for ever.
    timeout: 300_000,
    env: {
      ...environment,
      ...(database === undefined ? {} : { COUNTERSIGN_TEST_DATABASE: database }),
      // Each file is a process: what Node compiles for the first is there for the others.
      NODE_COMPILE_CACHE: `${root}node_modules/.cache/countersign`,
    },
  });
  const reporter = spec();
  reporter.pipe(process.stdout);
  const said = new Map<string | undefined, TestEvent[]>();
  let passed = 0;
  let success = false;
  for await (const event of events) {
    if (event.type === "test:summary") {
      if (event.data.file === undefined) success = event.data.success;
      else if (event.data.success) process.stdout.write(++passed % 100 === 0 ? ".\n" : ".");
    } else if (event.type === "test:stdout" || event.type === "test:stderr") {
      // Kept until the file fails: what a file says that passes is of no interest.
      const { file } = event.data;
      said.set(file, [...(said.get(file) ?? []), event]);
    } else if (event.type === "test:fail") {
      for (const line of said.get(event.data.file) ?? []) reporter.write(line);
      said.delete(event.data.file);
      // The reporter wants to have heard of a test's start, and hears only of those that fail.
      reporter.write({ type: "test:start", data: event.data });
      reporter.write(event);
    } else if (event.type === "test:diagnostic" && event.data.file === undefined) {
      // The closing lines, which no file says.
      if (passed > 0) process.stdout.write("\n");
      passed = 0;
      reporter.write(event);
    }
  }
  await new Promise((resolve) => reporter.once("end", resolve).end());
  return success && !stopping.signal.aborted;
}
