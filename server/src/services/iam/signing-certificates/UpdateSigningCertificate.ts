import { signingCertificates } from "../../../store/signing-certificates.ts";
import { iam } from "../iam.ts";
import { requireCertificate, requireOwner } from "./signing-certificate.ts";

export const UpdateSigningCertificate = iam("UpdateSigningCertificate", {
  resource: (input, call) => requireOwner(call, input.UserName),

  async handle(input, call, owner) {
    if (input.Status === "Expired") {
      // Recorded from AWS, 2026-09: a state that is reported, not one that a caller sets.
      call.fail("InvalidInputException", "Operation does not support status Expired");
    }
    const row = await requireCertificate(call, owner, input.CertificateId);
    if (row.status !== input.Status) await signingCertificates.setStatus(call.tx, row, input.Status, call.now);
  },
});
