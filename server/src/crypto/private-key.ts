import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** PKCS #8 (RFC 5958), the form in which private keys are sealed and kept. */
export function encodePrivateKey(privateKey: KeyObject): Uint8Array {
  return privateKey.export({ type: "pkcs8", format: "der" });
}

/** With the public key that belongs to it. */
export function decodePrivateKey(der: Uint8Array): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  const key = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
  const privateKey = createPrivateKey({ key, type: "pkcs8", format: "der" });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
