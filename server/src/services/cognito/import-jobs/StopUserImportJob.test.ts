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
      ["Stopped", "The import job was stopped by the developer."],
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

  test("one that has not begun, and one that is not there", async () => {
    const job = await createJob(h, UserPoolId);
    assert.equal((await refused(stop(job.JobId))).message, `Import job ${job.JobId} is Created and cannot be stopped.`);
    assert.equal((await refused(stop("import-nothing"))).code, "ResourceNotFoundException");
  });
});
