import { serverCertificates } from "../../../store/server-certificates.ts";
import { iam } from "../iam.ts";
import { requireServerCertificate } from "./server-certificate.ts";

export const DeleteServerCertificate = iam("DeleteServerCertificate", {
  resource: (input, call) => requireServerCertificate(call, input.ServerCertificateName),

  // AWS refuses with DeleteConflict while a load balancer uses it; nothing here does.
  async handle(_input, call, { certificate }) {
    await serverCertificates.delete(call.tx, certificate);
  },
});
