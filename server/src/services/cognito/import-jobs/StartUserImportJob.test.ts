import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddCustomAttributesCommand,
  AdminGetUserCommand,
  ConfirmForgotPasswordCommand,
  DeleteUserPoolCommand,
  DescribeUserImportJobCommand,
  ForgotPasswordCommand,
  GetCSVHeaderCommand,
  ListUsersCommand,
  SetUserPoolMfaConfigCommand,
  StartUserImportJobCommand,
  UpdateUserPoolCommand,
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
  const unverified =
    "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).";
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
      { ...row("dan"), phone_number_verified: "FALSE", "cognito:mfa_enabled": "" },
      row("eve"),
    ];
    assert.equal(await send(h, job, csv(await header(), rows)), 200);
    const over = await runJob(h, UserPoolId, job);
    assert.deepEqual(
      [over.Status, over.ImportedUsers, over.SkippedUsers, over.FailedUsers, over.CompletionMessage],
      ["Succeeded", 3, 1, 2, "Import Job Completed Successfully."],
    );
    assert.deepEqual([over.StartDate, over.CompletionDate], [new Date(startOfTest), new Date(startOfTest)]);
    const ann = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    const named = Object.fromEntries(ann.UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? []);
    assert.deepEqual(
      [ann.UserStatus, named.name, named.email, named.email_verified],
      ["RESET_REQUIRED", "Ann, the first", "ann@example.com", "true"],
    );
    const report = await importReport(h.environment, h.accountId, job.JobId ?? "", 0);
    assert.deepEqual(report?.failures, [
      { line: 3, outcome: "SKIPPED", reason: "The user already exists." },
      { line: 4, outcome: "FAILED", reason: unverified },
      { line: 5, outcome: "FAILED", reason: "Invalid email address format." },
    ]);
    assert.equal(await h.environment.store.read((tx) => userImportJobs.hasFile(tx, job.JobId ?? "")), false);
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

  test("most lines without a user", async () => {
    const pool = await createPool(h, { AutoVerifiedAttributes: ["email"], UsernameAttributes: ["email"] });
    const names: Record<string, string>[] = [
      { ...row("a b"), email: "" },
      { ...row("no address"), "cognito:username": "word" },
      { ...row("ann@example.com"), email: "ann@example.com" },
      { ...row("bob@example.com"), email: "bob@example.com", updated_at: "soon" },
      { ...row("cid@example.com"), email: "cid@example.com", "cognito:mfa_enabled": "yes" },
      { ...row("dan@example.com"), email: "dan@example.com", "cognito:mfa_enabled": "true" },
    ];
    const job = await createJob(h, pool);
    await send(h, job, `${csv(await header(pool), names)}one,two\n`);
    const over = await runJob(h, pool, job);
    assert.deepEqual(
      [over.Status, over.ImportedUsers, over.SkippedUsers, over.FailedUsers, over.CompletionMessage],
      ["Failed", 1, 0, 6, "Too many users have failed or been skipped during the import."],
    );
    const report = await importReport(h.environment, h.accountId, job.JobId ?? "", 0);
    assert.deepEqual(
      report?.failures.map(({ line, reason }) => [line, reason]),
      [
        [2, "cognito:username must have 1 to 128 characters and no space."],
        [3, "Username should be an email."],
        [5, "Attributes did not conform to the schema: updated_at: Attribute must be a number."],
        [6, "cognito:mfa_enabled must be true, false or empty."],
        [7, "cognito:mfa_enabled must be false or empty, as the user pool has no MFA."],
        [8, "The line has not as many values as there are columns."],
      ],
    );
  });

  test("in a pool that requires MFA, empty is as true", async () => {
    const pool = await createPool(h, { AutoVerifiedAttributes: ["email"] });
    await h.cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: pool,
        MfaConfiguration: "ON",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    const job = await createJob(h, pool);
    const phone = { phone_number: "+12345550100", "cognito:mfa_enabled": "" };
    await send(h, job, csv(await header(pool), [{ ...row("ann"), ...phone }, row("bob")]));
    const over = await runJob(h, pool, job);
    assert.deepEqual([over.ImportedUsers, over.FailedUsers], [1, 1]);
    const report = await importReport(h.environment, h.accountId, job.JobId ?? "", 0);
    assert.equal(
      report?.failures[0]?.reason,
      "cognito:mfa_enabled must be true or empty, as the user pool requires MFA.",
    );
    const ann = await h.cognito.send(new AdminGetUserCommand({ UserPoolId: pool, Username: "ann" }));
    assert.deepEqual([ann.PreferredMfaSetting, ann.UserMFASettingList], ["SMS_MFA", ["SMS_MFA"]]);
  });

  test("nothing changes the pool while users come in, and no other job starts", async () => {
    const pool = await createPool(h, { AutoVerifiedAttributes: ["email"] });
    const [job, other] = [await createJob(h, pool), await createJob(h, UserPoolId)];
    await send(h, job, csv(await header(pool), [row("ann")]));
    await send(h, other, csv(await header(), [row("zoe")]));
    // As if its process had died: nobody is at it.
    const { store } = h.environment;
    await store.write(async (tx) => {
      const found = await userImportJobs.find(tx, job.JobId ?? "");
      if (found !== undefined) await userImportJobs.update(tx, { ...found, status: "Pending" });
    });
    assert.deepEqual(
      await refused(start(other.JobId)),
      refusal("Another user import job of this account is in progress."),
    );
    const busy = {
      code: "UserImportInProgressException",
      message: "A user import job is in progress for this user pool.",
      status: 400,
    };
    const CustomAttributes = [{ Name: "team", AttributeDataType: "String" as const }];
    const add = new AddCustomAttributesCommand({ UserPoolId: pool, CustomAttributes });
    assert.deepEqual(await refused(h.cognito.send(add)), busy);
    assert.deepEqual(await refused(h.cognito.send(new UpdateUserPoolCommand({ UserPoolId: pool }))), busy);
    assert.deepEqual(await refused(h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: pool }))), busy);
    await h.cognito.send(new UpdateUserPoolCommand({ UserPoolId: await createPool(h) }));

    runImports(h.environment);
    await h.environment.tasks.settled();
    await h.cognito.send(add);
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: pool }));
    assert.equal(await importReport(h.environment, h.accountId, job.JobId ?? "", 0), undefined);
    assert.equal((await runJob(h, UserPoolId, other)).ImportedUsers, 1);
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
    const line = `${(await header()).join(",")}\n`;
    const good = csv(await header(), [row("never")]);
    const files: [text: string | Uint8Array, message: string][] = [
      ["", "The file is empty."],
      ["email,name\n", "The columns of the file are not those that GetCSVHeader names."],
      [`${good}"open`, "A quotation mark is not closed."],
      [`${good}${"a".repeat(16_002)}`, "A line is too long."],
      [line + "a\n".repeat(500_001), "The file has more than 500000 users."],
      [Buffer.concat([Buffer.from(line), Buffer.from([0xff])]), "The file is not UTF-8."],
    ];
    for (const [text, message] of files) {
      const job = await createJob(h, UserPoolId);
      await send(h, job, text);
      const over = await runJob(h, UserPoolId, job);
      assert.deepEqual([over.Status, over.ImportedUsers, over.CompletionMessage], ["Failed", 0, message]);
    }
    const never = new AdminGetUserCommand({ UserPoolId, Username: "never" });
    assert.equal((await refused(h.cognito.send(never))).code, "UserNotFoundException");
  });

  test("without a file, without an address to verify, without a job", async () => {
    const job = await createJob(h, UserPoolId);
    assert.deepEqual(await refused(start(job.JobId)), refusal(`No csv file was uploaded for ${job.JobId}`));
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
