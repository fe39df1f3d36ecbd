import { iam } from "../iam.ts";
import { exactKeys, listTags } from "../tags.ts";
import { requireServerCertificate } from "./server-certificate.ts";

export const ListServerCertificateTags = iam("ListServerCertificateTags", {
  resource: (input, call) => requireServerCertificate(call, input.ServerCertificateName),
  handle: (input, call, { certificate }) => listTags(call, certificate.tags, input, exactKeys),
});
