import { setTimeout as sleep } from "node:timers/promises";
import { type LoadResult, load, median, type Requests } from "./load.ts";
import type { Measured } from "./operations.ts";
import { readsUsage } from "./process-usage.ts";
import type { Server } from "./servers.ts";

/** Who takes part in a comparison. */
export interface Contestant {
  readonly name: string;
  readonly server: Server;
  /** What a compiler has to see before it is as fast as it gets; 0 for servers without one. */
  readonly warmMilliseconds: number;
  /** Undefined where it has no such operation. */
  requests(operation: Measured, connections: number, milliseconds: number): Promise<Requests> | undefined;
}

/** Medians over the rounds. */
export interface Result {
  readonly operation: string;
  readonly connections: number;
  readonly contestant: string;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Of the server's processes; undefined where the machine does not tell. */
  readonly cpuMicroseconds: number | undefined;
  readonly clientShare: number;
  readonly rounds: readonly Round[];
}

interface Round {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

export interface Comparison {
  readonly contestants: readonly Contestant[];
  readonly operations: readonly Measured[];
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly milliseconds: number;
  readonly failures: string[];
  /** After each operation, for someone who waits. */
  readonly progress: (results: readonly Result[]) => void;
}

/** The round that counts for nothing. */
const warmUp = 0;

/** Everyone once a round, in the same order, so that what else the machine does falls on all of them alike. */
export async function compare(comparison: Comparison): Promise<Result[]> {
  const { contestants, operations, connections, rounds, milliseconds, failures } = comparison;
  const results: Result[] = [];
  for (const operation of operations) {
    for (const width of connections) {
      const taking = contestants.map((contestant): Taking => ({ contestant, samples: [], out: false }));
      for (let round = warmUp; round <= rounds; round++) {
        for (const entry of taking) {
          const { contestant, samples } = entry;
          const warm = width === connections[0] ? contestant.warmMilliseconds : 0;
          const duration = round === warmUp ? warm : milliseconds;
          if (entry.out || duration === 0) continue;
          try {
            const requests = await contestant.requests(operation, width, duration);
            if (requests === undefined) continue;
            const sample = await measure(contestant.server, requests, width, duration);
            if (sample.failed > 0) throw new Error(`${sample.failed} of ${sample.answered}: ${sample.firstFailure}`);
            if (round !== warmUp) samples.push(sample);
          } catch (error) {
            entry.out = true;
            const words = error instanceof Error ? error.message : String(error);
            failures.push(`${operation.name} at ${width} on ${contestant.name}: ${words}`);
          }
        }
      }
      const rows = taking
        .filter(({ samples, out }) => !out && samples.length > 0)
        .map(({ contestant, samples }) => ({
          operation: operation.name,
          connections: width,
          contestant: contestant.name,
          perSecond: median(samples.map((sample) => sample.perSecond)),
          p50: median(samples.map((sample) => sample.p50)),
          p99: median(samples.map((sample) => sample.p99)),
          cpuMicroseconds: readsUsage ? median(samples.map((sample) => sample.cpuMicroseconds)) : undefined,
          clientShare: median(samples.map((sample) => sample.clientShare)),
          rounds: samples.map(({ perSecond, cpuMicroseconds }) => ({ perSecond, cpuMicroseconds })),
        }));
      results.push(...rows);
      comparison.progress(rows);
    }
  }
  return results;
}

/** What one contestant has given so far. */
interface Taking {
  readonly contestant: Contestant;
  readonly samples: Sample[];
  out: boolean;
}

export interface Sample extends LoadResult {
  readonly cpuMicroseconds: number;
}

/** One stretch of load, with what the server used for it. */
export async function measure(
  server: Server,
  requests: Requests,
  connections: number,
  milliseconds: number,
): Promise<Sample> {
  let before = 0;
  const whenOpen = (): void => {
    before = server.cpuMilliseconds();
  };
  const result = await load({ port: server.port, connections, milliseconds, requests, whenOpen });
  const used = server.cpuMilliseconds() - before;
  return { ...result, cpuMicroseconds: (used * 1000) / result.answered };
}

export function resultOf(
  results: readonly Result[],
  operation: string,
  connections: number,
  contestant: string,
): Result | undefined {
  return results.find(
    (result) =>
      result.operation === operation && result.connections === connections && result.contestant === contestant,
  );
}

/**
 * The median of the rounds' own ratios: what disturbs the machine for seconds disturbs both sides of a round, and leaves
 * their ratio more alone than either side's median.
 */
export function ratio(own: Result, other: Result, measure: keyof Round): number {
  return median(own.rounds.map((round, at) => round[measure] / (other.rounds[at]?.[measure] ?? Number.NaN)));
}

const quietShare = 0.02;
const quietLimit = 120;

/** Until the server has nothing left to do of its own, such as making keys ahead. */
export async function untilQuiet(servers: readonly Server[], share = quietShare): Promise<void> {
  if (!readsUsage) {
    // As long as a stock of keys takes.
    await sleep(30_000);
    return;
  }
  const used = (): number => servers.reduce((sum, server) => sum + server.cpuMilliseconds(), 0);
  for (let second = 0, before = used(); second < quietLimit; second++) {
    await sleep(1000);
    const now = used();
    if (now - before < 1000 * share * servers.length) return;
    before = now;
  }
  throw new Error(`a server goes on working for ${quietLimit} s after its last request`);
}
