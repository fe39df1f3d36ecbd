import { generateKeyPairSync } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { createKeyPairs, type KeyPair, type KeyPairs } from "../src/runtime/key-pairs.ts";

export function keyPair(): KeyPair {
  return generateKeyPairSync("rsa", { modulusLength: 2048 });
}

/** A source in which exactly these are ready, and to which no other one ever comes. */
export async function onlyKeyPairs(...pairs: readonly KeyPair[]): Promise<KeyPairs> {
  let asked = 0;
  const keyPairs = createKeyPairs({
    ready: pairs.length + 1,
    startAfter: 0,
    generate: () => {
      const pair = pairs[asked++];
      return pair === undefined ? new Promise(() => {}) : Promise.resolve(pair);
    },
  });
  // It asks for one more when all of these are in stock.
  while (asked <= pairs.length) await setTimeout(1);
  return keyPairs;
}
