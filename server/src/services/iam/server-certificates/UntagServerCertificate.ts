import { serverCertificates } from "../../../store/server-certificates.ts";
import { iam } from "../iam.ts";
import { exactKeys, removeTags } from "../tags.ts";
import { requireServerCertificate } from "./server-certificate.ts";

export const UntagServerCertificate = iam("UntagServerCertificate", {
  resource: (input, call) => requireServerCertificate(call, input.ServerCertificateName),

  async handle(input, call, { certificate }) {
    // Recorded from AWS, 2026-09.
    if (input.TagKeys.length === 0) call.fail("InvalidInputException", "The provided tag keys must not be null/empty.");
    const tags = removeTags(certificate.tags, input.TagKeys, exactKeys);
    await serverCertificates.setTags(call.tx, certificate.certificate_id, tags);
  },
});
