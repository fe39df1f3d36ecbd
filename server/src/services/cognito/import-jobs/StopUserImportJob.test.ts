import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DescribeUserImportJobCommand,
  GetCSVHeaderCommand,
  ListUsersCommand,
  StartUserImportJobCommand,
  StopUserImportJobCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { createJob, csv, row, send } from "../../../../test/import-jobs.ts";
import { createPool } from "../../../../test/pool-users.ts";

suite("StopUserImportJob", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h, { AutoVerifiedAttributes: ["email"] });
  const stop = (JobId: string | undefined) => h.cognito.send(new StopUserImportJobCommand({ UserPoolId, JobId }));

  test("a job that runs ends between two commits, and keeps what it has", async () => {
    const job = await createJob(h, UserPoolId);
    const { CSVHeader = [] } = await h.cognito.send(new GetCSVHeaderCommand({ UserPoolId }));
    const rows = Array.from({ length: 5_000 }, (_, at) => row(`user-${at}`));
    await send(h, job, csv(CSVHeader, rows));
    await h.cognito.send(new StartUserImportJobCommand({ UserPoolId, JobId: job.JobId }));
    assert.equal((await stop(job.JobId)).UserImportJob?.Status, "Stopping");
    await h.environment.tasks.settled();
    const { UserImportJob: over } = await h.cognito.send(
      new DescribeUserImportJobCommand({ UserPoolId, JobId: job.JobId }),
    );
    assert.deepEqual(
      [over?.Status, over?.CompletionMessage],
      ["Stopped", "The Import Job was stopped by the developer."],
    );
    const imported = over?.ImportedUsers ?? 0;
    assert.ok(imported < 5_000 && imported % 200 === 0);
    const { Users } = await h.cognito.send(new ListUsersCommand({ UserPoolId }));
    assert.equal(Users?.length, Math.min(60, imported));
    assert.deepEqual(await refused(stop(job.JobId)), {
      code: "PreconditionNotMetException",
      message: `Import job ${job.JobId} is Stopped and cannot be stopped.`,
      status: 400,
    });
  });

  test("a process that ends leaves the rest to the next one", async () => {
    const other = await harness();
    const pool = await createPool(other, { AutoVerifiedAttributes: ["email"] });
    const job = await createJob(other, pool);
    const { CSVHeader = [] } = await other.cognito.send(new GetCSVHeaderCommand({ UserPoolId: pool }));
    const rows = Array.from({ length: 5_000 }, (_, at) => row(`user-${at}`));
    await send(other, job, csv(CSVHeader, rows));
    await other.cognito.send(new StartUserImportJobCommand({ UserPoolId: pool, JobId: job.JobId }));
    await other.environment.tasks.stop();
    const { UserImportJob: left } = await other.cognito.send(
      new DescribeUserImportJobCommand({ UserPoolId: pool, JobId: job.JobId }),
    );
    assert.match(left?.Status ?? "", /^(Pending|InProgress)$/);
    assert.ok((left?.ImportedUsers ?? 0) < 5_000);
  });

  test("one that has not begun, and one that is not there", async () => {
    const job = await createJob(h, UserPoolId);
    assert.deepEqual(await refused(stop(job.JobId)), {
      code: "PreconditionNotMetException",
      message: `Import job ${job.JobId} is Created and cannot be stopped.`,
      status: 400,
    });
    assert.deepEqual(await refused(stop("import-nothing")), {
      code: "ResourceNotFoundException",
      message: "Import job import-nothing does not exist.",
      status: 400,
    });
  });
});
