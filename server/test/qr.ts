import { inflateSync } from "node:zlib";
import decodeQR from "qr/decode.js";

/** What a QR code says, from the PNG: one bit a pixel, no filters, as qr-code.ts writes it. Throws where it is none. */
export function readQrPng(png: Uint8Array): string {
  const bytes = Buffer.from(png);
  if (bytes.toString("hex", 0, 8) !== "89504e470d0a1a0a") throw new Error("no PNG");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get("IHDR") ?? Buffer.alloc(13);
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  if (header.toString("hex", 8) !== "0100000000" || !chunks.has("IEND"))
    throw new Error("not the PNG that is expected");
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  const stride = 1 + Math.ceil(width / 8);
  if (rows.length !== stride * height) throw new Error("the rows are not as many as the header says");
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    if (rows[y * stride] !== 0) throw new Error("a row is filtered");
    for (let x = 0; x < width; x++) {
      const isWhite = ((rows[y * stride + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      data.fill(isWhite === 1 ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3);
      data[(y * width + x) * 4 + 3] = 255;
    }
  }
  return decodeQR({ width, height, data });
}

/** What a QR code says that is drawn as SVG, a square of one for each dark module: `M3 4h1v1h-1z`. */
export function readQrSvg(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const scale = 4;
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < scale; row++) {
      const start = ((Number(y) * scale + row) * width + Number(x) * scale) * 4;
      for (let pixel = start; pixel < start + scale * 4; pixel += 4) data.fill(0, pixel, pixel + 3);
    }
  }
  return decodeQR({ width, height: width, data });
}
