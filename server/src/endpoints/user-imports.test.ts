import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetCSVHeaderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, userWithKey } from "../../test/harness.ts";
import { createJob, csv, row, runJob, send } from "../../test/import-jobs.ts";
import { createPool } from "../../test/pool-users.ts";
import { sign } from "../../test/requests.ts";

suite("/_countersign/imports", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h, { AutoVerifiedAttributes: ["email"] });
  const { CSVHeader = [] } = await h.cognito.send(new GetCSVHeaderCommand({ UserPoolId }));
  const report = async (jobId: string | undefined, query = "", credentials: Parameters<typeof sign>[1] = h.root) => {
    const request = {
      method: "GET",
      path: `/_countersign/imports/${jobId}`,
      query,
      headers: new Map([["host", "countersign.test"]]),
      body: Buffer.from(""),
    };
    const signed = sign(request, credentials, { service: "countersign" });
    const { status, body } = await h.send(signed);
    return [status, JSON.parse(body)];
  };

  test("takes a file until its job is started, the last one counts", async () => {
    const job = await createJob(h, UserPoolId);
    assert.equal(await send(h, job, "no file at all"), 200);
    assert.equal(await send(h, job, csv(CSVHeader, [row("ann")])), 200);
    assert.equal((await runJob(h, UserPoolId, job)).ImportedUsers, 1);
    assert.equal(await send(h, job, csv(CSVHeader, [row("bob")])), 403);
  });

  test("nothing else than PUT and GET", async () => {
    const answer = await h.send({ method: "POST", path: "/_countersign/imports/import-a" });
    assert.deepEqual([answer.status, answer.headers.slice(0, 4).includes("GET, PUT")], [405, true]);
  });

  test("root reads which lines made no user, page by page", async () => {
    const job = await createJob(h, UserPoolId);
    const rows = Array.from({ length: 1_001 }, (_, at) => ({ ...row(`user-${at}`), email_verified: "false" }));
    await send(h, job, csv(CSVHeader, rows));
    await runJob(h, UserPoolId, job);
    const [status, first] = await report(job.JobId);
    assert.deepEqual([status, first.JobId, first.Status, first.nextLine], [200, job.JobId, "Failed", 1_001]);
    assert.equal(first.failures.length, 1_000);
    const reason =
      "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).";
    assert.deepEqual(await report(job.JobId, `after=${first.nextLine}`), [
      200,
      { JobId: job.JobId, Status: "Failed", failures: [{ line: 1_002, outcome: "FAILED", reason }] },
    ]);
  });

  test("nobody else reads it, and there is nothing of a job that is not there", async () => {
    const job = await createJob(h, UserPoolId);
    const { credentials } = await userWithKey(h, "reader");
    assert.deepEqual(await report(job.JobId, "", credentials), [
      403,
      { __type: "AccessDeniedException", message: "Only the account's root may do this." },
    ]);
    const nothing = [404, { __type: "NotFound", message: "There is no such import job." }];
    assert.deepEqual(await report("import-nothing"), nothing);
    assert.deepEqual(await report(job.JobId, "after=x"), nothing);
  });
});
