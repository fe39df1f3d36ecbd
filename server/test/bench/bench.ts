/** `npm run bench`: what is measured and how is in README.md. */
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { measureBurst } from "./burst.ts";
import { certificatePool } from "./certificates.ts";
import { type Contestant, compare, type Result, ratio, resultOf, untilQuiet } from "./compare.ts";
import { measureCosts } from "./costs.ts";
import { measureHostileSaml } from "./hostile-saml.ts";
import { type Answer, ring } from "./load.ts";
import { answerTo, type Measured, operations, requestsFor } from "./operations.ts";
import { measurePolicy } from "./policy.ts";
import { startWithPool } from "./pool.ts";
import { busyShare, readsUsage } from "./process-usage.ts";
import { profile } from "./profile.ts";
import { type Line, machine, markdown, number, type Report, type Table, text } from "./report.ts";
import { findPython, type Python, startBare, startCountersign, startMoto, toBare } from "./servers.ts";
import { measureStalls } from "./stalls.ts";
import { measureStarts } from "./starts.ts";
import { type Subject, seedSubject } from "./subject.ts";

const parts = ["policy", "saml", "start", "stall", "throughput", "cost", "growth", "burst"] as const;
type Part = (typeof parts)[number];

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    only: { type: "string", default: parts.join(",") },
    operations: { type: "string", default: "" },
    users: { type: "string" },
    "pool-users": { type: "string" },
    rounds: { type: "string" },
    milliseconds: { type: "string" },
    python: { type: "string" },
    "no-moto": { type: "boolean", default: false },
    data: { type: "string", default: tmpdir() },
    json: { type: "string" },
  },
});
const { quick } = options;
const [fewUsers = 0, manyUsers = 0] = (options.users ?? (quick ? "1000,10000" : "1000,100000")).split(",").map(Number);
const [fewPoolUsers = 0, manyPoolUsers = 0] = (options["pool-users"] ?? (quick ? "1000,10000" : "1000,1000000"))
  .split(",")
  .map(Number);
const rounds = Number(options.rounds ?? (quick ? 3 : 9));
const milliseconds = Number(options.milliseconds ?? (quick ? 150 : 400));
const wanted = new Set(options.only.split(","));
for (const part of wanted) {
  if (!parts.some((known) => known === part)) throw new Error(`--only takes ${parts.join(", ")}, not '${part}'`);
}
const wants = (part: Part): boolean => wanted.has(part);

const certified = 100;
const many = 64;
const growthRounds = 3;
/** Of a thousand requests V8 has compiled nothing yet, of ten thousand most. */
const warmMilliseconds = quick ? 800 : 1500;
/** Writes of a round of growth: few, or a thousand users would be ten thousand at its end. */
const growthWrites = 2000;
/** moto answers some hundred requests a second; making thousands of writes for it ahead would be in vain. */
const motoWritesPerMillisecond = 1;

