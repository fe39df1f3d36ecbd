import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserImportJobCommand, DescribeUserImportJobCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { CloudWatchLogsRoleArn, createJob, send } from "../../../../test/import-jobs.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool } from "../../../../test/pool-users.ts";
import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { expireImports } from "./run-import.ts";

suite("CreateUserImportJob", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);

  test("a job that waits for its file, which only its own address takes, for a quarter of an hour", async () => {
    const job = await createJob(h, UserPoolId);
    const { JobId, PreSignedUrl, ...rest } = job;
    assert.match(JobId ?? "", /^import-[0-9a-v]{10}$/);
    assert.deepEqual(rest, {
      JobName: "spring",
      UserPoolId,
      CreationDate: new Date(startOfTest),
      Status: "Created",
      CloudWatchLogsRoleArn,
      ImportedUsers: 0,
      SkippedUsers: 0,
      FailedUsers: 0,
    });
    assert.equal(await send(h, job, "a"), 200);
    const changed = { ...job, PreSignedUrl: PreSignedUrl?.replace(/signature=./, "signature=_") };
    assert.equal(await send(h, changed, "a"), 403);
    const other = await createJob(h, UserPoolId);
    const crossed = { ...job, PreSignedUrl: PreSignedUrl?.replace(JobId ?? "", other.JobId ?? "") };
    assert.equal(await send(h, crossed, "a"), 403);
    h.clock.set(startOfTest + 15 * 60_000);
    assert.equal(await send(h, job, "a"), 403);
    h.clock.set(startOfTest + 24 * 3_600_000);
    const command = new DescribeUserImportJobCommand({ UserPoolId, JobId });
    assert.equal((await h.cognito.send(command)).UserImportJob?.Status, "Expired");
    const { store } = h.environment;
    const hasFile = () => store.read((tx) => userImportJobs.hasFile(tx, JobId ?? ""));
    assert.equal(await hasFile(), true);
    await expireImports(h.environment);
    assert.equal(await hasFile(), false);
    assert.equal((await h.cognito.send(command)).UserImportJob?.Status, "Expired");
    h.clock.set(startOfTest);
  });

  test("as many as the quota allows", async () => {
    const small = await harness({ keyPairs: await onlyKeyPairs(), quotas: { ImportJobsPerUserPool: 1 } });
    const pool = await createPool(small);
    await createJob(small, pool);
    assert.deepEqual(await refused(createJob(small, pool)), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 1 user import jobs.",
      status: 400,
    });
    await createJob(small, await createPool(small));
  });

  test("hashes of passwords, and a pool that is not there", async () => {
    const create = (given: object) =>
      h.cognito.send(new CreateUserImportJobCommand({ UserPoolId, JobName: "a", CloudWatchLogsRoleArn, ...given }));
    assert.deepEqual(await refused(create({ PasswordHashingAlgorithm: "BCRYPT" })), {
      code: "InvalidParameterException",
      message: "Countersign imports no password hashes: PasswordHashingAlgorithm BCRYPT is not supported.",
      status: 400,
    });
    assert.deepEqual(await refused(create({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
