/**
 * The work alone that sign-ins are measured by, in a process of its own: as many threads as there are cores do it
 * over and over, as the server's threads do under load. It is told what and for how long, and says how often it was done;
 * who asks reads the CPU time it took.
 */
import {
  createHash,
  DiffieHellman,
  generateKeyPairSync,
  getDiffieHellman,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { DatabaseSync } from "node:sqlite";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Raw, RawTask } from "./raw-task.ts";

if (isMainThread) {
  // Beside the server's data: a write is to cost what one costs there.
  const directory = mkdtempSync(join(process.argv[2] ?? "", "raw-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  process.once("disconnect", () => process.exit());
  const threads = Array.from(
    { length: availableParallelism() },
    (_, at) => new Worker(import.meta.filename, { workerData: join(directory, `${at}.sqlite`) }),
  );
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
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  // As long as an access token's header and claims.
  const text = Buffer.from(createHash("sha512").update("claims").digest("hex").repeat(6));
  const signed = sign("sha256", text, privateKey);
  const database = new DatabaseSync(String(workerData));
  database.exec(
    "pragma journal_mode = wal; pragma synchronous = full; create table rows (id blob primary key, text text)",
  );
  const insert = database.prepare("insert into rows values (?, ?)");
  let base = Buffer.of(2);
  const work: Readonly<Record<Raw, () => void>> = {
    exponentiation() {
      Reflect.apply(setPrivateKey, group, [exponent]);
      base = group.computeSecret(base);
    },
    signature() {
      sign("sha256", text, privateKey);
    },
    verification() {
      if (!verify("sha256", text, publicKey, signed)) throw new Error("the signature is not good");
    },
    // A row of its own, in a commit of its own: on the disk when it is done.
    write() {
      insert.run(randomBytes(16), text.toString());
    },
  };
  parentPort?.on("message", ({ what, milliseconds }: RawTask) => {
    const until = performance.now() + milliseconds;
    let count = 0;
    for (; performance.now() < until; count++) work[what]();
    parentPort?.postMessage(count);
  });
}
