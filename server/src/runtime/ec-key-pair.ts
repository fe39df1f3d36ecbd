import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { KeyPair } from "./key-pairs.ts";

const generate = promisify(generateKeyPair);

/** A pair on P-384: a millisecond's work, unlike RSA's, so that none is made ahead. */
export function makeP384KeyPair(): Promise<KeyPair> {
  return generate("ec", { namedCurve: "P-384" });
}
