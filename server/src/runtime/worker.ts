/** The thread of workers.ts: it is told one task at a time and answers with its result. */
import { DiffieHellman, getDiffieHellman, sign } from "node:crypto";
import { parentPort } from "node:worker_threads";
import type { Task } from "./workers.ts";

/*
 * OpenSSL's modular exponentiation is reached through a key agreement whose other side's public number is the base. The
 * group object has no setPrivateKey of its own, since its users should not choose their keys; the plain class's works on
 * it, and a new group of the same prime would take 1.4 s to be checked.
 */
const group = getDiffieHellman("modp15");
const setPrivateKey = DiffieHellman.prototype.setPrivateKey;

function compute(task: Task): Uint8Array {
  if ("text" in task) return sign("sha256", task.text, task.privateKey);
  Reflect.apply(setPrivateKey, group, [task.exponent]);
  return group.computeSecret(task.base);
}

parentPort?.on("message", (task: Task) => {
  try {
    parentPort?.postMessage(new Uint8Array(compute(task)));
  } catch {
    // What OpenSSL refuses: bases that have no proper power, keys that cannot sign.
    parentPort?.postMessage(undefined);
  }
});
