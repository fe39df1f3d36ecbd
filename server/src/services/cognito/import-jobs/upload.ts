import { userImportJobs } from "../../../store/user-import-jobs.ts";
import type { Environment } from "../../operation.ts";
import { expired, jobOfUpload, mostBytes } from "./import-job.ts";

/** How much may be sent there, known before it is read: only by who was given the address. */
export function uploadLimit(environment: Environment, url: string): number | undefined {
  const at = url.indexOf("?");
  const jobId =
    at < 0 ? undefined : jobOfUpload(environment, url.slice(0, at), url.slice(at + 1), environment.clock.now());
  return jobId === undefined ? undefined : mostBytes;
}

/** Keeps the file of a job that is not started yet; a second one takes the place of the first. */
export async function upload(
  environment: Environment,
  path: string,
  query: string,
  content: Uint8Array,
): Promise<"kept" | "refused"> {
  const now = environment.clock.now();
  const jobId = jobOfUpload(environment, path, query, now);
  if (jobId === undefined) return "refused";
  return environment.store.write(async (tx) => {
    const job = await userImportJobs.find(tx, jobId);
    if (job === undefined || expired({ now }, job).status !== "Created") return "refused";
    await userImportJobs.putFile(tx, jobId, content);
    return "kept";
  });
}

export interface ImportReport {
  readonly JobId: string;
  readonly Status: string;
  readonly failures: readonly { readonly line: number; readonly outcome: string; readonly reason: string }[];
  readonly nextLine?: number;
}

const failuresAtOnce = 1_000;

/** Which lines made no user, and why: what AWS writes to CloudWatch Logs. `after` is the last line of the page before. */
export async function importReport(
  { store }: Pick<Environment, "store">,
  accountId: string,
  jobId: string,
  after: number,
): Promise<ImportReport | undefined> {
  return store.read(async (tx) => {
    const job = await userImportJobs.find(tx, jobId);
    if (job?.account_id !== accountId) return undefined;
    const found = await userImportJobs.listFailures(tx, jobId, after, failuresAtOnce + 1);
    const shown = found.slice(0, failuresAtOnce);
    return {
      JobId: job.job_id,
      Status: job.status,
      failures: shown.map(({ line, outcome, reason }) => ({ line, outcome, reason })),
      ...(found.length > failuresAtOnce ? { nextLine: shown.at(-1)?.line ?? 0 } : {}),
    };
  });
}
