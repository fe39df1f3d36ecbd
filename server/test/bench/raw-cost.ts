/**
 * The arithmetic alone that sign-ins are measured by, in a process of its own: as many threads as there are cores do it
 * over and over, as the server's threads do under load. It is told what and for how long, and says how often it was done;
 * who asks reads the CPU time it took.
 */
import { createHash, DiffieHellman, generateKeyPairSync, getDiffieHellman, randomBytes, sign } from "node:crypto";
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

export type Raw = "exponentiation" | "signature";

export interface RawTask {
  readonly what: Raw;
  readonly milliseconds: number;
}

if (isMainThread) {
  const threads = Array.from({ length: availableParallelism() }, () => new Worker(import.meta.filename));
  process.on("message", async (task: RawTask) => {
    const counts = threads.map(
      (thread) => new Promise<number>((resolve) => void thread.once("message", (count: number) => resolve(count))),
    );
    for (const thread of threads) thread.postMessage(task);
    process.send?.((await Promise.all(counts)).reduce((sum, count) => sum + count, 0));
  });
} else {
  // OpenSSL's constant-time power in the 3072-bit group, of a private number of 256 bits, as SRP has them.
  const group = getDiffieHellman("modp15");
  const setPrivateKey = DiffieHellman.prototype.setPrivateKey;
  const exponent = randomBytes(32);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  // As long as an access token's header and claims.
  const text = Buffer.from(createHash("sha512").update("claims").digest("hex").repeat(6));
  let base = Buffer.of(2);
  const work: Readonly<Record<Raw, () => void>> = {
    exponentiation() {
      Reflect.apply(setPrivateKey, group, [exponent]);
      base = group.computeSecret(base);
    },
    signature() {
      sign("sha256", text, privateKey);
    },
  };
  parentPort?.on("message", ({ what, milliseconds }: RawTask) => {
    const until = performance.now() + milliseconds;
    let count = 0;
    for (; performance.now() < until; count++) work[what]();
    parentPort?.postMessage(count);
  });
}
