import { iam } from "../iam.ts";
import { requireServerCertificate, serverCertificateMetadata } from "./server-certificate.ts";

export const GetServerCertificate = iam("GetServerCertificate", {
  resource: (input, call) => requireServerCertificate(call, input.ServerCertificateName),

  // The private key is never told. Tags are, even where there are none (both recorded from AWS, 2026).
  handle: (_input, call, { certificate }) => ({
    ServerCertificate: {
      ServerCertificateMetadata: serverCertificateMetadata(call, certificate),
      CertificateBody: certificate.body,
      ...(certificate.chain === null ? {} : { CertificateChain: certificate.chain }),
      Tags: [...certificate.tags],
    },
  }),
});
