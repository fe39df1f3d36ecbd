import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { cognito } from "../cognito.ts";
import { importJobShape, requireImportJob } from "./import-job.ts";
import { jobsUnderWay } from "./in-progress.ts";
import { runImport } from "./run-import.ts";

export const StartUserImportJob = cognito("StartUserImportJob", {
  transaction: "own",

  resource: (input, call) => requireImportJob(call, input.UserPoolId, input.JobId),

  async handle(input, call, { configuration, pool }) {
    const { environment, now } = call;
    const started = await environment.store.write(async (tx) => {
      const { job } = await requireImportJob(call.within(tx), input.UserPoolId, input.JobId);
      if (job.status !== "Created") {
        // The text is ours, as the other two that have no comment.
        call.fail("PreconditionNotMetException", `Import job ${job.job_id} is ${job.status} and cannot be started.`);
      }
      if ((configuration.AutoVerifiedAttributes ?? []).length === 0) {
        // Developer guide: users choose their passwords by a code, so that some address must be verified.
        call.fail("PreconditionNotMetException", "The user pool has no auto-verified attributes.");
      }
      if (!(await userImportJobs.hasFile(tx, job.job_id))) {
        // Observed in 2020.
        call.fail("PreconditionNotMetException", `No csv file was uploaded for ${job.job_id}`);
      }
      // One at a time of each account (developer guide, "Starting a user import job").
      if ((await jobsUnderWay(tx)).some(({ account_id }) => account_id === pool.account_id)) {
        call.fail("PreconditionNotMetException", "Another user import job of this account is in progress.");
      }
      const pending = { ...job, status: "Pending", started_at: now };
      await userImportJobs.update(tx, pending);
      return pending;
    });
    runImport(environment, started.job_id);
    return { UserImportJob: importJobShape(call, started) };
  },
});
