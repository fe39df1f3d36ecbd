import {
  type ListedServiceCredential,
  type ServiceCredentialRow,
  serviceCredentials,
} from "../../../store/service-credentials.ts";
import type { Call } from "../../operation.ts";
import { requireCallingUser, requireUser, type UserResource } from "../users/user.ts";
import { apiKeyPrefix } from "./services.ts";

/** The user named, or the one who signed. */
export function requireCredentialUser(
  call: Call<"NoSuchEntityException">,
  userName: string | undefined,
): Promise<UserResource> {
  return userName === undefined ? requireCallingUser(call) : requireUser(call, userName);
}

export interface CredentialResource extends UserResource {
  readonly credential: ServiceCredentialRow;
}

/** IAM User Guide, "IAM and AWS STS condition context keys". */
export const serviceNameKey = "iam:servicespecificcredentialservicename";
export const ageDaysKey = "iam:servicespecificcredentialagedays";

/** The user as what is acted on, with the credential's service for policies to ask after (observed 2026-09). */
export async function requireCredential(
  call: Call<"NoSuchEntityException">,
  input: { readonly UserName?: string | undefined; readonly ServiceSpecificCredentialId: string },
): Promise<CredentialResource> {
  const found = await requireCredentialUser(call, input.UserName);
  const id = input.ServiceSpecificCredentialId;
  const credential = await serviceCredentials.find(call.tx, call.accountId, id);
  // Both texts recorded from AWS, 2025 and 2026-09.
  if (credential === undefined) return call.missing(found, "NoSuchEntityException", `No such credential ${id} exists`);
  const resource = { ...found, conditions: { [serviceNameKey]: [credential.service_name] }, credential };
  if (credential.user_id !== found.user.user_id) {
    return call.missing(
      resource,
      "ValidationError",
      `User ${found.user.user_name} does not have a service specific credential with id ${id}`,
    );
  }
  return resource;
}

/** 60 letters of base64 (observed 2026-09). */
const passwordLength = 45;

/** What its holder signs in with, to be told once, and what is kept of it. */
export function newSecret(
  call: Call,
  credential: Pick<ServiceCredentialRow, "credential_id" | "service_name" | "alias">,
) {
  const { credential_id, service_name, alias } = credential;
  const password = Buffer.from(call.random.bytes(passwordLength)).toString("base64");
  const prefix = apiKeyPrefix(service_name);
  const sealed = call.environment.seal.seal(password, `service_credentials:${credential_id}`, call.random.bytes(12));
  if (prefix === undefined) return { sealed, told: { ServicePassword: password } };
  const key = prefix + Buffer.from(`${alias}:${password}`).toString("base64");
  return { sealed, told: { ServiceCredentialSecret: key } };
}

/** What lists show, too. The name to sign in with is called differently where there is an API key. */
export function credentialMetadata(
  call: Call,
  row: Pick<
    ListedServiceCredential,
    "credential_id" | "service_name" | "alias" | "status" | "created_at" | "expires_at" | "user_name"
  >,
) {
  const isApiKey = apiKeyPrefix(row.service_name) !== undefined;
  return {
    UserName: row.user_name,
    Status: statusAt(row, call.now),
    CreateDate: new Date(row.created_at),
    ...(row.expires_at === null ? {} : { ExpirationDate: new Date(row.expires_at) }),
    ServiceSpecificCredentialId: row.credential_id,
    ServiceName: row.service_name,
    ...(isApiKey ? { ServiceCredentialAlias: row.alias } : { ServiceUserName: row.alias }),
  };
}

/** `Expired` is what the clock says, whatever its owner set. */
function statusAt(
  { status, expires_at }: Pick<ServiceCredentialRow, "status" | "expires_at">,
  now: number,
): "Active" | "Inactive" | "Expired" {
  if (expires_at !== null && expires_at <= now) return "Expired";
  return status === "Active" ? "Active" : "Inactive";
}
