import { base32Number } from "../../../runtime/ids.ts";
import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { cognito } from "../cognito.ts";
import { requirePool } from "../users/user-of-pool.ts";
import { importJobShape } from "./import-job.ts";

export const CreateUserImportJob = cognito("CreateUserImportJob", {
  resource: (input, call) => requirePool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    if (input.PasswordHashingAlgorithm !== undefined) {
      call.fail(
        "InvalidParameterException",
        `Countersign imports no password hashes: PasswordHashingAlgorithm ${input.PasswordHashingAlgorithm} is not supported.`,
      );
    }
    const most = call.environment.quotas.ImportJobsPerUserPool;
    if ((await userImportJobs.count(call.tx, pool.pool_id)) >= most) {
      // The text is ours.
      call.fail("LimitExceededException", `Cannot exceed the quota of ${most} user import jobs.`);
    }
    const job = {
      job_id: `import-${base32Number(call.random, 130).slice(0, 10)}`,
      pool_id: pool.pool_id,
      account_id: pool.account_id,
      name: input.JobName,
      role_arn: input.CloudWatchLogsRoleArn,
      status: "Created",
      created_at: call.now,
      started_at: null,
      completed_at: null,
      position: 0,
      line: 1,
      imported: 0,
      skipped: 0,
      failed: 0,
      message: null,
    };
    await userImportJobs.insert(call.tx, job);
    return { UserImportJob: importJobShape(call, job) };
  },
});
