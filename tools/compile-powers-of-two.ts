/**
 * Compiles server/src/runtime/powers-of-two.wat to the JSON beside it, from which the server loads it; a test fails while
 * that is behind.
 */
import { readFileSync, writeFileSync } from "node:fs";
import loadWabt from "wabt";

const source = new URL("../server/src/runtime/powers-of-two.wat", import.meta.url);
export const target = new URL("../server/src/runtime/powers-of-two.json", import.meta.url);

/** The text of powers-of-two.json. */
export async function compilePowersOfTwo(): Promise<string> {
  const wabt = await loadWabt();
  const features = { simd: true, relaxed_simd: true, bulk_memory: true };
  const { buffer } = wabt.parseWat("powers-of-two.wat", readFileSync(source, "utf8"), features).toBinary({});
  return `${JSON.stringify({ module: Buffer.from(buffer).toString("base64") }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(target, await compilePowersOfTwo());
