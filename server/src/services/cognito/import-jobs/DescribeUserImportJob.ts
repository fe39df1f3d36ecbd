import { cognito } from "../cognito.ts";
import { importJobShape, requireImportJob } from "./import-job.ts";

export const DescribeUserImportJob = cognito("DescribeUserImportJob", {
  resource: (input, call) => requireImportJob(call, input.UserPoolId, input.JobId),

  handle: (_input, call, { job }) => ({ UserImportJob: importJobShape(call, job) }),
});
