import { generateKeyPair, type KeyObject } from "node:crypto";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** RSA-2048 pairs made ahead, because one takes 40 ms of a core and often three times that. Each is handed out once. */
export interface KeyPairs {
  /** At once, or undefined when none is ready. */
  take(): KeyPair | undefined;
  /** One that is ready, or else the next to be made. Rejects when that one fails or when this closes. */
  takeOrMake(): Promise<KeyPair>;
  /** Forgets what is ready, refuses who waits, makes no more. */
  close(): void;
}

export interface KeyPairsOptions {
  /** Kept ready at all times: below it, pairs are made one after the other. */
  readonly ready?: number;
  /** Made up to this many while nothing happens, slowly, for a burst. */
  readonly burst?: number;
  /** Milliseconds before the first is made unasked, so that starting has the machine to itself. */
  readonly startAfter?: number;
  /** Milliseconds between pairs beyond `ready`. */
  readonly pace?: number;
  /** Milliseconds until the next attempt after a failed one; doubled with each further failure, to a minute. */
  readonly retryAfter?: number;
  /** How many may be made at once while someone waits. Unasked, it is one. */
  readonly concurrency?: number;
  readonly onFailure?: (error: unknown) => void;
  readonly generate?: () => Promise<KeyPair>;
}

interface Waiter {
  resolve(pair: KeyPair): void;
  reject(reason: unknown): void;
}

const generateInThreadPool = promisify(generateKeyPair);

/** The thread pool's work, which holds the event loop up by no more than 6 ms; encoding the keys there gains nothing. */
function rsa2048(): Promise<KeyPair> {
  return generateInThreadPool("rsa", { modulusLength: 2048, publicExponent: 65537 });
}

const longestRetry = 60_000;
/** The pool has four threads by default: one stays free for everything else, and so does one core for the event loop. */
const poolShare = Math.min(3, Math.max(1, availableParallelism() - 1));

export function createKeyPairs(options: KeyPairsOptions = {}): KeyPairs {
  const { ready = 8, burst = 64, startAfter = 300, pace = 250, retryAfter = 1000 } = options;
  const { concurrency = poolShare, onFailure, generate = rsa2048 } = options;
  const made: KeyPair[] = [];
  const waiting: Waiter[] = [];
  let making = 0;
  let failures = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  /** True while the timer is not to be overtaken by a low stock: before the start and after a failure. */
  let held = false;

  function rest(delay: number, hold: boolean): void {
    clearTimeout(timer);
    held = hold;
    timer = setTimeout(() => {
      timer = undefined;
      held = false;
      if (making === 0 && made.length < burst) void make();
    }, delay);
    // Making keys ahead is no reason for a process to go on.
    timer.unref();
  }

  /** Who waits comes first; then the stock, one pair at a time. */
  function refill(): void {
    if (closed) return;
    while (waiting.length > making && making < concurrency) void make();
    if (making > 0 || held || made.length >= burst) return;
    if (made.length >= ready) {
      if (timer === undefined) rest(pace, false);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    void make();
  }

  /** Never rejects: a failure is the oldest waiter's answer and the owner's news, not the process's end. */
  async function make(): Promise<void> {
    making++;
    try {
      const pair = await generate();
      failures = 0;
      if (closed) return;
      const waiter = waiting.shift();
      if (waiter === undefined) made.push(pair);
      else waiter.resolve(pair);
    } catch (error) {
      if (closed) return;
      waiting.shift()?.reject(error);
      rest(Math.min(retryAfter * 2 ** failures, longestRetry), true);
      failures++;
      onFailure?.(error);
    } finally {
      making--;
      refill();
    }
  }

  function take(): KeyPair | undefined {
    const pair = made.shift();
    refill();
    return pair;
  }

  rest(startAfter, true);
  return {
    take,
    takeOrMake() {
      const pair = take();
      if (pair !== undefined) return Promise.resolve(pair);
      if (closed) return Promise.reject(new Error("No more key pairs are made: the process is stopping."));
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        refill();
      });
    },
    close() {
      closed = true;
      clearTimeout(timer);
      made.length = 0;
      for (const waiter of waiting.splice(0)) {
        waiter.reject(new Error("No more key pairs are made: the process is stopping."));
      }
    },
  };
}
