import type { Log } from "./log.ts";

/** Work that goes on behind the answers: at most one task of a name at a time, and a stop waits for what runs. */
export interface Tasks {
  isRunning(name: string): boolean;
  /** Starts it, unless one of this name runs. A failure is logged; what it left undone is due again when next asked for. */
  run(name: string, work: () => Promise<void>): void;
  /** Resolves when nothing runs. */
  settled(): Promise<void>;
  /** Whether the process is about to end: what can go on another time should leave off. */
  readonly isStopping: boolean;
  /** As `settled`, and tells what runs that it should leave off. */
  stop(): Promise<void>;
}

/** Long work waits for it between its steps, so that answers go on in between. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export function createTasks(log: Log): Tasks {
  const running = new Map<string, Promise<void>>();
  let isStopping = false;
  const settled = async () => {
    while (running.size > 0) await Promise.all(running.values());
  };
  return {
    get isStopping() {
      return isStopping;
    },
    isRunning: (name) => running.has(name),
    run(name, work) {
      if (running.has(name)) return;
      const done = work()
        .catch((error: unknown) => log.error(`${name} failed`, { error }))
        .finally(() => running.delete(name));
      running.set(name, done);
    },
    settled,
    stop() {
      isStopping = true;
      return settled();
    },
  };
}
