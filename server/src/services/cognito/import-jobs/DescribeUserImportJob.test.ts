import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DescribeUserImportJobCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { createJob } from "../../../../test/import-jobs.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool } from "../../../../test/pool-users.ts";

suite("DescribeUserImportJob", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);

  test("what was created; no job, and none of another pool", async () => {
    const job = await createJob(h, UserPoolId);
    const describe = (given: object = {}) =>
      h.cognito.send(new DescribeUserImportJobCommand({ UserPoolId, JobId: job.JobId, ...given }));
    assert.deepEqual((await describe()).UserImportJob, job);
    const missing = (id: string | undefined) => ({
      code: "ResourceNotFoundException",
      message: `Import job ${id} does not exist.`,
      status: 400,
    });
    assert.deepEqual(await refused(describe({ JobId: "import-nothing" })), missing("import-nothing"));
    assert.deepEqual(await refused(describe({ UserPoolId: await createPool(h) })), missing(job.JobId));
  });
});
