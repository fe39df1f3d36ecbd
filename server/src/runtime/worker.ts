/** The thread of workers.ts: it is told tasks and answers with their results, in their order. */
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

const prime = BigInt(`0x${group.getPrime("hex")}`);

function power(base: Uint8Array, exponent: Uint8Array): Uint8Array {
  Reflect.apply(setPrivateKey, group, [exponent]);
  return group.computeSecret(base);
}

function compute(task: Task): Uint8Array {
  if (task.kind === "signature") return sign("sha256", task.text, task.privateKey);
  const inner = power(task.base, task.exponent);
  if (task.kind === "power") return inner;
  const product = (numberOf(task.factor) * numberOf(inner)) % prime;
  return power(Buffer.from(product.toString(16).padStart(inner.length * 2, "0"), "hex"), task.outer);
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function tryToCompute(task: Task): Uint8Array | undefined {
  try {
    return new Uint8Array(compute(task));
  } catch {
    // What OpenSSL refuses: bases that have no proper power, keys that cannot sign.
    return undefined;
  }
}

parentPort?.on("message", (tasks: readonly Task[]) => {
  parentPort?.postMessage(tasks.map(tryToCompute));
});
