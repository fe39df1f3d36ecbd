import type { Tx } from "../../../store/store.ts";
import { type UserImportJobRow, userImportJobs } from "../../../store/user-import-jobs.ts";
import type { Call } from "../../operation.ts";

/** Jobs that were started and are not over, of everybody: each account has one at most. */
export async function jobsUnderWay(tx: Tx): Promise<UserImportJobRow[]> {
  const jobs = [];
  for (const status of ["Stopping", "InProgress", "Pending"]) {
    jobs.push(...(await userImportJobs.listByStatus(tx, status)));
  }
  return jobs;
}

/** A pool stays as it is while users come in, whose lines were looked at by its settings. */
export async function refuseWhileImporting(
  call: Call<"UserImportInProgressException">,
  { pool_id }: { readonly pool_id: string },
): Promise<void> {
  if ((await jobsUnderWay(call.tx)).some((job) => job.pool_id === pool_id)) {
    // The text is ours.
    call.fail("UserImportInProgressException", "A user import job is in progress for this user pool.");
  }
}
