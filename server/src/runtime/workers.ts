import type { KeyObject } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Packed, packTasks, type Task, unpack } from "./worker-messages.ts";

/** Arithmetic that would hold the event loop up, in threads of its own: one for each core, begun when first needed. */
export interface Workers {
  /**
   * A power in the 3072-bit group of RFC 3526; of 2 in less than half the time of others. Rejects for a base that has none (0, 1, N − 1 and beyond), and with Overload
   * where too much waits already.
   */
  power(base: Uint8Array, exponent: Uint8Array): Promise<Uint8Array>;
  /** (factor · base^exponent)^outer in that group: as two calls of `power`, in one. */
  powerOfProduct(product: {
    readonly base: Uint8Array;
    readonly exponent: Uint8Array;
    readonly factor: Uint8Array;
    readonly outer: Uint8Array;
  }): Promise<Uint8Array>;
  /**
   * RSASSA-PKCS1-v1_5 with SHA-256, which JSON Web Signatures call RS256. Not in the threads that node:crypto has of its own:
   * beside these, they leave too little of the cores to the event loop.
   */
  sign(text: Uint8Array, privateKey: KeyObject): Promise<Uint8Array>;
  /** Ends the threads; what waits for them is refused. */
  close(): Promise<void>;
}

/** More is asked for than can be computed in a second or two: who waits at the end has given up by then. */
export class Overload extends Error {
  override readonly name = "Overload";
}

export interface WorkersOptions {
  readonly threads?: number;
  /** How much may wait for a thread. */
  readonly longestQueue?: number;
}

/**
 * The most that a thread is told at one time. A message costs both sides a good part of a power; and what comes back
 * together is written to the database together, in one commit. More than this would come back late, and keep the event
 * loop busy at one stretch.
 */
const mostTogether = 12;

interface Job {
  readonly task: Task;
  resolve(value: Uint8Array): void;
  reject(reason: unknown): void;
}

/** As the sources are run, or as they were built. */
const script = new URL(`./worker.${import.meta.filename.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

export function createWorkers({
  threads: count = availableParallelism(),
  longestQueue = count * 2048,
}: WorkersOptions = {}): Workers {
  const threads = new Set<Worker>();
  const idle: Worker[] = [];
  const busy = new Map<Worker, readonly Job[]>();
  const waiting: Job[] = [];
  let closed = false;

  function start(): Worker {
    const worker = new Worker(script);
    threads.add(worker);
    worker.on("message", (results: Packed) => {
      const values = unpack(results);
      const jobs = busy.get(worker) ?? [];
      busy.delete(worker);
      // The thread goes on before what it has done is looked at.
      const isIdle = !giveNext(worker);
      for (const [index, job] of jobs.entries()) {
        const value = values[index];
        // No power and no signature is empty.
        if (value === undefined || value.length === 0) job.reject(new RangeError("This cannot be computed."));
        else job.resolve(value);
      }
      if (!isIdle) return;
      idle.push(worker);
      // A process that has nothing else to do may end.
      worker.unref();
    });
    worker.on("error", (error) => {
      // A thread that died takes its jobs with it; another is begun for the next.
      for (const job of busy.get(worker) ?? []) job.reject(error);
      forget(worker);
      if (waiting.length > 0) giveNext(start());
    });
    return worker;
  }

  function forget(worker: Worker): void {
    threads.delete(worker);
    busy.delete(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  }

  /** Its share of what waits, the oldest first; false where nothing does. */
  function giveNext(worker: Worker): boolean {
    const share = Math.min(mostTogether, Math.ceil(waiting.length / count));
    const jobs = waiting.splice(0, share);
    if (jobs.length > 0) give(worker, jobs);
    return jobs.length > 0;
  }

  function give(worker: Worker, jobs: readonly Job[]): void {
    busy.set(worker, jobs);
    worker.ref();
    worker.postMessage(packTasks(jobs.map(({ task }) => task)));
  }

  function compute(task: Task): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(stopping());
      const job = { task, resolve, reject };
      const worker = idle.pop() ?? (threads.size < count ? start() : undefined);
      if (worker !== undefined) give(worker, [job]);
      else if (waiting.length < longestQueue) waiting.push(job);
      else reject(new Overload(`${longestQueue} wait for a thread already.`));
    });
  }

  return {
    power: (base, exponent) => compute({ parts: [base, exponent] }),
    powerOfProduct: ({ base, exponent, factor, outer }) => compute({ parts: [base, exponent, factor, outer] }),
    sign: (text, privateKey) => compute({ parts: [text], privateKey }),
    async close() {
      closed = true;
      const ended = [...threads].map((worker) => worker.terminate());
      for (const job of [...[...busy.values()].flat(), ...waiting.splice(0)]) job.reject(stopping());
      busy.clear();
      await Promise.all(ended);
    },
  };
}

function stopping(): Error {
  return new Error("No more is computed: the process is stopping.");
}
