import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  ConfirmForgotPasswordCommand,
  DescribeUserImportJobCommand,
  ForgotPasswordCommand,
  GetCSVHeaderCommand,
  ListUsersCommand,
  StartUserImportJobCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode } from "../../../../test/codes.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { createJob, csv, row, runJob, send } from "../../../../test/import-jobs.ts";
import { createClient, createPool, createUser, password } from "../../../../test/pool-users.ts";
import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { runImports } from "./run-import.ts";
import { importReport } from "./upload.ts";

suite("StartUserImportJob", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h, { AutoVerifiedAttributes: ["email"] });
  const header = async (pool = UserPoolId) =>
    (await h.cognito.send(new GetCSVHeaderCommand({ UserPoolId: pool }))).CSVHeader ?? [];
  const refusal = (message: string) => ({ code: "PreconditionNotMetException", message, status: 400 });
  const start = (JobId: string | undefined, pool = UserPoolId) =>
    h.cognito.send(new StartUserImportJobCommand({ UserPoolId: pool, JobId }));

  test("users come in, are skipped or refused, each line for itself, with a report", async () => {
    await createUser(h, UserPoolId, "known");
    const job = await createJob(h, UserPoolId);
    const rows = [
      { ...row("ann"), name: '"Ann, the first"' },
      row("known"),
      { ...row("bob"), email_verified: "false" },
      { ...row("cid"), email: "no address" },
      row("dan"),
    ];
    assert.equal(await send(h, job, csv(await header(), rows)), "kept");
    const over = await runJob(h, UserPoolId, job);
    assert.deepEqual(
      [over.Status, over.ImportedUsers, over.SkippedUsers, over.FailedUsers, over.CompletionMessage],
      ["Succeeded", 2, 1, 2, "Import Job Completed Successfully."],
    );
    assert.deepEqual([over.StartDate, over.CompletionDate], [new Date(startOfTest), new Date(startOfTest)]);
    const ann = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    const named = Object.fromEntries(ann.UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? []);
    assert.deepEqual(
      [ann.UserStatus, named.name, named.email, named.email_verified],
      ["RESET_REQUIRED", "Ann, the first", "ann@example.com", "true"],
    );
    const report = await importReport(h.environment, job.JobId ?? "", 0);
    assert.deepEqual(report?.failures, [
      { line: 3, reason: "The user exists already." },
      { line: 4, reason: "One of email must be verified." },
      { line: 5, reason: "Invalid email address format." },
    ]);
    const left = await h.environment.store.read((tx) => userImportJobs.findFile(tx, job.JobId ?? ""));
    assert.equal(left, undefined);
    assert.deepEqual(
      await refused(start(job.JobId)),
      refusal(`Import job ${job.JobId} is Succeeded and cannot be started.`),
    );

    const { ClientId } = await createClient(h, UserPoolId);
    await h.cognito.send(new ForgotPasswordCommand({ ClientId, Username: "ann" }));
    const ConfirmationCode = await lastCode(h, "ann@example.com");
    await h.cognito.send(
      new ConfirmForgotPasswordCommand({ ClientId, Username: "ann", ConfirmationCode, Password: password }),
    );
  });

  test("goes on where an earlier process left it, and takes no line twice", async () => {
    const pool = await createPool(h, { AutoVerifiedAttributes: ["email"] });
    const job = await createJob(h, pool);
    const names = Array.from({ length: 450 }, (_, at) => `user-${String(at).padStart(3, "0")}`);
    await send(h, job, csv(await header(pool), names.map(row)));
    // As the process was when it died: the first lines are in, and the job says so in the same commit.
    const { store } = h.environment;
    await store.write(async (tx) => {
      const found = await userImportJobs.find(tx, job.JobId ?? "");
      assert.ok(found !== undefined);
      const text = Buffer.from((await userImportJobs.findFile(tx, found.job_id)) ?? []).toString();
      const position = text.lastIndexOf("\n", text.indexOf(names[200] ?? "")) + 1;
      await userImportJobs.update(tx, { ...found, status: "InProgress", position, line: 202, imported: 200 });
    });
    runImports(h.environment);
    await h.environment.tasks.settled();
    const { UserImportJob } = await h.cognito.send(
      new DescribeUserImportJobCommand({ UserPoolId: pool, JobId: job.JobId }),
    );
    assert.deepEqual([UserImportJob?.Status, UserImportJob?.ImportedUsers], ["Succeeded", 450]);
    const users = [];
    for (let PaginationToken: string | undefined, more = true; more; ) {
      const page = await h.cognito.send(new ListUsersCommand({ UserPoolId: pool, PaginationToken }));
      users.push(...(page.Users ?? []));
      PaginationToken = page.PaginationToken;
      more = PaginationToken !== undefined;
    }
    assert.equal(users.length, 250);
  });

  test("files that are none", async () => {
    const files: [text: string, message: string][] = [
      ["", "The file is empty."],
      ["email,name\n", "The columns of the file are not those that GetCSVHeader names."],
      [`${(await header()).join(",")}\n"open`, "A quotation mark is not closed."],
    ];
    for (const [text, message] of files) {
      const job = await createJob(h, UserPoolId);
      await send(h, job, text);
      const over = await runJob(h, UserPoolId, job);
      assert.deepEqual([over.Status, over.CompletionMessage], ["Failed", message]);
    }
  });

  test("without a file, without an address to verify, without a job", async () => {
    const job = await createJob(h, UserPoolId);
    assert.deepEqual(await refused(start(job.JobId)), refusal(`No file was uploaded for import job ${job.JobId}.`));
    const pool = await createPool(h);
    const other = await createJob(h, pool);
    assert.deepEqual(
      await refused(start(other.JobId, pool)),
      refusal("The user pool has no auto-verified attributes."),
    );
    assert.deepEqual(await refused(start("import-nothing")), {
      code: "ResourceNotFoundException",
      message: "Import job import-nothing does not exist.",
      status: 400,
    });
  });
});
