/**
 * Loaded into a server with `node --import`: watches its event loop from inside, without a change to the server. On
 * SIGUSR2 it appends what was seen since the last SIGUSR2 to the file BENCH_LOOP_DELAY names, and begins anew.
 */
import { appendFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

export interface LoopDelay {
  /** Milliseconds late, the longest of the window. */
  readonly max: number;
  readonly p999: number;
}

const file = process.env.BENCH_LOOP_DELAY ?? "";
const resolution = 1;
const delays = monitorEventLoopDelay({ resolution });
delays.enable();

process.on("SIGUSR2", () => {
  // The histogram holds the time from one tick to the next: what is beyond the tick's own millisecond was late.
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution);
  const seen: LoopDelay = { max: late(delays.max), p999: late(delays.percentile(99.9)) };
  appendFileSync(file, `${JSON.stringify(seen)}\n`);
  delays.reset();
});
