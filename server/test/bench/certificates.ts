import { execFileSync } from "node:child_process";
import { createPrivateKey, sign, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const signInThreadPool = promisify(sign);
/** 16 bytes that stand nowhere else in the first certificate, and are replaced in the others. */
const serial = Buffer.from("4b656570206d6520756e697175652121", "hex");
const signatureLength = 256;

/**
 * Self-signed RSA-2048 certificates of 1.2 kB, all different, kept in `directory` from run to run: no account takes the
 * same one for two users. One comes from the openssl command; the others are the same with another serial number, signed
 * anew (making each from nothing would take minutes).
 */
export async function certificatePool(directory: string, count: number): Promise<readonly string[]> {
  const file = join(directory, "certificates.pem");
  const separator = "\n\n";
  if (existsSync(file)) {
    const kept = readFileSync(file, "latin1").split(separator);
    if (kept.length >= count) return kept;
  }
  const keyFile = join(directory, "certificates.key");
  const first = execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha256", "-keyout", keyFile, "-days", "3650"],
      ...[
        "-set_serial",
        `0x${serial.toString("hex")}`,
        "-subj",
        "/C=US/O=Example Corporation/OU=Engineering/CN=signing.example.com",
      ],
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const key = createPrivateKey(readFileSync(keyFile));
  const { raw } = new X509Certificate(first);
  // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature }, both lengths in two bytes at this size.
  const signed = { start: 4, end: 8 + raw.readUInt16BE(6) };
  const serialAt = raw.indexOf(serial);
  const one = async (number: number): Promise<string> => {
    const der = Buffer.from(raw);
    der.writeUInt32BE(number, serialAt + 12);
    const signature = await signInThreadPool("sha256", der.subarray(signed.start, signed.end), key);
    signature.copy(der, der.length - signatureLength);
    const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----`;
  };
  const made: string[] = [];
  while (made.length < count) {
    const batch = Array.from({ length: Math.min(64, count - made.length) }, (_, at) => one(made.length + at));
    made.push(...(await Promise.all(batch)));
  }
  const last = new X509Certificate(made.at(-1) ?? "");
  if (!last.verify(last.publicKey)) throw new Error("the certificates made for the bench do not verify");
  writeFileSync(file, made.join(separator), "latin1");
  return made;
}
