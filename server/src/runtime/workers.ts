import type { KeyObject } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { packTasks, type Task, ToldKeys, unpackResults } from "./worker-messages.ts";

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
const mostTogether = 8;

interface Job {
  readonly task: Task;
  resolve(value: Uint8Array): void;
  reject(reason: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  /** Which keys it knows. */
  readonly told: ToldKeys;
  /** What it is at. */
  jobs: readonly Job[];
}

/** As the sources are run, or as they were built. */
const script = new URL(`./worker.${import.meta.filename.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

export function createWorkers({
  threads: count = availableParallelism(),
  longestQueue = count * 2048,
}: WorkersOptions = {}): Workers {
  const threads = new Set<Thread>();
  const idle: Thread[] = [];
  const waiting: Job[] = [];
  let closed = false;

  function start(): Thread {
    const worker = new Worker(script);
    const thread: Thread = { worker, told: new ToldKeys(), jobs: [] };
    threads.add(thread);
    worker.on("message", (results: Uint8Array) => {
      const values = unpackResults(results);
      const { jobs } = thread;
      thread.jobs = [];
      // The thread goes on before what it has done is looked at.
      const isIdle = !giveNext(thread);
      for (const [index, job] of jobs.entries()) {
        const value = values[index];
        // No power and no signature is empty.
        if (value === undefined || value.length === 0) job.reject(new RangeError("This cannot be computed."));
        else job.resolve(value);
      }
      if (!isIdle) return;
      idle.push(thread);
      // A process that has nothing else to do may end.
      worker.unref();
    });
    worker.on("error", (error) => {
      // A thread that died takes its jobs with it; another is begun for the next.
      for (const job of thread.jobs) job.reject(error);
      forget(thread);
      if (waiting.length > 0) giveNext(start());
    });
    return thread;
  }

  function forget(thread: Thread): void {
    threads.delete(thread);
    thread.jobs = [];
    const at = idle.indexOf(thread);
    if (at >= 0) idle.splice(at, 1);
  }

  /** Its share of what waits, the oldest first; false where nothing does. */
  function giveNext(thread: Thread): boolean {
    const share = Math.min(mostTogether, Math.ceil(waiting.length / count));
    const jobs = waiting.splice(0, share);
    if (jobs.length > 0) give(thread, jobs);
    return jobs.length > 0;
  }

  function give(thread: Thread, jobs: readonly Job[]): void {
    thread.jobs = jobs;
    thread.worker.ref();
    const tasks = jobs.map(({ task }) => task);
    thread.worker.postMessage(packTasks(tasks, thread.told));
  }

  function compute(task: Task): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(stopping());
      const job = { task, resolve, reject };
      const thread = idle.pop() ?? (threads.size < count ? start() : undefined);
      if (thread !== undefined) give(thread, [job]);
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
      const ended = [...threads].map(({ worker }) => worker.terminate());
      for (const job of [...[...threads].flatMap(({ jobs }) => jobs), ...waiting.splice(0)]) job.reject(stopping());
      for (const thread of threads) thread.jobs = [];
      await Promise.all(ended);
    },
  };
}

function stopping(): Error {
  return new Error("No more is computed: the process is stopping.");
}
