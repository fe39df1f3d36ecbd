import { readFileSync } from "node:fs";

/** A certificate of test/vectors/certificates, byte for byte. */
export function certificate(name: string): string {
  return readFileSync(new URL(`vectors/certificates/${name}.pem`, import.meta.url), "latin1");
}
