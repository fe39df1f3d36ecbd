import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { cognito } from "../cognito.ts";
import { importJobShape, requireImportJob } from "./import-job.ts";
import { runImport } from "./run-import.ts";

export const StopUserImportJob = cognito("StopUserImportJob", {
  transaction: "own",

  resource: (input, call) => requireImportJob(call, input.UserPoolId, input.JobId),

  async handle(input, call) {
    const { environment } = call;
    const stopping = await environment.store.write(async (tx) => {
      const { job } = await requireImportJob(call.within(tx), input.UserPoolId, input.JobId);
      if (job.status !== "Pending" && job.status !== "InProgress") {
        // The text is ours.
        call.fail("PreconditionNotMetException", `Import job ${job.job_id} is ${job.status} and cannot be stopped.`);
      }
      // Whoever is at it finds it so before the next lines.
      const after = { ...job, status: "Stopping" };
      await userImportJobs.update(tx, after);
      return after;
    });
    // Nobody is at it after a failure of the store.
    runImport(environment, stopping.job_id);
    return { UserImportJob: importJobShape(call, stopping) };
  },
});
