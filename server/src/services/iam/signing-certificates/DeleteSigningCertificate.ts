import { signingCertificates } from "../../../store/signing-certificates.ts";
import { iam } from "../iam.ts";
import { requireCertificate, requireOwner } from "./signing-certificate.ts";

export const DeleteSigningCertificate = iam("DeleteSigningCertificate", {
  resource: (input, call) => requireOwner(call, input.UserName),

  async handle(input, call, owner) {
    await signingCertificates.delete(call.tx, await requireCertificate(call, owner, input.CertificateId));
  },
});
