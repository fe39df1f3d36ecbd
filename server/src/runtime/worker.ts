/** The thread of workers.ts: it is told tasks and answers with their results, in their order. */
import { DiffieHellman, getDiffieHellman, type KeyObject, sign } from "node:crypto";
import { constants, getPriority, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { longestExponent, preparePowersOfTwo } from "./powers-of-two.ts";
import { type PackedTasks, packResults, type Task, unpackTasks } from "./worker-messages.ts";

/*
 * OpenSSL's modular exponentiation is reached through a key agreement whose other side's public number is the base. The
 * group object has no setPrivateKey of its own, since its users should not choose their keys; the plain class's works on
 * it, and a new group of the same prime would take 1.4 s to be checked.
 */
const group = getDiffieHellman("modp15");
const setPrivateKey = DiffieHellman.prototype.setPrivateKey;

const prime = BigInt(`0x${group.getPrime("hex")}`);

/** Null where this machine has none, undefined until it is first needed. */
let powerOfTwo: ReturnType<typeof preparePowersOfTwo> | null;

function power(base: Uint8Array, exponent: Uint8Array): Uint8Array {
  if (base.length === 1 && base[0] === 2 && exponent.length <= longestExponent) {
    if (powerOfTwo === undefined) powerOfTwo = preparePowersOfTwo(prime) ?? null;
    if (powerOfTwo !== null) return powerOfTwo(exponent);
  }
  Reflect.apply(setPrivateKey, group, [exponent]);
  return group.computeSecret(base);
}

function compute({ parts, privateKey }: Task): Uint8Array {
  const [first = nothing, exponent = nothing, factor, outer] = parts;
  if (privateKey !== undefined) return sign("sha256", first, privateKey);
  const inner = power(first, exponent);
  if (factor === undefined || outer === undefined) return inner;
  const product = (numberOf(factor) * numberOf(inner)) % prime;
  return power(Buffer.from(product.toString(16).padStart(inner.length * 2, "0"), "hex"), outer);
}

const nothing = new Uint8Array();

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

/** Empty for what OpenSSL refuses: bases that have no proper power, keys that cannot sign. */
function tryToCompute(task: Task): Uint8Array {
  try {
    return compute(task);
  } catch {
    return nothing;
  }
}

const keys: KeyObject[] = [];

/*
 * Beside threads that compute all the time, the event loop's thread would wait 10 to 20 ms for its turn on a core. With a
 * lower priority they make way for it at once. On Linux a nice value is a thread's own (setpriority(2)); elsewhere it is
 * the process's, event loop included.
 */
const steps = 10;
if (process.platform === "linux") setPriority(Math.min(constants.priority.PRIORITY_LOW, getPriority() + steps));

parentPort?.on("message", (message: PackedTasks | Uint8Array) => {
  parentPort?.postMessage(packResults(unpackTasks(message, keys).map(tryToCompute)));
});
