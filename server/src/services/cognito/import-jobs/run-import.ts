import { rootOf } from "../../../access/authenticate.ts";
import { partitionOf } from "../../../access/caller.ts";
import { ServiceException } from "../../../contract/service-exception.ts";
import { nextTurn } from "../../../runtime/tasks.ts";
import type { Tx } from "../../../store/store.ts";
import { type UserImportJobRow, userImportJobs } from "../../../store/user-import-jobs.ts";
import { userPools } from "../../../store/user-pools.ts";
import { Call, type Environment } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { configurationOf } from "../user-pools/user-pool.ts";
import { attributesOfNewUser, insertPoolUser, newPoolUser, requireFreeUsername } from "../users/new-pool-user.ts";
import { CsvError, readRecord } from "./csv.ts";
import { csvHeader } from "./import-job.ts";

/** So many lines go into one commit, with how far it has come. */
const linesAtOnce = 200;

type Importing = Call<"UsernameExistsException" | "ResourceNotFoundException">;

/** Starts what waits, and goes on with what an earlier process left: at the start of a process, and when a job is started. */
export function runImports(environment: Environment): void {
  environment.tasks.run("importing users", async () => {
    for (;;) {
      const [job] = await environment.store.read(async (tx) => [
        ...(await userImportJobs.listByStatus(tx, "Stopping")),
        ...(await userImportJobs.listByStatus(tx, "InProgress")),
        ...(await userImportJobs.listByStatus(tx, "Pending")),
      ]);
      if (job === undefined) return;
      await runImport(environment, job.job_id);
    }
  });
}

async function runImport(environment: Environment, jobId: string): Promise<void> {
  const { store } = environment;
  const file = await store.read((tx) => userImportJobs.findFile(tx, jobId));
  const text = file === undefined ? undefined : decode(file);
  for (;;) {
    const isOver = await store.write((tx) => importSome(environment, tx, jobId, text));
    if (isOver) return;
    // Requests come in between.
    await nextTurn();
  }
}

/** Undefined for what is not UTF-8. */
function decode(file: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

/** Some lines, and the job as they leave it. True once it is over. */
async function importSome(environment: Environment, tx: Tx, jobId: string, text: string | undefined): Promise<boolean> {
  const job = await userImportJobs.find(tx, jobId);
  const pool = job && (await userPools.find(tx, job.pool_id));
  // The pool, and with it the job, may have been deleted.
  if (job === undefined || pool === undefined) return true;
  const now = environment.clock.now();
  if (job.status === "Stopping") {
    await end(tx, {
      ...job,
      status: "Stopped",
      completed_at: now,
      message: "The import job was stopped by the developer.",
    });
    return true;
  }
  if (job.status !== "Pending" && job.status !== "InProgress") return true;
  const region = pool.region;
  const facts = {
    caller: rootOf(pool.account_id, partitionOf(region)),
    region,
    requestId: jobId,
    sourceIp: "",
    userAgent: undefined,
    secureTransport: false,
    host: undefined,
  };
  const call: Importing = new Call(environment, facts, now, tx);
  const context = { pool, configuration: configurationOf(pool) };
  try {
    const after = await importLines(call, context, job, text ?? refuseFile("The file is not UTF-8."));
    if (after.isOver) await end(tx, { ...after.job, status: "Succeeded", completed_at: now, message: done });
    else await userImportJobs.update(tx, { ...after.job, status: "InProgress" });
    return after.isOver;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    await end(tx, { ...job, status: "Failed", completed_at: now, message: error.message });
    return true;
  }
}

const done = "Import Job Completed Successfully.";

function refuseFile(reason: string): never {
  throw new CsvError(reason);
}

async function end(tx: Tx, job: UserImportJobRow): Promise<void> {
  await userImportJobs.update(tx, job);
  // It is full of people's addresses, and nobody needs it any more.
  await userImportJobs.deleteFile(tx, job.job_id);
}

async function importLines(
  call: Importing,
  context: PoolContext,
  before: UserImportJobRow,
  text: string,
): Promise<{ readonly job: UserImportJobRow; readonly isOver: boolean }> {
  const header = readRecord(text, 0, 1) ?? refuseFile("The file is empty.");
  const columns = header.values.map((name) => name.trim().replace(/^\uFEFF/, ""));
  const expected = csvHeader(context.configuration);
  if (columns.length !== expected.length || !expected.every((name) => columns.includes(name))) {
    // Order does not matter (developer guide); the text is ours.
    refuseFile("The columns of the file are not those that GetCSVHeader names.");
  }
  const job = { ...before };
  let { position, line } = job.position === 0 ? { position: header.end, line: header.nextLine } : job;
  for (let count = 0; count < linesAtOnce; count++) {
    const record = readRecord(text, position, line);
    if (record === undefined) return { job: { ...job, position, line }, isOver: true };
    position = record.end;
    line = record.nextLine;
    try {
      if (record.values.length !== columns.length) {
        call.fail("InvalidParameterException", "The line has not as many values as there are columns.");
      }
      const values = new Map(columns.map((name, at) => [name, (record.values[at] ?? "").trim()]));
      await importUser(call, context, values);
      job.imported++;
    } catch (error) {
      if (!(error instanceof ServiceException)) throw error;
      if (error.code === "UsernameExistsException") job.skipped++;
      else job.failed++;
      await userImportJobs.addFailure(call.tx, { job_id: job.job_id, line: record.line, reason: error.message });
    }
  }
  return { job: { ...job, position, line }, isOver: false };
}

/** Everything is looked at before anything is written, since a line that is refused does not undo those before it. */
async function importUser(call: Importing, context: PoolContext, values: ReadonlyMap<string, string>): Promise<void> {
  const { configuration } = context;
  const username = values.get("cognito:username") ?? "";
  if (username === "") call.fail("InvalidParameterException", "cognito:username is missing.");
  if (!/^(true|false)$/i.test(values.get("cognito:mfa_enabled") ?? "")) {
    call.fail("InvalidParameterException", "cognito:mfa_enabled must be true or false.");
  }
  const given = [...values].flatMap(([Name, text]) => {
    if (Name.startsWith("cognito:") || text === "") return [];
    // Spreadsheets write these in capitals.
    return [{ Name, Value: Name.endsWith("_verified") ? text.toLowerCase() : text }];
  });
  const attributes = attributesOfNewUser(call, configuration, username, given, { areRequired: true });
  const verified = configuration.AutoVerifiedAttributes ?? [];
  if (!verified.some((name) => attributes[`${name}_verified`] === "true")) {
    call.fail("InvalidParameterException", `One of ${verified.join(", ")} must be verified.`);
  }
  const user = newPoolUser(call, context, call.random.uuid(), {
    username,
    attributes,
    // Passwords are not in the file: each user chooses one by a code (developer guide).
    status: "RESET_REQUIRED",
    password: undefined,
  });
  const isWanted = /^true$/i.test(values.get("cognito:mfa_enabled") ?? "") && attributes.phone_number !== undefined;
  const mfa_json = isWanted ? JSON.stringify({ SMS_MFA: { enabled: true, preferred: true } }) : null;
  await requireFreeUsername(call, call.tx, context, username, "The user exists already.");
  await insertPoolUser(call, call.tx, context, { ...user, mfa_json }, false);
}
