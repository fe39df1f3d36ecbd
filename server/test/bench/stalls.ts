import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { untilQuiet } from "./compare.ts";
import { ask, median, pacedConnection, quantile } from "./load.ts";
import type { LoopDelay } from "./loop-delay.ts";
import { createPool, password, poolUserName } from "./pool.ts";
import type { Line, Table } from "./report.ts";
import { rootCredentials, type Server, startBare, startCountersign, toBare } from "./servers.ts";
import { type SignInClients, signInClients } from "./sign-in-clients.ts";
import { createSigner, type Signer } from "./signer.ts";
import { all } from "./subject.ts";

interface Watched {
  readonly name: string;
  readonly server: Server;
  /** What its event loop was late by since this was last called. */
  loopDelay(): Promise<LoopDelay>;
}

const paceMilliseconds = 3;
const atOnce = 16;
const pools = 96;
const signIns = 64;
const warmMilliseconds = 3000;
const signInMilliseconds = 3000;
/** So many connections opened at once hold up any node:http for as long as is allowed here. */
const openingMilliseconds = 500;
/** Watching an event loop takes some hundredths of a core by itself; making keys takes a whole one. */
const watchedShare = 0.2;

/** A window of one round: what is in it besides the longest delay is shown, and not judged. */
interface Window {
  readonly what: string;
  readonly server: string;
  readonly numbers: readonly number[];
}

/**
 * Whether heavy arithmetic holds up answers: in the first seconds after a start, when the stock of keys is filled; while 64
 * sign-ins are under way all the time; and with more user pools than there were keys for, and requests that wait for
 * theirs. Looked at from outside, by how long a
 * small request takes, and from inside, by how late the event loop is. node:http, asked in turn with Countersign, shows
 * what the machine itself adds, which is subtracted. The longest of anything is a matter of luck, so each round starts both
 * servers anew, and the median of the rounds counts.
 */
