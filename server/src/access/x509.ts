import type { Authorization, CertificateClaim, ReceivedRequest } from "../crypto/sigv4.ts";
import { decimalSerialNumber, verifyX509Signature } from "../crypto/sigv4-x509.ts";
import { type Certificate, CertificateError, readCertificate, readCertificateBase64 } from "../crypto/x509/read.ts";
import type { Clock } from "../runtime/clock.ts";
import { type SigningCertificateRow, signingCertificates } from "../store/signing-certificates.ts";
import type { Store, Tx } from "../store/store.ts";
import { type UserRow, users } from "../store/users.ts";
import type { Caller } from "./caller.ts";
import { expiredToken, invalidToken, retiredKey, type SignedService, wrongSignature } from "./refusal.ts";
import { VersionedCache } from "./versioned-cache.ts";

/*
 * Requests signed with the private key of an IAM signing certificate (AWS4-X509, as IAM Roles Anywhere has it). What such
 * a certificate is good for on AWS went with the SOAP APIs; that it signs for its user is what it is for here.
 */

/** A signing certificate that IAM has, and whose it is. */
export interface CertificateCredential {
  readonly accountId: string;
  readonly holder: { readonly kind: "root" } | { readonly kind: "user"; readonly user: UserRow };
  readonly active: boolean;
  /** A certificate is a long-term credential. */
  readonly session: undefined;
  readonly certificate: Certificate;
  /** By partition. */
  readonly callers: Map<string, Caller>;
}

/** By X-Amz-X509 as it was sent: reading a certificate takes as long as verifying a signature. */
export type CertificateCache = VersionedCache<CertificateCredential>;

export function certificateCache(store: Store): CertificateCache {
  return new VersionedCache(store.watch(["signing_certificates", "users", "accounts"]), 10_000);
}

export interface CertificateEnvironment {
  readonly store: Store;
  readonly clock: Clock;
  readonly credentials: { readonly certificates: CertificateCache };
}

/**
 * Whose certificate the request was signed with. Refuses in the order in which AWS looks at credentials: the token is
 * broken, it has expired, it is not known, its key is retired, the signature is wrong.
 */
export function authenticateCertificate(
  request: ReceivedRequest,
  service: SignedService,
  environment: CertificateEnvironment,
  authorization: Authorization,
  claim: CertificateClaim,
): CertificateCredential | Promise<CertificateCredential> {
  // A certificate stands for its owner: there is no session whose token could go with it.
  if (authorization.sessionToken !== undefined) throw invalidToken(service, "broken");
  const now = environment.clock.now();
  const known = environment.credentials.certificates.get(claim.certificate);
  if (known !== undefined) {
    checkCertificate(service, authorization, known.certificate, now);
    return checkSignature(request, service, authorization, known);
  }
  const certificate = readClaim(service, claim);
  checkCertificate(service, authorization, certificate, now);
  return find(environment, claim, certificate).then((found) => {
    if (found === undefined) throw invalidToken(service, "unknown");
    return checkSignature(request, service, authorization, found);
  });
}

function readClaim(service: SignedService, claim: CertificateClaim): Certificate {
  try {
    return readCertificateBase64(claim.certificate);
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw invalidToken(service, "broken");
  }
}

function checkCertificate(
  service: SignedService,
  { accessKeyId }: Authorization,
  { serialNumber, notBefore, notAfter }: Certificate,
  now: number,
): void {
  // The scope's first word names the certificate, so that one sent along with another's name is no credential at all.
  if (accessKeyId !== decimalSerialNumber(serialNumber)) throw invalidToken(service, "broken");
  // One that is not valid yet, which a clock turned back can make of any, is refused like one that no longer is.
  if (now < notBefore || now > notAfter) throw expiredToken(service);
}

function checkSignature(
  request: ReceivedRequest,
  service: SignedService,
  authorization: Authorization,
  found: CertificateCredential,
): CertificateCredential {
  if (!found.active) throw retiredKey(service);
  if (!verifyX509Signature(request, authorization, found.certificate.publicKey)) throw wrongSignature(service);
  return found;
}

function find(
  { store, credentials }: CertificateEnvironment,
  claim: CertificateClaim,
  certificate: Certificate,
): Promise<CertificateCredential | undefined> {
  return credentials.certificates.load(claim.certificate, () =>
    store.read(async (tx) => {
      const row = await signingCertificates.findFirst(tx, certificate.certificateId);
      // The id is a SHA-1, for which two certificates can be made to agree: these bytes or none.
      if (row === undefined || !Buffer.from(certificate.der).equals(readCertificate(row.body).der)) return undefined;
      const holder = await holderOf(tx, row);
      if (holder === undefined) return undefined;
      const active = row.status === "Active";
      return { accountId: row.account_id, holder, active, session: undefined, certificate, callers: new Map() };
    }),
  );
}

async function holderOf(tx: Tx, row: SigningCertificateRow): Promise<CertificateCredential["holder"] | undefined> {
  if (row.owner_id === row.account_id) return { kind: "root" };
  const user = await users.findById(tx, row.owner_id);
  return user === undefined ? undefined : { kind: "user", user };
}
