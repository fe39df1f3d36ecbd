/**
 * Users who sign in over and over, by password and by SRP in turn, in a thread of their own, which makes way for the
 * servers on Linux: clients are on other machines as a rule, and theirs is half of SRP's arithmetic.
 */
import { constants, getPriority, setPriority } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type LoadResult, load, ring } from "./load.ts";
import { byPassword, following, type Pool } from "./pool.ts";
import { srpSignIns } from "./srp.ts";

interface Clients {
  readonly port: number;
  readonly pool: Pick<Pool, "id" | "clientId">;
  /** As many connections as there are names. */
  readonly names: readonly string[];
}

export interface SignInClients {
  /** Rejects where any sign-in fails. */
  run(milliseconds: number): Promise<LoadResult>;
  end(): Promise<unknown>;
}

export function signInClients(clients: Clients): SignInClients {
  const worker = new Worker(import.meta.filename, { workerData: clients });
  // Who waits is told of its end as well.
  const failure = new Promise<never>((_, reject) => void worker.once("error", reject));
  failure.catch(() => undefined);
  return {
    async run(milliseconds) {
      const result = new Promise<LoadResult>((resolve) => void worker.once("message", resolve));
      worker.postMessage(milliseconds);
      const { failed, firstFailure } = await Promise.race([result, failure]);
      if (failed > 0) throw new Error(`${failed} sign-ins failed: ${firstFailure}`);
      return result;
    },
    end: () => worker.terminate(),
  };
}

if (!isMainThread && parentPort !== null) {
  // Elsewhere than on Linux a priority is the process's.
  if (process.platform === "linux") setPriority(Math.min(constants.priority.PRIORITY_LOW, getPriority() + 10));
  const { port, pool, names } = workerData as Clients; // `signInClients` gave it
  const srp = srpSignIns({ port }, pool);
  const firsts = names.flatMap((name) => [byPassword({ port }, pool, name), srp.first(name)]);
  parentPort.on("message", async (milliseconds: number) => {
    const requests = following(ring(firsts), srp.second);
    parentPort?.postMessage(await load({ port, connections: names.length, milliseconds, requests }));
  });
}
