/** The thread of workers.ts. It is asked `[base, exponent]` and answers a power in the 3072-bit group of RFC 3526. */
import { DiffieHellman, getDiffieHellman } from "node:crypto";
import { parentPort } from "node:worker_threads";

/*
 * OpenSSL's modular exponentiation is reached through a key agreement whose other side's public number is the base. The
 * group object has no setPrivateKey of its own, since its users should not choose their keys; the plain class's works on
 * it, and a new group of the same prime would take 1.4 s to be checked.
 */
const group = getDiffieHellman("modp15");
const setPrivateKey = DiffieHellman.prototype.setPrivateKey;

parentPort?.on("message", ([base, exponent]: readonly [Uint8Array, Uint8Array]) => {
  try {
    Reflect.apply(setPrivateKey, group, [exponent]);
    parentPort?.postMessage(new Uint8Array(group.computeSecret(base)));
  } catch {
    // What OpenSSL refuses: bases that have no proper power.
    parentPort?.postMessage(undefined);
  }
});
