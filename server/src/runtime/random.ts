import { createHash, randomFillSync, randomUUID } from "node:crypto";

export interface Random {
  /** `size` fresh random bytes. */
  bytes(size: number): Uint8Array;
  /** RFC 9562, version 4, in lower case: every request takes one. */
  uuid(): string;
}

/** The machine's generator, read 4 KiB at a time, since one small read costs as much as a large one. */
export function systemRandom(): Random {
  const block = new Uint8Array(4096);
  let used = block.length;
  return {
    bytes(size) {
      if (size > block.length) return randomFillSync(new Uint8Array(size));
      if (used + size > block.length) {
        randomFillSync(block);
        used = 0;
      }
      const taken = block.slice(used, used + size);
      // What has been handed out must not stay readable here.
      block.fill(0, used, used + size);
      used += size;
      return taken;
    },
    // Node keeps random bytes for these ahead, too.
    uuid: () => randomUUID(),
  };
}

/** SHA-256 in counter mode over a seed: for tests, where every id must be the same in every run. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  return {
    bytes(size) {
      const out = new Uint8Array(size);
      for (let at = 0; at < size; at += 32) {
        const block = createHash("sha256").update(`${seed}:${counter++}`).digest();
        out.set(block.subarray(0, Math.min(32, size - at)), at);
      }
      return out;
    },
    uuid() {
      return uuidOf(this.bytes(16));
    },
  };
}

function uuidOf(bytes: Uint8Array): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
