import { readFileSync } from "node:fs";
import type { IAMClient } from "@aws-sdk/client-iam";
import { UploadServerCertificateCommand, type UploadServerCertificateCommandInput } from "@aws-sdk/client-iam";

/** A file of test/vectors/server-certificates, byte for byte. */
export function serverCertificate(name: string): string {
  return readFileSync(new URL(`vectors/server-certificates/${name}.pem`, import.meta.url), "latin1");
}

/** Uploads `leaf` with its key, unless told otherwise. */
export function uploadServerCertificate(
  iam: IAMClient,
  ServerCertificateName: string,
  input: Partial<UploadServerCertificateCommandInput> = {},
) {
  return iam.send(
    new UploadServerCertificateCommand({
      ServerCertificateName,
      CertificateBody: serverCertificate("leaf"),
      PrivateKey: serverCertificate("leaf.key"),
      ...input,
    }),
  );
}