const report: Report = {
  startedAt: new Date().toISOString(),
  seconds: 0,
  quick,
  machine: machine(),
  busyBefore: await busyShare(3),
  lines: [],
  tables: [],
  failures: [],
};
const startedAt = performance.now();
/** More of the machine in use by others than this, and even ratios shift. */
const tolerableShare = 0.05;
if (report.busyBefore > tolerableShare) {
  say(`warning: other programs use ${Math.round(report.busyBefore * 100)} % of the machine: do not trust this run`);
}
const kept = join(tmpdir(), "countersign-bench");
mkdirSync(kept, { recursive: true });
const directory = mkdtempSync(join(options.data, "countersign-bench-"));
try {
  if (options.profile) await profiles();
  else await measureAll();
} catch (error) {
  report.failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
const finished: Report = { ...report, seconds: (performance.now() - startedAt) / 1000 };
console.log(`\n${text(finished)}`);
const jsonFile = options.json ?? join(kept, "result.json");
writeFileSync(jsonFile, `${JSON.stringify(finished, null, 1)}\n`);
console.log(`${Math.round(finished.seconds)} s; all numbers are in ${jsonFile}`);
if (options.write) {
  const file = join(import.meta.dirname, "REPORT.md");
  writeFileSync(file, markdown(finished));
  console.log(`written: ${file}`);
}
// Missed targets are results; what could not be run is a failure.
process.exit(report.failures.length > 0 ? 1 : 0);

async function measureAll(): Promise<void> {
  // tmpfs: a commit to it reaches no disk.
  if (statfsSync(directory).type === 0x01021994)
    say("warning: the data is on a RAM disk, where durable writes cost nothing; see --data");
  const python = options["no-moto"]
    ? undefined
    : await findPython(options.python ? [options.python] : ["python3", "python"]);
  say(
    python === undefined
      ? "no Python with moto: measured without it"
      : `moto ${python.motoVersion}, ${python.gunicorn ? "gunicorn" : "its own server"}`,
  );
  if (wants("policy")) {
    say("decisions of policies");
    report.lines.push(...measurePolicy());
  }
  if (wants("saml")) {
    say("hostile SAML responses");
    await attempt("saml", measureHostileSaml);
  }
  if (wants("start")) {
    say("starts and idle memory");
    await attempt("start", () =>
      measureStarts({ directory, python, starts: quick ? 3 : 9, users: fewUsers, idleSeconds: quick ? 3 : 10 }),
    );
  }
  if (wants("stall")) {
    say("stalls while keys are made");
    await attempt("stall", () => measureStalls(directory, { seconds: 6, rounds: quick ? 1 : 7 }));
  }
  if (!wants("throughput") && !wants("cost") && !wants("growth") && !wants("burst")) return;

  say("certificates (made once, then kept), servers, users");
  const certificates = await certificatePool(kept, quick ? 12_000 : 60_000);
  const chosen = operations(certificates).filter(({ name }) => name.includes(options.operations));
  const hasPool = chosen.some(({ ofPool }) => ofPool);
  const fewer = { users: fewUsers, poolUsers: hasPool ? fewPoolUsers : undefined };
  const more = { users: manyUsers, poolUsers: hasPool ? manyPoolUsers : undefined };
  const subject = await startSubject("main", fewer, certificates);
  const few = wants("growth") ? await startSubject("few", fewer, certificates) : undefined;
  const lots = wants("growth") ? await startSubject("many", more, certificates) : undefined;
  const needsMoto = python !== undefined && (wants("throughput") || wants("burst"));
  const moto = needsMoto ? await startMotoSubject(python, certificates) : undefined;
  say("waiting until all keys are made");
  await untilQuiet([subject, few, lots].flatMap((one) => (one === undefined ? [] : [one.server])));

  if (wants("throughput")) {
    await throughput(
      subject,
      moto,
      chosen.filter(({ cost }) => cost === undefined),
    );
  }
  if (wants("cost") && hasPool) {
    say("sign-ins beside the work they are made of");
    // Sign-ins are hundreds a second, where reads are thousands: they take longer to warm up, and to count.
    const load = {
      directory,
      connections: many,
      rounds,
      milliseconds: milliseconds * 2.5,
      warmMilliseconds: warmMilliseconds * 12,
    };
    await attempt("cost", () => measureCosts(subject, chosen, { ...load, progress: say }));
  }
  if (few !== undefined && lots !== undefined) await growth(few, lots, chosen);
  if (wants("burst")) {
    say("burst of user pools");
    await attempt("burst", () => measureBurst(subject, moto, quick ? 1 : 3));
  }
  for (const one of [subject, few, lots, moto]) await one?.server.stop();
}

async function startSubject(
  name: string,
  { users, poolUsers }: { readonly users: number; readonly poolUsers: number | undefined },
  certificates: readonly string[],
): Promise<Subject> {
  const start = { directory: join(directory, name) };
  mkdirSync(start.directory);
  const { server, pool } =
    poolUsers === undefined
      ? { server: await startCountersign(start), pool: undefined }
      : await startWithPool(start, poolUsers, say);
  return seedSubject(server, { users, certified, certificates, pool });
}

async function startMotoSubject(python: Python, certificates: readonly string[]): Promise<Subject> {
  return seedSubject(await startMoto(python, directory), { users: fewUsers, certified, certificates });
}

async function throughput(subject: Subject, moto: Subject | undefined, chosen: readonly Measured[]): Promise<void> {
  const learnt = await learn(subject, chosen);
  const bare = await startBare(
    learnt.map(({ answer }) => answer),
    { directory },
  );
  const rings = new Map<Measured, Promise<Buffer[]>>();
  const contestants: Contestant[] = [
    {
      name: "Countersign",
      server: subject.server,
      warmMilliseconds,
      requests: (operation, connections, duration) =>
        requestsFor(operation, subject, { connections, milliseconds: duration }),
    },
    {
      name: "node:http",
      server: bare,
      warmMilliseconds,
      // It reads what Countersign reads and does not look at it: a few of the writes are as good as all of them.
      requests(operation) {
        const index = learnt.findIndex((entry) => entry.operation === operation);
        let made = rings.get(operation);
        if (made === undefined) {
          made = operation.make(subject, 256).then((requests) => requests.map((request) => toBare(request, index)));
          rings.set(operation, made);
        }
        return made.then(ring);
      },
    },
  ];
  if (moto !== undefined) {
    contestants.push({
      name: "moto",
      server: moto.server,
      warmMilliseconds: 0,
      requests: (operation, connections, duration) =>
        operation.motoHasIt
          ? requestsFor(operation, moto, {
              connections,
              milliseconds: duration,
              most: Math.ceil(duration * motoWritesPerMillisecond),
            })
          : undefined,
    });
  }
  const results = await compare({
    contestants,
    operations: learnt.map(({ operation }) => operation),
    connections: [many, 1],
    rounds,
    milliseconds,
    failures: report.failures,
    progress,
  });
  await bare.stop();
  const unlearnt = chosen.filter((operation) => !learnt.some((entry) => entry.operation === operation));
  report.lines.push(
    ...chosen.flatMap((operation) => throughputLines(operation, results, moto, unlearnt.includes(operation))),
  );
  report.tables.push(throughputTable(results));
}

/** Countersign's own answers, which node:http is going to repeat. */
async function learn(
  subject: Subject,
  chosen: readonly Measured[],
): Promise<{ operation: Measured; answer: Answer }[]> {
  const learnt: { operation: Measured; answer: Answer }[] = [];
  for (const operation of chosen) {
    try {
      learnt.push({ operation, answer: await answerTo(operation, subject) });
    } catch (error) {
      report.failures.push(`${operation.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return learnt;
}

function throughputLines(
  operation: Measured,
  results: readonly Result[],
  moto: Subject | undefined,
  failed: boolean,
): Line[] {
  const of = (contestant: string): Result | undefined => resultOf(results, operation.name, many, contestant);
  const own = of("Countersign");
  const lines: Line[] = [];
  const bare = of("node:http");
  if (operation.bareTarget !== undefined) {
    const cpu = own && bare && readsUsage ? `CPU ${number(ratio(own, bare, "cpuMicroseconds"))} ×` : "";
    const limited = bare !== undefined && bare.clientShare > 0.9 ? "; the client was busy all the time" : "";
    lines.push({
      what: `${operation.name}, ${many} connections`,
      bound: "at least",
      target: operation.bareTarget,
      unit: " × node:http",
      measured: own && bare && ratio(own, bare, "perSecond"),
      note: failed ? "failed to run" : `${cpu}${limited}`,
    });
  }
  if (operation.bareCpuTarget !== undefined) {
    lines.push({
      what: `${operation.name}, CPU per request at ${many} connections`,
      bound: "at most",
      target: operation.bareCpuTarget,
      unit: " × node:http",
      measured: own && bare && readsUsage ? ratio(own, bare, "cpuMicroseconds") : undefined,
      note: failed ? "failed to run" : "",
    });
  }
  if (operation.motoTarget !== undefined) {
    const theirs = of("moto");
    lines.push({
      what: `${operation.name}, ${many} connections`,
      bound: "at least",
      target: operation.motoTarget,
      unit: " × moto",
      measured: own && theirs && ratio(own, theirs, "perSecond"),
      note: failed ? "failed to run" : moto === undefined ? "no Python with moto" : "",
    });
  }
  return lines;
}

function throughputTable(results: readonly Result[]): Table {
  return {
    title: `Throughput with ${fewUsers} users: medians of ${rounds} interleaved rounds of ${milliseconds} ms`,
    columns: [
      "operation",
      "connections",
      "server",
      "requests/s",
      "p50 ms",
      "p99 ms",
      "CPU µs/request",
      "× node:http",
      "× moto",
    ],
    rows: results.map((result) => {
      const over = (contestant: string): number | undefined => {
        const other = resultOf(results, result.operation, result.connections, contestant);
        return result.contestant === "Countersign" && other !== undefined
          ? ratio(result, other, "perSecond")
          : undefined;
      };
      return [
        result.operation,
        result.connections,
        result.contestant,
        result.perSecond,
        result.p50,
        result.p99,
        result.cpuMicroseconds,
        over("node:http"),
        over("moto"),
      ];
    }),
  };
}

async function growth(few: Subject, lots: Subject, chosen: readonly Measured[]): Promise<void> {
  say(`growth from ${fewUsers} to ${manyUsers} users, of a user pool from ${fewPoolUsers} to ${manyPoolUsers}`);
  const contestants = [
    { name: "few users", subject: few },
    { name: "many users", subject: lots },
  ].map(({ name, subject }) => ({
    name,
    server: subject.server,
    warmMilliseconds,
    requests: (operation: Measured, connections: number, duration: number) =>
      requestsFor(operation, subject, { connections, milliseconds: duration, most: growthWrites }),
  }));
  const results = await compare({
    contestants,
    operations: chosen,
    connections: [many],
    rounds: growthRounds,
    milliseconds,
    failures: report.failures,
    progress,
  });
  const rows = chosen.map(({ name, ofPool }) => {
    const [small, large] = contestants.map((contestant) => resultOf(results, name, many, contestant.name));
    return {
      name,
      users: ofPool ? fewPoolUsers : fewUsers,
      most: ofPool ? manyPoolUsers : manyUsers,
      small: small?.cpuMicroseconds,
      large: large?.cpuMicroseconds,
      growth: small && large && readsUsage ? ratio(large, small, "cpuMicroseconds") : undefined,
    };
  });
  for (const { name, users, most, growth } of rows) {
    const line = { what: `${name}, CPU per request with ${most} users`, bound: "at most", target: 1.3 } as const;
    report.lines.push({ ...line, unit: ` × with ${users}`, measured: growth });
  }
  report.tables.push({
    title: `Growth: CPU per request at ${many} connections, medians of ${growthRounds} interleaved rounds`,
    columns: ["operation", "few users", "many users", "µs with few", "µs with many", "ratio"],
    rows: rows.map(({ name, users, most, small, large, growth }) => [name, users, most, small, large, growth]),
  });
}

async function profiles(): Promise<void> {
  const certificates = await certificatePool(kept, 40_000);
  for (const operation of operations(certificates).filter(({ name }) => name.includes(options.operations))) {
    say(`profiling ${operation.name}`);
    await attempt(operation.name, async () => {
      const home = join(directory, operation.name.replaceAll(" ", "-"));
      mkdirSync(home);
      return { lines: [], table: await profile(operation, certificates, { directory: home, kept, users: fewUsers }) };
    });
  }
}

/** What fails is told at the end, and does not keep the rest from being measured. */
async function attempt(what: string, measure: () => Promise<{ lines: Line[]; table: Table }>): Promise<void> {
  try {
    const { lines, table } = await measure();
    report.lines.push(...lines);
    report.tables.push(table);
  } catch (error) {
    report.failures.push(`${what}: ${error instanceof Error ? error.message : error}`);
  }
}

function progress(results: readonly Result[]): void {
  const [first] = results;
  if (first === undefined) return;
  const each = results.map(({ contestant, perSecond }) => `${contestant} ${number(perSecond)}/s`);
  say(`${first.operation} at ${first.connections}: ${each.join(", ")}`);
}

function say(words: string): void {
  console.error(`[${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s] ${words}`);
}
