import type { SigningCertificate } from "@aws-sdk/client-iam";
import type { SigningCertificateRow } from "../../../store/signing-certificates.ts";
import { signingCertificates } from "../../../store/signing-certificates.ts";
import { users } from "../../../store/users.ts";
import type { Call, Resource } from "../../operation.ts";
import { noSuchUser, requireCallingUser, requireUser, userArn, userResource } from "../users/user.ts";

/** Whose certificates: a user's, or the account's own where root calls and names nobody. */
export interface Owner extends Resource {
  readonly ownerId: string;
  /** Root's certificates show the account id here, as every item must name somebody (boto3 reads it). */
  readonly userName: string;
}

/** The owner named, or the one who signed the request (IAM API reference: "based on the access key signing the request"). */
export async function requireOwner(call: Call<"NoSuchEntityException">, userName: string | undefined): Promise<Owner> {
  if (userName === undefined && call.caller.kind === "root") return rootOwner(call);
  const found = userName === undefined ? await requireCallingUser(call) : await requireUser(call, userName);
  return { arn: found.arn, tags: found.tags, ownerId: found.user.user_id, userName: found.user.user_name };
}

/** As requireOwner, but a user who is not there is left to `ownerOrRefuse`: Upload looks at the certificate first. */
export async function findOwner(
  call: Call<"NoSuchEntityException">,
  userName: string | undefined,
): Promise<Resource & { readonly owner: Owner | undefined }> {
  if (userName === undefined) {
    const owner = await requireOwner(call, undefined);
    return { ...owner, owner };
  }
  const user = await users.find(call.tx, call.accountId, userName);
  if (user === undefined) return { arn: userArn(call, "/", userName), owner: undefined };
  const resource = userResource(call, user);
  return { ...resource, owner: { ...resource, ownerId: user.user_id, userName: user.user_name } };
}

export function ownerOrRefuse(call: Call<"NoSuchEntityException">, owner: Owner | undefined, userName = ""): Owner {
  return owner ?? call.fail("NoSuchEntityException", noSuchUser(userName));
}

function rootOwner(call: Call): Owner {
  return { arn: call.caller.arn, ownerId: call.accountId, userName: call.accountId };
}

/** Another user's certificate is as absent as one that never was (recorded from AWS, 2026-09). */
export async function requireCertificate(
  call: Call<"NoSuchEntityException">,
  owner: Owner,
  certificateId: string,
): Promise<SigningCertificateRow> {
  const row = await signingCertificates.find(call.tx, call.accountId, certificateId);
  if (row === undefined || row.owner_id !== owner.ownerId) {
    return call.fail("NoSuchEntityException", `The Certificate with id ${certificateId} cannot be found.`);
  }
  return row;
}

export function certificateShape(call: Call, row: SigningCertificateRow, owner: Owner) {
  return {
    UserName: owner.userName,
    CertificateId: row.certificate_id,
    CertificateBody: row.body,
    Status: statusAt(row, call.now),
    UploadDate: new Date(row.uploaded_at),
  } satisfies SigningCertificate;
}

/** `Expired` is what the clock says of a certificate, whatever its caller set (specification of states, 2026-09). */
export function statusAt(row: SigningCertificateRow, now: number): "Active" | "Inactive" | "Expired" {
  if (row.not_after < now) return "Expired";
  return row.status === "Active" ? "Active" : "Inactive";
}
