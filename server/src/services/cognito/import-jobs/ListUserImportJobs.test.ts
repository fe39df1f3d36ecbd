import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListUserImportJobsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { createJob } from "../../../../test/import-jobs.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool } from "../../../../test/pool-users.ts";

suite("ListUserImportJobs", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const list = (given: object = {}) =>
    h.cognito.send(new ListUserImportJobsCommand({ UserPoolId, MaxResults: 2, ...given }));

  test("five jobs, page by page, each once, the newest first", async () => {
    assert.deepEqual((await list()).UserImportJobs, []);
    const made = [];
    for (let at = 0; at < 5; at++) {
      // Two of each second.
      h.clock.set(startOfTest + Math.floor(at / 2) * 1000);
      made.push(await createJob(h, UserPoolId, `job ${at}`));
    }
    await createJob(h, await createPool(h));
    const listed = [];
    for (let PaginationToken: string | undefined, at = 0; at < 3; at++) {
      const page = await list({ PaginationToken });
      listed.push(...(page.UserImportJobs ?? []));
      PaginationToken = page.PaginationToken;
      assert.equal(PaginationToken === undefined, at === 2);
    }
    const byId = Object.groupBy(listed, ({ JobId }) => JobId ?? "");
    assert.equal(listed.length, 5);
    for (const job of made) assert.deepEqual(byId[job.JobId ?? ""], [job]);
    const times = listed.map(({ CreationDate }) => (Number(CreationDate) - startOfTest) / 1000);
    assert.deepEqual(times, [2, 1, 1, 0, 0]);
  });

  test("a pool that is not there", async () => {
    assert.deepEqual(await refused(list({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });

  test("a token that is none", async () => {
    const { code, message } = await refused(list({ PaginationToken: "nothing" }));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /^Paging marker nothing is invalid for request [0-9a-f-]{36}$/);
  });
});
