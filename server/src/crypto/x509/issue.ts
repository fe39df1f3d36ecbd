import { type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import { encodeElement, encodeTime, tag } from "./der.ts";

export interface SelfSignedCertificate {
  readonly commonName: string;
  /** RSA. */
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Eight random bytes. The top bit is set over them. */
  readonly serialNumber: Uint8Array;
  /** Milliseconds since the epoch; certificates count whole seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
}

const signInThreadPool = promisify(sign);

const version3 = encodeElement(tag.context0, Buffer.of(tag.integer, 1, 2));
/** sha256WithRSAEncryption with its NULL: RFC 4055 section 5. */
const sha256WithRsa = encodeElement(tag.sequence, Buffer.from("06092a864886f70d01010b0500", "hex"));
/** id-at-commonName: RFC 5280 appendix A.1. */
const commonNameOid = Buffer.from("0603550403", "hex");
const longestCommonName = 64;

/**
 * The profile of Cognito's certificates (four of AWS's own decoded, 2021 to 2025): version 3 with no extensions, subject
 * and issuer the one common name as UTF8String, sha256WithRSAEncryption, a serial number of 64 bits whose top bit is set.
 * Written here rather than by a library: it is one fixed form, which the tests read back with OpenSSL, and one RSA
 * signature is then all that it costs. That is made off the main thread.
 */
export async function issueSelfSigned(certificate: SelfSignedCertificate): Promise<Uint8Array> {
  const { privateKey, publicKey, serialNumber, notBefore, notAfter } = certificate;
  const commonName = Buffer.from(certificate.commonName);
  if (commonName.length === 0 || commonName.length > longestCommonName) {
    throw new RangeError(`A common name has 1 to ${longestCommonName} bytes.`);
  }
  if (serialNumber.length !== 8) throw new RangeError("A serial number is made of 8 bytes.");
  if (publicKey.asymmetricKeyType !== "rsa" || privateKey.asymmetricKeyType !== "rsa") {
    throw new TypeError("The key pair is not RSA.");
  }
  const serial = Uint8Array.from(serialNumber);
  serial[0] = (serial[0] ?? 0) | 0x80;
  const attribute = encodeElement(tag.sequence, commonNameOid, encodeElement(tag.utf8String, commonName));
  const name = encodeElement(tag.sequence, encodeElement(tag.set, attribute));
  const tbs = encodeElement(
    tag.sequence,
    version3,
    // The leading zero keeps the integer positive.
    encodeElement(tag.integer, Buffer.of(0), serial),
    sha256WithRsa,
    name,
    encodeElement(tag.sequence, encodeTime(notBefore), encodeTime(notAfter)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = await signInThreadPool("sha256", tbs, privateKey);
  return encodeElement(tag.sequence, tbs, sha256WithRsa, encodeElement(tag.bitString, Buffer.of(0), signature));
}
