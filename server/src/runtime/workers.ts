import type { KeyObject } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Arithmetic that would hold the event loop up, in threads of its own: one for each core, begun when first needed. */
export interface Workers {
  /**
   * A power in the 3072-bit group of RFC 3526. Rejects for a base that has none (0, 1, N − 1 and beyond), and with Overload
   * where too much waits already.
   */
  power(base: Uint8Array, exponent: Uint8Array): Promise<Uint8Array>;
  /**
   * RSASSA-PKCS1-v1_5 with SHA-256, which JSON Web Signatures call RS256. Not in the threads that node:crypto has of its own:
   * beside these, they leave too little of the cores to the event loop.
   */
  sign(text: Uint8Array, privateKey: KeyObject): Promise<Uint8Array>;
  /** Ends the threads; what waits for them is refused. */
  close(): Promise<void>;
}

/** What the thread is told: a power or a signature. */
export type Task =
  | { readonly base: Uint8Array; readonly exponent: Uint8Array }
  | { readonly text: Uint8Array; readonly privateKey: KeyObject };

/** More is asked for than can be computed in a second or two: who waits at the end has given up by then. */
export class Overload extends Error {
  override readonly name = "Overload";
}

export interface WorkersOptions {
  readonly threads?: number;
  /** How much may wait for a thread. */
  readonly longestQueue?: number;
}

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
  const busy = new Map<Worker, Job>();
  const waiting: Job[] = [];
  let closed = false;

  function start(): Worker {
    const worker = new Worker(script);
    threads.add(worker);
    worker.on("message", (value: Uint8Array | undefined) => {
      const job = busy.get(worker);
      busy.delete(worker);
      if (value === undefined) job?.reject(new RangeError("This cannot be computed."));
      else job?.resolve(value);
      const next = waiting.shift();
      if (next !== undefined) return give(worker, next);
      idle.push(worker);
      // A process that has nothing else to do may end.
      worker.unref();
    });
    worker.on("error", (error) => {
      // A thread that died takes its job with it; another is begun for the next.
      busy.get(worker)?.reject(error);
      forget(worker);
      const next = waiting.shift();
      if (next !== undefined) give(start(), next);
    });
    return worker;
  }

  function forget(worker: Worker): void {
    threads.delete(worker);
    busy.delete(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  }

  function give(worker: Worker, job: Job): void {
    busy.set(worker, job);
    worker.ref();
    worker.postMessage(job.task);
  }

  function compute(task: Task): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(stopping());
      const job = { task, resolve, reject };
      const worker = idle.pop() ?? (threads.size < count ? start() : undefined);
      if (worker !== undefined) give(worker, job);
      else if (waiting.length < longestQueue) waiting.push(job);
      else reject(new Overload(`${longestQueue} wait for a thread already.`));
    });
  }

  return {
    // Copies, since of a small Buffer the whole block that it shares with others would be sent.
    power: (base, exponent) => compute({ base: new Uint8Array(base), exponent: new Uint8Array(exponent) }),
    sign: (text, privateKey) => compute({ text: new Uint8Array(text), privateKey }),
    async close() {
      closed = true;
      const ended = [...threads].map((worker) => worker.terminate());
      for (const job of [...busy.values(), ...waiting.splice(0)]) job.reject(stopping());
      busy.clear();
      await Promise.all(ended);
    },
  };
}

function stopping(): Error {
  return new Error("No more is computed: the process is stopping.");
}
