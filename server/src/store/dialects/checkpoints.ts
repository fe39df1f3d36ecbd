import { Worker } from "node:worker_threads";

/**
 * SQLite's log of writes has to be copied into the data file from time to time, which takes tens of milliseconds. Where
 * the writer does it, at the end of some commit, nothing else happens meanwhile; so it is done in a thread, with a
 * connection of its own (https://sqlite.org/wal.html#ckpt: readers and the writer go on). What the writer does by itself is
 * left for a log that grows nevertheless, since a thread that copies never sees its end.
 */
export interface Checkpoints {
  /** So many more writes are in the log. */
  written(count: number): void;
  close(): Promise<void>;
}

/** About 30 MB of log: a page that is written again meanwhile is copied once. */
const writesBetween = 1500;

/** In pages: where the writer steps in. */
export const longestLog = 16_000;

/** As the sources are run, or as they were built. */
const script = new URL(`./checkpoint-thread.${import.meta.filename.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

export function checkpointsOf(file: string): Checkpoints {
  let writes = 0;
  let thread: Worker | undefined;
  let isBusy = false;

  function start(): Worker {
    const worker = new Worker(script, { workerData: file });
    worker.on("message", () => {
      isBusy = false;
    });
    // A full disk, for example. The writer will meet it, too, and say so to who is waiting.
    worker.on("error", () => {
      isBusy = false;
      thread = undefined;
    });
    worker.unref();
    return worker;
  }

  return {
    written(count) {
      writes += count;
      if (writes < writesBetween || isBusy) return;
      writes = 0;
      isBusy = true;
      thread ??= start();
      thread.postMessage("checkpoint");
    },
    async close() {
      await thread?.terminate();
    },
  };
}
