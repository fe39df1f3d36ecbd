/**
 * runtime/: what the process stands on: the clock, randomness, ids, keys made ahead, the log. Nothing else in the house
 * may ask the machine for the time or for random bytes (a test enforces it), so whole answers, tokens and certificates
 * are exact under a fixed clock and a seed. main.ts makes the real ones, tests the fixed ones; both travel as arguments.
 */

export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

/** A clock that can be moved: what `--test-clock` and the tests use. */
export interface MovableClock extends Clock {
  /** Moves to a time, in milliseconds since the epoch, from which it goes on as before. */
  set(at: number): void;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Stands still until it is set. */
export function fixedClock(at: number): MovableClock {
  let current = at;
  return {
    now: () => current,
    set(next) {
      current = next;
    },
  };
}

/** Runs on with the machine, shifted by what it was set to. */
export function shiftedClock(): MovableClock {
  let shift = 0;
  return {
    now: () => Date.now() + shift,
    set(at) {
      shift = at - Date.now();
    },
  };
}
