import { crc32, deflateSync } from "node:zlib";
import { encodeQR } from "qr";

/** Pixels to a module, and modules of quiet zone (ISO/IEC 18004, 9.1). */
const scale = 4;
const quietZone = 4;

const signature = Buffer.from("89504e470d0a1a0a", "hex");

/** A QR code of a text as a PNG: one bit a pixel, black on white (PNG, third edition, 11.2). */
export function qrCodePng(text: string): Uint8Array {
  const modules = encodeQR(text, "raw", { ecc: "medium", border: quietZone });
  const size = modules.length * scale;
  const rows: Buffer[] = [];
  for (const line of modules) {
    // Each row begins with its filter, none.
    const row = Buffer.alloc(1 + Math.ceil(size / 8));
    for (let x = 0; x < size; x++) {
      const isDark = line[Math.floor(x / scale)] === true;
      if (!isDark) row[1 + (x >> 3)] = (row[1 + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
    for (let copy = 0; copy < scale; copy++) rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 1; // bits a pixel; greyscale and no interlacing are 0, as the compression and filter methods are
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const bounds = Buffer.alloc(8);
  bounds.writeUInt32BE(content.length, 0);
  bounds.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([bounds.subarray(0, 4), body, bounds.subarray(4)]);
}
