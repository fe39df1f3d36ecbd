import { X509Certificate } from "node:crypto";

/** What tells a certificate from others, and when it is good, of one that was accepted already: nothing is checked. */
export interface CertificateDescription {
  /** Upper-case hexadecimal. */
  readonly serialNumber: string;
  /** One attribute a line, as node:crypto prints names. */
  readonly subject: string;
  /** SHA-256, upper-case hexadecimal, a colon between bytes. */
  readonly fingerprint256: string;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** `certificate` is PEM, whatever stands before it, or the DER in bare base64. */
export function describeCertificate(certificate: string): CertificateDescription {
  const isPem = certificate.includes("-----BEGIN");
  const parsed = new X509Certificate(isPem ? certificate : Buffer.from(certificate, "base64"));
  return {
    serialNumber: parsed.serialNumber,
    subject: parsed.subject ?? "",
    fingerprint256: parsed.fingerprint256,
    notBefore: parsed.validFromDate.getTime(),
    notAfter: parsed.validToDate.getTime(),
  };
}
