import { fork } from "node:child_process";
import { join } from "node:path";
import { measure, type Sample } from "./compare.ts";
import { median } from "./load.ts";
import { answerTo, type Measured, requestsFor } from "./operations.ts";
import { readsUsage, threadsCpu } from "./process-usage.ts";
import { type Raw, type RawTask, raws } from "./raw-task.ts";
import type { Line, Table } from "./report.ts";
import type { Subject } from "./subject.ts";

/** Before the load and again after it, of each kind: a shared machine's pace changes from one second to the next. */
const rawMilliseconds = 500;

interface Options {
  readonly directory: string;
  readonly connections: number;
  readonly rounds: number;
  readonly milliseconds: number;
  readonly warmMilliseconds: number;
  readonly progress: (words: string) => void;
}

/**
 * What sign-ins cost beside the work that nobody can spare: the server's CPU time for each, over that of the same
 * exponentiations, signatures, verifications and writes done by a process that does nothing else, in the same round.
 */
export async function measureCosts(
  subject: Subject,
  operations: readonly Measured[],
  { directory, connections, rounds, milliseconds, warmMilliseconds, progress }: Options,
): Promise<{ lines: Line[]; table: Table }> {
  const lines: Line[] = [];
  const rows: Table["rows"][number][] = [];
  const raw = startRaw(directory);
  try {
    for (const operation of operations) {
      const { cost } = operation;
      if (cost === undefined) continue;
      const load = async (duration: number): Promise<Sample> => {
        const requests = await requestsFor(operation, subject, { connections, milliseconds: duration });
        const sample = await measure(subject.server, requests, connections, duration);
        if (sample.failed > 0) throw new Error(`${operation.name}: ${sample.failed} failed: ${sample.firstFailure}`);
        return sample;
      };
      await answerTo(operation, subject);
      await load(warmMilliseconds);
      const samples: (Sample & { readonly raw: Readonly<Record<Raw, number>>; readonly ratio: number })[] = [];
      for (let round = 0; round < rounds; round++) {
        const each: Record<Raw, number> = { exponentiation: 0, signature: 0, verification: 0, write: 0 };
        const measureRaw = async (): Promise<void> => {
          for (const what of raws) {
            if (cost.work[what] === undefined) continue;
            each[what] += (await raw.microseconds({ what, milliseconds: rawMilliseconds })) / 2;
          }
        };
        await measureRaw();
        const sample = await load(milliseconds);
        await measureRaw();
        const least = raws.reduce((sum, what) => sum + (cost.work[what] ?? 0) * each[what], 0);
        samples.push({ ...sample, raw: each, ratio: sample.cpuMicroseconds / least });
      }
      const middle = (of: (sample: (typeof samples)[number]) => number): number => median(samples.map(of));
      const ratio = middle((sample) => sample.ratio);
      lines.push({
        what: `${operation.name}, CPU at ${connections} connections`,
        bound: "at most",
        target: cost.atMost,
        unit: ` × ${workOf(cost)}`,
        measured: readsUsage ? ratio : undefined,
        note: readsUsage ? "" : "this system does not tell",
      });
      rows.push([
        operation.name,
        middle((sample) => sample.perSecond),
        middle((sample) => sample.p50),
        middle((sample) => sample.p99),
        middle((sample) => sample.cpuMicroseconds),
        ...raws.map((what) => (cost.work[what] === undefined ? "–" : middle((sample) => sample.raw[what]))),
        ratio,
      ]);
      progress(`${operation.name} at ${connections}: ${ratio.toFixed(2)} × ${workOf(cost)}`);
    }
  } finally {
    raw.stop();
  }
  const columns = [
    "operation",
    "done/s",
    "p50 ms",
    "p99 ms",
    "CPU µs",
    ...raws.map((what) => `${what} µs`),
    "× its work",
  ];
  return {
    lines,
    table: { title: `Sign-ins at ${connections} connections: medians of ${rounds} interleaved rounds`, columns, rows },
  };
}

function workOf({ work }: NonNullable<Measured["cost"]>): string {
  const parts = raws.flatMap((what) => {
    const count = work[what];
    return count === undefined ? [] : [`${count} ${what}${count === 1 ? "" : "s"}`];
  });
  return parts.length === 1 ? parts.join() : `(${parts.join(" + ")})`;
}

interface RawCost {
  /** CPU time of one. */
  microseconds(task: RawTask): Promise<number>;
  stop(): void;
}

function startRaw(directory: string): RawCost {
  const child = fork(join(import.meta.dirname, "raw-cost.ts"), [directory], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const stop = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", stop);
  const pid = child.pid ?? 0;
  let settle: PromiseWithResolvers<number> | undefined;
  child.on("message", (count) => settle?.resolve(Number(count)));
  child.on("exit", () => settle?.reject(new Error("the process of bare work ended")));
  const count = (task: RawTask): Promise<number> => {
    settle = Promise.withResolvers<number>();
    child.send(task);
    return settle.promise;
  };
  // Its threads make a key each when they start.
  let ready: Promise<number> | undefined;
  return {
    async microseconds(task) {
      ready ??= count({ what: "signature", milliseconds: 100 });
      await ready;
      const before = threadsCpu(pid);
      const done = await count(task);
      return ((threadsCpu(pid) - before) * 1000) / done;
    },
    stop() {
      process.off("exit", stop);
      stop();
    },
  };
}
