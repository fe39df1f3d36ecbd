import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, median } from "./load.ts";
import { readsUsage, residentMebibytes } from "./process-usage.ts";
import type { Line, Table } from "./report.ts";
import { type Python, rootCredentials, type Server, startBare, startCountersign, startMoto } from "./servers.ts";
import { createSigner } from "./signer.ts";
import { createUsers, userName } from "./subject.ts";

export interface StartsOptions {
  readonly directory: string;
  readonly python: Python | undefined;
  readonly starts: number;
  readonly users: number;
  readonly idleSeconds: number;
}

/** From the process's start to its first good answer, with a database that is there; then memory while nothing is asked. */
export async function measureStarts(options: StartsOptions): Promise<{ lines: Line[]; table: Table }> {
  const directory = join(options.directory, "starts");
  mkdirSync(directory);
  const first = await startCountersign({ directory });
  const root = createSigner(first.port, rootCredentials, () => new Date());
  await createUsers(
    first,
    root,
    Array.from({ length: options.users }, (_, at) => userName(at)),
  );
  const answer = await ask(first.port, root.query("sts", { Action: "GetCallerIdentity" }));
  // Until the operations that nobody asked for are loaded, and with them compiled and kept for the next start.
  await sleep(4000);
  await first.stop();

  const { python } = options;
  const kinds: { name: string; start: () => Promise<Server>; milliseconds: number[]; resident: number }[] = [
    { name: "Countersign", start: () => startCountersign({ directory }), milliseconds: [], resident: Number.NaN },
    { name: "node:http", start: () => startBare([answer], { directory }), milliseconds: [], resident: Number.NaN },
  ];
  if (python !== undefined) {
    kinds.push({ name: "moto", start: () => startMoto(python, directory), milliseconds: [], resident: Number.NaN });
  }
  let left: Server[] = [];
  for (let round = 0; round < options.starts; round++) {
    for (const server of left) await server.stop();
    left = [];
    for (const kind of kinds) {
      const server = await kind.start();
      kind.milliseconds.push(server.startMilliseconds);
      if (round === options.starts - 1) left.push(server);
      else await server.stop();
    }
  }
  await sleep(options.idleSeconds * 1000);
  for (const [at, kind] of kinds.entries()) {
    const server = left[at];
    if (server === undefined) continue;
    if (readsUsage) kind.resident = residentMebibytes(server.pid);
    await server.stop();
  }

  const [countersign] = kinds;
  const note = `${options.users} users`;
  return {
    lines: [
      {
        what: "start to first answer",
        bound: "at most",
        target: 250,
        unit: " ms",
        measured: countersign && median(countersign.milliseconds),
        note,
      },
      {
        what: "memory when idle",
        bound: "at most",
        target: 95,
        unit: " MiB",
        measured: readsUsage ? countersign?.resident : undefined,
        note: readsUsage ? `${note}, ${options.idleSeconds} s after the start` : "this system does not tell",
      },
    ],
    table: {
      title: `Start with an existing database, and memory ${options.idleSeconds} s later`,
      columns: ["server", "start ms", "least", "most", "resident MiB"],
      rows: kinds.map(({ name, milliseconds, resident }) => [
        name,
        median(milliseconds),
        Math.min(...milliseconds),
        Math.max(...milliseconds),
        resident,
      ]),
    },
  };
}
