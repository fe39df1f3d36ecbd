import type { UserImportJobStatusType, UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import { timingSafeText } from "../../../crypto/digest.ts";
import { type UserImportJobRow, userImportJobs } from "../../../store/user-import-jobs.ts";
import type { Call, Environment } from "../../operation.ts";
import { baseUrlOf } from "../sessions/issuer.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { type PoolResource, requirePool } from "../users/user-of-pool.ts";

export interface ImportJobResource extends PoolResource {
  readonly job: UserImportJobRow;
}

/** A job that is not started within a day, at the least, is good for nothing any more (developer guide, "Creating and running an import job"). */
export const startWithinMs = 24 * 3_600_000;
/** For how long the file may be uploaded (the same). */
const uploadWithinMs = 15 * 60_000;

export const uploadPath = "/_countersign/imports/";

/** The largest file (developer guide, "Formatting the CSV file"). */
export const mostBytes = 100 * 1_048_576;

/**
 * Cognito's own order (recorded in the AWS CLI's reference): all but `sub`, then what is no attribute. Custom attributes
 * come last, as in files that people made from it in 2021.
 */
export function csvHeader({ SchemaAttributes = [] }: Configuration): string[] {
  const names = SchemaAttributes.flatMap(({ Name }) => (Name === undefined || Name === "sub" ? [] : [Name]));
  const isCustom = (name: string) => name.includes(":");
  return [
    ...names.filter((name) => !isCustom(name)),
    "cognito:mfa_enabled",
    "cognito:username",
    ...names.filter(isCustom),
  ];
}

function macOf({ seal }: Pick<Environment, "seal">, jobId: string, expires: string): string {
  return Buffer.from(seal.mac(`${jobId} ${expires}`, "user import upload")).toString("base64url");
}

/** Where the file of a job goes, by PUT: whoever has the address may send it. */
function uploadUrl(environment: Environment, base: string, { job_id, created_at }: UserImportJobRow): string {
  const expires = String(created_at + uploadWithinMs);
  return `${base}${uploadPath}${job_id}?expires=${expires}&signature=${macOf(environment, job_id, expires)}`;
}

/** The job that this address is for, if it is ours and not too old. */
export function jobOfUpload(environment: Environment, path: string, query: string, now: number): string | undefined {
  const jobId = path.startsWith(uploadPath) ? path.slice(uploadPath.length) : "";
  const parameters = new URLSearchParams(query);
  const expires = parameters.get("expires") ?? "";
  if (!/^import-[0-9a-zA-Z]{1,48}$/.test(jobId) || !/^\d{1,15}$/.test(expires)) return undefined;
  const isOurs = timingSafeText(macOf(environment, jobId, expires), parameters.get("signature") ?? "");
  return isOurs && now < Number(expires) ? jobId : undefined;
}

export async function requireImportJob(
  call: Call<"ResourceNotFoundException">,
  poolId: string,
  jobId: string,
): Promise<ImportJobResource> {
  const pool = await requirePool(call, poolId);
  const job = await userImportJobs.find(call.tx, jobId);
  if (job === undefined || job.pool_id !== poolId) {
    // The text is ours.
    return call.missing(pool, "ResourceNotFoundException", `Import job ${jobId} does not exist.`);
  }
  return { ...pool, job: expired(call, job) };
}

/** A job that nobody started in time is shown as what it is. */
export function expired({ now }: Pick<Call, "now">, job: UserImportJobRow): UserImportJobRow {
  return job.status === "Created" && now >= job.created_at + startWithinMs ? { ...job, status: "Expired" } : job;
}

export function importJobShape(call: Call, job: UserImportJobRow): UserImportJobType {
  const { environment, facts } = call;
  return {
    JobName: job.name,
    JobId: job.job_id,
    UserPoolId: job.pool_id,
    PreSignedUrl: uploadUrl(environment, baseUrlOf(environment, facts), job),
    CreationDate: new Date(job.created_at),
    StartDate: job.started_at === null ? undefined : new Date(job.started_at),
    CompletionDate: job.completed_at === null ? undefined : new Date(job.completed_at),
    Status: job.status as UserImportJobStatusType, // only these operations write it
    CloudWatchLogsRoleArn: job.role_arn,
    ImportedUsers: job.imported,
    SkippedUsers: job.skipped,
    FailedUsers: job.failed,
    CompletionMessage: job.message ?? undefined,
  };
}
