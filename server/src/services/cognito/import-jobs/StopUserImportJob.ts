import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { cognito } from "../cognito.ts";
import { importJobShape, requireImportJob } from "./import-job.ts";

export const StopUserImportJob = cognito("StopUserImportJob", {
  resource: (input, call) => requireImportJob(call, input.UserPoolId, input.JobId),

  async handle(_input, call, { job }) {
    if (job.status !== "Pending" && job.status !== "InProgress") {
      // The text is ours.
      call.fail("PreconditionNotMetException", `Import job ${job.job_id} is ${job.status} and cannot be stopped.`);
    }
    // Whoever is at it finds it so before the next lines.
    const stopping = { ...job, status: "Stopping" };
    await userImportJobs.update(call.tx, stopping);
    return { UserImportJob: importJobShape(call, stopping) };
  },
});
