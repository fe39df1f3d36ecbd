import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedClock, shiftedClock, systemClock } from "./clock.ts";
import { createLog } from "./log.ts";
import { systemRandom } from "./random.ts";
import { createTasks, nextTurn } from "./tasks.ts";

test("a fixed clock stands still until it is set, a shifted one goes on from there", () => {
  const fixed = fixedClock(5);
  assert.equal(fixed.now(), 5);
  fixed.set(7);
  assert.equal(fixed.now(), 7);
  const shifted = shiftedClock();
  assert.ok(Math.abs(shifted.now() - systemClock.now()) < 10_000);
  shifted.set(Date.UTC(2040, 0, 1));
  const since = shifted.now() - Date.UTC(2040, 0, 1);
  assert.ok(since >= 0 && since < 10_000);
});

test("the machine's randomness repeats nothing, in small pieces and in large ones", () => {
  const random = systemRandom();
  const seen = new Set<string>();
  for (let i = 0; i < 2000; i++) {
    const bytes = random.bytes(12);
    assert.equal(bytes.length, 12);
    seen.add(Buffer.from(bytes).toString("hex"));
  }
  assert.equal(seen.size, 2000);
  assert.equal(random.bytes(10_000).length, 10_000);
});

test("a log writes readable lines or JSON, from its level up", () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const text = createLog({ format: "text", level: "info", write });
  text.debug("not this");
  text.info("started", { port: 1, name: "a" });
  text.error("broken", { error: new Error("why") });
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? "", /^\d\d:\d\d:\d\d\.\d{3} info {2}started port=1 name=a\n$/);
  assert.match(lines[1] ?? "", /^\d\d:\d\d:\d\d\.\d{3} error broken\nError: why\n {4}at /);
  assert.equal(text.isDebug, false);
  lines.length = 0;
  const json = createLog({ format: "json", level: "debug", write });
  json.debug("said", { who: "ann" });
  assert.equal(json.isDebug, true);
  const { level, message, who, time } = JSON.parse(lines[0] ?? "");
  assert.deepEqual({ level, message, who }, { level: "debug", message: "said", who: "ann" });
  assert.match(time, /^\d{4}-\d\d-\d\dT/);
});

test("one task of a name runs at a time, failures are logged, and settling waits", async () => {
  const lines: string[] = [];
  const tasks = createTasks(createLog({ format: "text", level: "error", write: (line) => lines.push(line) }));
  let runs = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = async () => {
    runs++;
    await promise;
  };
  tasks.run("report", work);
  tasks.run("report", work);
  assert.equal(runs, 1);
  assert.equal(tasks.isRunning("report"), true);
  resolve();
  await tasks.settled();
  assert.equal(tasks.isRunning("report"), false);
  tasks.run("report", async () => {
    throw new Error("no disk");
  });
  await tasks.settled();
  assert.match(lines.join(""), /report failed\nError: no disk/);
  tasks.run("report", work);
  assert.equal(runs, 2);
  await tasks.settled();

  let steps = 0;
  tasks.run("without end", async () => {
    for (; !tasks.isStopping; steps++) await nextTurn();
  });
  await nextTurn();
  await tasks.stop();
  assert.ok(steps > 0);
  assert.equal(tasks.isRunning("without end"), false);
});
