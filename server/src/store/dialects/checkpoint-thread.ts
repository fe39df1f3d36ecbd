/** The thread of checkpoints.ts: each message is a checkpoint, and is answered when it is done. */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

const database = new DatabaseSync(String(workerData));
database.exec("pragma synchronous = full");
const checkpoint = database.prepare("pragma wal_checkpoint(passive)");

parentPort?.on("message", () => {
  checkpoint.get();
  parentPort?.postMessage("done");
});