export async function measureStalls(
  directory: string,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<{ lines: Line[]; table: Table }> {
  const windows: Window[] = [];
  for (let round = 0; round < rounds; round++) {
    windows.push(...(await measureRound(join(directory, `stalls-${round}`), seconds)));
  }
  const rows: Table["rows"][number][] = [];
  const lines: Line[] = [];
  for (const { what, server } of windows.slice(0, windows.length / rounds)) {
    const same = windows.filter((window) => window.what === what && window.server === server);
    const longest = longestOf(same);
    const medians = columns.slice(2, -1).map((_, at) => median(same.map(({ numbers }) => numbers[at] ?? Number.NaN)));
    rows.push([what, server, ...medians, longest.map((delay) => delay.toFixed(1)).join(" ")]);
    if (server !== "Countersign") continue;
    const beside = longestOf(windows.filter((window) => window.what === what && window.server !== server));
    lines.push({
      what: `longest event-loop stall beyond node:http's, ${what}`,
      bound: "at most",
      target: 15,
      unit: " ms",
      measured: Math.max(0, median(longest.map((delay, round) => delay - (beside[round] ?? Number.NaN)))),
      note: `${median(longest).toFixed(1)} ms, node:http ${median(beside).toFixed(1)} ms`,
    });
  }
  return { lines, table: { title: `Stalls: medians of ${rounds} rounds`, columns, rows } };
}

/** Of each round, in their order. */
function longestOf(windows: readonly Window[]): number[] {
  return windows.map(({ numbers }) => numbers.at(-1) ?? Number.NaN);
}

const columns = [
  "while",
  "server",
  "s",
  "CPU s",
  "asked",
  "p50 ms",
  "p99.9 ms",
  "max ms",
  "loop p99.9 ms",
  "loop max ms",
  "loop max of each round",
];

async function measureRound(home: string, seconds: number): Promise<Window[]> {
  mkdirSync(home);
  const countersign = await watched("Countersign", home, (start) => startCountersign(start));
  const signer = createSigner(countersign.server.port, rootCredentials, () => new Date());
  const request = signer.query("sts", { Action: "GetCallerIdentity" });
  const answer = await ask(countersign.server.port, request);
  const bare = await watched("node:http", home, (start) => startBare([answer], start));
  const asked = [
    { ...countersign, request, connection: pacedConnection(countersign.server.port) },
    { ...bare, request: toBare(request), connection: pacedConnection(bare.server.port) },
  ];
  const windows: Window[] = [];

  async function window(what: string, until: () => boolean): Promise<void> {
    const took = asked.map((): number[] => []);
    const cpuBefore = asked.map(({ server }) => server.cpuMilliseconds());
    for (const one of asked) await one.loopDelay();
    const startedAt = performance.now();
    while (!until()) {
      for (const [at, one] of asked.entries()) {
        took[at]?.push(await one.connection.time(one.request));
        await sleep(paceMilliseconds);
      }
    }
    const elapsed = (performance.now() - startedAt) / 1000;
    for (const [at, one] of asked.entries()) {
      const ascending = Float64Array.from(took[at] ?? []).sort();
      const delay = await one.loopDelay();
      const cpu = one.server.cpuMilliseconds() - (cpuBefore[at] ?? 0);
      windows.push({
        what,
        server: one.name,
        numbers: [
          elapsed,
          cpu / 1000,
          ascending.length,
          quantile(ascending, 0.5),
          quantile(ascending, 0.999),
          quantile(ascending, 1),
          delay.p999,
          delay.max,
        ],
      });
    }
  }

  const endsAt = performance.now() + seconds * 1000;
  await window("stock of keys being made", () => performance.now() >= endsAt);
  const clients = await prepareSignIns(countersign.server, signer);
  await clients.run(warmMilliseconds);
  await untilQuiet([countersign.server], watchedShare);
  let signedIn = false;
  const signing = clients.run(openingMilliseconds + signInMilliseconds).finally(() => {
    signedIn = true;
  });
  await Promise.all([
    signing,
    sleep(openingMilliseconds).then(() => window(`${signIns} sign-ins under way`, () => signedIn)),
  ]);
  await clients.end();
  // What is compiled at its first use holds the loop up as well, once, and is no matter of keys.
  await certificatesOf(countersign.server.port, signer, await createPools(countersign.server.port, signer, 1));
  const keyless = (await createPools(countersign.server.port, signer, pools)).slice(-atOnce);
  let done = false;
  const waiting = certificatesOf(countersign.server.port, signer, keyless).finally(() => {
    done = true;
  });
  const [outcome] = await Promise.allSettled([waiting, window("keys being waited for", () => done)]);
  for (const one of asked) {
    one.connection.end();
    await one.server.stop();
  }
  if (outcome.status === "rejected") throw outcome.reason;
  return windows;
}

/** Users of a pool of their own, who sign in over and over at as many connections. */
async function prepareSignIns(server: Server, signer: Signer): Promise<SignInClients> {
  const pool = await createPool(server);
  const { id: UserPoolId } = pool;
  const names = Array.from({ length: signIns }, (_, at) => poolUserName(at));
  await all(
    server,
    names.map((Username) => signer.json("AdminCreateUser", { UserPoolId, Username, MessageAction: "SUPPRESS" })),
  );
  await all(
    server,
    names.map((Username) =>
      signer.json("AdminSetUserPassword", { UserPoolId, Username, Password: password, Permanent: true }),
    ),
  );
  return signInClients({ port: server.port, pool, names });
}

async function createPools(port: number, signer: Signer, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const requests = Array.from({ length: Math.min(atOnce, count) }, () =>
      signer.json("CreateUserPool", { PoolName: "stall" }),
    );
    for (const { body } of await Promise.all(requests.map((request) => ask(port, request)))) {
      const id = /"Id":"([^"]+)"/.exec(body)?.[1];
      if (id === undefined) throw new Error(`no user pool: ${body}`);
      ids.push(id);
    }
  }
  return ids;
}

/** All at once. */
async function certificatesOf(port: number, signer: Signer, ids: readonly string[]): Promise<void> {
  const requests = ids.map((UserPoolId) => signer.json("GetSigningCertificate", { UserPoolId }));
  for (const { body } of await Promise.all(requests.map((request) => ask(port, request)))) {
    if (!body.includes('"Certificate"')) throw new Error(`no certificate: ${body}`);
  }
}

async function watched(
  name: string,
  home: string,
  start: (options: {
    directory: string;
    environment: Record<string, string>;
    nodeOptions: string[];
  }) => Promise<Server>,
): Promise<Watched> {
  const file = join(home, `${name.replace(":", "-")}.loop-delay`);
  const server = await start({
    directory: home,
    environment: { BENCH_LOOP_DELAY: file },
    nodeOptions: ["--import", join(import.meta.dirname, "loop-delay.ts")],
  });
  let read = 0;
  return {
    name,
    server,
    async loopDelay() {
      process.kill(server.pid, "SIGUSR2");
      for (let attempt = 0; attempt < 500; attempt++) {
        const seen = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
        const line = seen[read];
        if (line !== undefined) {
          read++;
          return JSON.parse(line) as LoopDelay; // loop-delay.ts wrote it
        }
        await sleep(5);
      }
      throw new Error(`${name} does not tell how late its event loop is`);
    },
  };
}
