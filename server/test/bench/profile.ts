import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { load, type Requests } from "./load.ts";
import { type Measured, requestsFor } from "./operations.ts";
import { startWithPool } from "./pool.ts";
import type { Table } from "./report.ts";
import { startCountersign } from "./servers.ts";
import { seedSubject } from "./subject.ts";

const connections = 64;
const milliseconds = 4000;
const rounds = 3;
const loadMilliseconds = 4000;
const shown = 55;

/** What V8 writes, as far as it is read here. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where the server's main thread spends its time under one operation, by function, own time only. */
export async function profile(
  operation: Measured,
  certificates: readonly string[],
  { directory, kept, users }: { directory: string; kept: string; users: number },
): Promise<Table> {
  const nodeOptions = ["--cpu-prof", "--cpu-prof-dir", directory, "--cpu-prof-interval", "200"];
  const start = { directory, nodeOptions };
  const { server, pool } = operation.ofPool
    ? await startWithPool(start, users, () => undefined)
    : { server: await startCountersign(start), pool: undefined };
  const subject = await seedSubject(server, { users, certified: 100, certificates, pool });
  // All made before the stretch that is looked at, with what they need on the server.
  const prepared: Requests[] = [];
  for (let round = 0; round < rounds; round++) {
    prepared.push(await requestsFor(operation, subject, { connections, milliseconds: milliseconds / rounds }));
  }
  // What else is loaded once a service has been asked is no part of it either.
  await sleep(loadMilliseconds);
  const from = performance.now();
  let answered = 0;
  for (const requests of prepared) {
    const result = await load({ port: server.port, connections, milliseconds: milliseconds / rounds, requests });
    if (result.failed > 0) throw new Error(`${result.failed} failed: ${result.firstFailure}`);
    answered += result.answered;
  }
  const seconds = (performance.now() - from) / 1000;
  await server.stop();
  // CPU.date.time.process.thread.number: the other threads write theirs, too.
  const file = readdirSync(directory).find((name) => /\.0\.\d+\.cpuprofile$/.test(name));
  if (file === undefined) throw new Error("Node wrote no profile");
  const copy = join(kept, `${operation.name.replaceAll(" ", "-")}.cpuprofile`);
  renameSync(join(directory, file), copy);
  const whole = JSON.parse(readFileSync(copy, "utf8")) as CpuProfile; // Node wrote it
  const rows = ownTimes(whole, seconds * 1e6);
  const busy = rows.reduce((sum, [, , microseconds]) => sum + microseconds, 0);
  return {
    title: `${operation.name}: ${answered} requests, ${(busy / answered).toFixed(1)} µs each (${copy})`,
    columns: ["function", "where", "µs/request", "%"],
    rows: rows
      .slice(0, shown)
      .map(([name, where, microseconds]) => [name, where, microseconds / answered, (microseconds / busy) * 100]),
  };
}

const idle = new Set(["(idle)", "(program)", "(root)"]);

/** Of the last `microseconds` of the profile: name, place, own microseconds; largest first. */
function ownTimes({ nodes, samples, timeDeltas }: CpuProfile, microseconds: number): [string, string, number][] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const total = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  const own = new Map<string, [string, string, number]>();
  let at = 0;
  for (const [index, id] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0;
    at += delta;
    const frame = frames.get(id);
    if (at < total - microseconds || frame === undefined || idle.has(frame.functionName)) continue;
    const where =
      frame.url === "" ? "" : `${frame.url.replace(/^.*\/(?=server\/|node_modules\/)/, "")}:${frame.lineNumber + 1}`;
    const name = frame.functionName || "(anonymous)";
    const row = own.get(`${name} ${where}`) ?? [name, where, 0];
    row[2] += delta;
    own.set(`${name} ${where}`, row);
  }
  return [...own.values()].sort((a, b) => b[2] - a[2]);
}
