import { createPrivateKey } from "node:crypto";
import { encodePrivateKey } from "../crypto/private-key.ts";
import { malformed } from "./saml-error.ts";

/** PKCS #8, from a PEM in any form that holds a private key without a passphrase. */
export function readPrivateKey(pem: string): Uint8Array {
  try {
    return encodePrivateKey(createPrivateKey({ key: pem, format: "pem" }));
  } catch {
    throw malformed("This is no private key.");
  }
}
