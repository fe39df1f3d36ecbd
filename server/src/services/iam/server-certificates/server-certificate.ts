import type { ServerCertificateMetadata } from "@aws-sdk/client-iam";
import {
  type ListedServerCertificate,
  type ServerCertificateRow,
  serverCertificates,
} from "../../../store/server-certificates.ts";
import type { Call, Resource } from "../../operation.ts";

export interface ServerCertificateResource extends Resource {
  readonly certificate: ServerCertificateRow;
}

export function serverCertificateArn(call: Call, path: string, name: string): string {
  return `arn:${call.partition}:iam::${call.accountId}:server-certificate${path}${name}`;
}

/** The named certificate, or the refusal recorded from AWS in 2026. */
export async function requireServerCertificate(
  call: Call<"NoSuchEntityException">,
  name: string,
): Promise<ServerCertificateResource> {
  const certificate = await serverCertificates.find(call.tx, call.accountId, name);
  if (certificate === undefined) {
    // The path of one that is not there is unknown: policies see the name at the root.
    const resource = { arn: serverCertificateArn(call, "/", name) };
    return call.missing(resource, "NoSuchEntityException", `The Server Certificate with name ${name} cannot be found.`);
  }
  const arn = serverCertificateArn(call, certificate.path, certificate.certificate_name);
  return { arn, tags: certificate.tags, certificate };
}

/** Recorded from AWS, 2026-09: the name as it was asked for. */
export function nameIsTaken(name: string): string {
  return `The Server Certificate with name ${name} already exists.`;
}

export function serverCertificateMetadata(call: Call, row: Omit<ListedServerCertificate, "name_key">) {
  return {
    Path: row.path,
    ServerCertificateName: row.certificate_name,
    ServerCertificateId: row.certificate_id,
    Arn: serverCertificateArn(call, row.path, row.certificate_name),
    UploadDate: new Date(row.uploaded_at),
    Expiration: new Date(row.not_after),
  } satisfies ServerCertificateMetadata;
}
