import type { Migration } from "./migration.ts";

export const certificatesById: Migration = {
  number: 8,
  name: "certificates-by-id",
  statements: () => [
    // A request brings a certificate along and no account: the id, which the certificate's bytes give, must find it.
    `create index signing_certificates_by_id on signing_certificates (certificate_id, uploaded_at, account_id)`,
  ],
};
