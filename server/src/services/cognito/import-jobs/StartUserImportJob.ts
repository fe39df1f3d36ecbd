import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { cognito } from "../cognito.ts";
import { importJobShape, requireImportJob } from "./import-job.ts";
import { runImports } from "./run-import.ts";

export const StartUserImportJob = cognito("StartUserImportJob", {
  transaction: "own",

  resource: (input, call) => requireImportJob(call, input.UserPoolId, input.JobId),

  async handle(input, call, { configuration, pool }) {
    const { environment, now } = call;
    const started = await environment.store.write(async (tx) => {
      const { job } = await requireImportJob(call.within(tx), input.UserPoolId, input.JobId);
      if (job.status !== "Created") {
        // The texts are ours.
        call.fail("PreconditionNotMetException", `Import job ${job.job_id} is ${job.status} and cannot be started.`);
      }
      if ((configuration.AutoVerifiedAttributes ?? []).length === 0) {
        // Developer guide: users choose their passwords by a code, so that some address must be verified.
        call.fail("PreconditionNotMetException", "The user pool has no auto-verified attributes.");
      }
      if ((await userImportJobs.findFile(tx, job.job_id)) === undefined) {
        call.fail("PreconditionNotMetException", `No file was uploaded for import job ${job.job_id}.`);
      }
      for (const status of ["Pending", "InProgress", "Stopping"]) {
        const others = await userImportJobs.listByStatus(tx, status);
        if (others.some((other) => other.pool_id === pool.pool_id)) {
          call.fail("PreconditionNotMetException", "Another import job of this user pool is in progress.");
        }
      }
      const pending = { ...job, status: "Pending", started_at: now };
      await userImportJobs.update(tx, pending);
      return pending;
    });
    runImports(environment);
    return { UserImportJob: importJobShape(call, started) };
  },
});
