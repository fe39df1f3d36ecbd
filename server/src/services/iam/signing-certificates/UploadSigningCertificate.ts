import { CertificateError, readCertificate } from "../../../crypto/x509/read.ts";
import { signingCertificates } from "../../../store/signing-certificates.ts";
import type { Call } from "../../operation.ts";
import { iam } from "../iam.ts";
import { certificateShape, findOwner, ownerOrRefuse } from "./signing-certificate.ts";

export const UploadSigningCertificate = iam("UploadSigningCertificate", {
  resource: (input, call) => findOwner(call, input.UserName),

  // Order of refusals as on AWS: the certificate itself, the user, the user's own duplicate, another's, the quota.
  async handle(input, call, found) {
    const body = input.CertificateBody;
    const certificate = usableCertificate(call, body);
    const owner = ownerOrRefuse(call, found.owner, input.UserName);
    const { certificateId } = certificate;
    const stored = await signingCertificates.find(call.tx, call.accountId, certificateId);
    if (stored !== undefined) {
      if (stored.owner_id !== owner.ownerId) {
        call.fail("DuplicateCertificateException", "Duplicate certificate uploaded.");
      }
      // Recorded from AWS: uploading again succeeds, answers Active, and changes nothing that is stored.
      return { Certificate: { ...certificateShape(call, stored, owner), Status: "Active" as const } };
    }
    const held = await signingCertificates.list(call.tx, call.accountId, owner.ownerId);
    const quota = call.environment.quotas.CertificatesPerUser;
    if (held.length >= quota) {
      call.fail("LimitExceededException", `Cannot exceed quota for CertificatesPerUser: ${quota}`);
    }
    const row = {
      account_id: call.accountId,
      certificate_id: certificateId,
      owner_id: owner.ownerId,
      body,
      status: "Active",
      uploaded_at: call.now,
      changed_at: call.now,
      not_after: certificate.notAfter,
      position: (held.at(-1)?.position ?? 0) + 1,
    };
    await signingCertificates.insert(call.tx, row);
    return { Certificate: certificateShape(call, row, owner) };
  },
});

function usableCertificate(
  call: Call<"MalformedCertificateException" | "InvalidCertificateException">,
  body: string,
): ReturnType<typeof readCertificate> {
  // AWS repeats the whole body (recorded, newlines included), for an expired certificate as for no certificate at all.
  const malformed = () => call.fail("MalformedCertificateException", `Certificate ${body} is malformed.`);
  try {
    const certificate = readCertificate(body);
    if (call.now < certificate.notBefore || call.now > certificate.notAfter) return malformed();
    return certificate;
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    if (error.code === "unsupported") {
      // A sound certificate over a key that no signature of AWS's could use. The text is ours: AWS's is not known.
      return call.fail("InvalidCertificateException", "The certificate's public key is not supported.");
    }
    return malformed();
  }
}
