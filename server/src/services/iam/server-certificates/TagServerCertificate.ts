import { serverCertificates } from "../../../store/server-certificates.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { requireServerCertificate } from "./server-certificate.ts";

export const TagServerCertificate = iam("TagServerCertificate", {
  resource: (input, call) => requireServerCertificate(call, input.ServerCertificateName),

  async handle(input, call, { certificate }) {
    // Recorded from AWS, 2026-09.
    if (input.Tags.length === 0) call.fail("InvalidInputException", "The provided tag map must not be null/empty.");
    const quota = call.environment.quotas.TagsPerServerCertificate;
    const tags = mergeTags(call, certificate.tags, input.Tags, quota, exactKeys);
    await serverCertificates.setTags(call.tx, certificate.certificate_id, tags);
  },
});
