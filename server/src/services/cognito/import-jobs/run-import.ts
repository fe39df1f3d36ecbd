import { rootOf } from "../../../access/authenticate.ts";
import { partitionOf } from "../../../access/caller.ts";
import { ServiceException } from "../../../contract/service-exception.ts";
import { nextTurn } from "../../../runtime/tasks.ts";
import type { Tx } from "../../../store/store.ts";
import { type UserImportJobRow, userImportJobs } from "../../../store/user-import-jobs.ts";
import { type UserPoolRow, userPools } from "../../../store/user-pools.ts";
import { Call, type Environment } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { configurationOf } from "../user-pools/user-pool.ts";
import { attributesOfNewUser, insertPoolUser, newPoolUser, requireFreeUsername } from "../users/new-pool-user.ts";
import { CsvError, readRecord } from "./csv.ts";
import { csvHeader, startWithinMs } from "./import-job.ts";
import { jobsUnderWay } from "./in-progress.ts";

/** So many lines go into one commit, with how far it has come. */
const linesAtOnce = 200;

/** So many lines are looked at before requests have their turn. */
const linesCheckedAtOnce = 500;

/** In one file (developer guide, "Formatting the CSV file"). */
const mostUsers = 500_000;

type Importing = Call<"UsernameExistsException" | "ResourceNotFoundException">;

/** At the start of a process: goes on with what an earlier one left. */
export function runImports(environment: Environment): void {
  environment.tasks.run("finding user imports", async () => {
    for (const { job_id } of await environment.store.read(jobsUnderWay)) runImport(environment, job_id);
  });
}

/** Brings a job that was started to its end, behind the answers. Nothing where somebody is at it. */
export function runImport(environment: Environment, jobId: string): void {
  environment.tasks.run(`user import ${jobId}`, () => importFile(environment, jobId));
}

/** Jobs that nobody started in time lose their files, which are full of people's addresses. */
export async function expireImports({ store, clock }: Pick<Environment, "store" | "clock">): Promise<void> {
  const createdBefore = clock.now() - startWithinMs;
  for (let more = true; more; ) {
    more = await store.write(async (tx) => {
      const jobs = await userImportJobs.listOlder(tx, "Created", createdBefore, linesAtOnce);
      for (const job of jobs) await end(tx, { ...job, status: "Expired" });
      return jobs.length === linesAtOnce;
    });
  }
}

/** A file as it can be imported, or why it cannot. */
type Content = { readonly text: string } | { readonly fault: string };

async function importFile(environment: Environment, jobId: string): Promise<void> {
  const { store, tasks } = environment;
  const content = await readContent(environment, jobId);
  while (!tasks.isStopping) {
    const isOver = await store.write((tx) => importSome(environment, tx, jobId, content));
    if (isOver) return;
    // Requests come in between.
    await nextTurn();
  }
}

async function readContent({ store }: Pick<Environment, "store">, jobId: string): Promise<Content> {
  const found = await store.read(async (tx) => {
    const job = await userImportJobs.find(tx, jobId);
    const pool = job && (await userPools.find(tx, job.pool_id));
    return pool && { job, configuration: configurationOf(pool), file: await userImportJobs.findFile(tx, jobId) };
  });
  const text = decode(found?.file ?? new Uint8Array(0));
  if (text === undefined) return { fault: "The file is not UTF-8." };
  // What was begun was looked at before.
  const fault = found === undefined || found.job.position > 0 ? undefined : await faultOf(found.configuration, text);
  return fault === undefined ? { text } : { fault };
}

/** Undefined for what is not UTF-8. */
function decode(file: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

/** What keeps a whole file from being imported, so that none of it is. The texts are ours. */
async function faultOf(configuration: Configuration, text: string): Promise<string | undefined> {
  try {
    const header = readRecord(text, 0, 1);
    if (header === undefined) return "The file is empty.";
    const columns = columnsOf(header.values);
    const expected = csvHeader(configuration);
    // Their order does not matter (developer guide).
    if (columns.length !== expected.length || !expected.every((name) => columns.includes(name))) {
      return "The columns of the file are not those that GetCSVHeader names.";
    }
    let { end: position, nextLine: line } = header;
    for (let count = 1; ; count++) {
      const record = readRecord(text, position, line);
      if (record === undefined) return undefined;
      if (count > mostUsers) return `The file has more than ${mostUsers} users.`;
      position = record.end;
      line = record.nextLine;
      if (count % linesCheckedAtOnce === 0) await nextTurn();
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.message;
  }
}

function columnsOf(values: readonly string[]): string[] {
  return values.map((name) => name.trim());
}

/** Some lines, and the job as they leave it. True once it is over. */
async function importSome(environment: Environment, tx: Tx, jobId: string, content: Content): Promise<boolean> {
  const job = await userImportJobs.find(tx, jobId);
  const pool = job && (await userPools.find(tx, job.pool_id));
  // Of a store that was emptied meanwhile.
  if (job === undefined || pool === undefined) return true;
  const completed_at = environment.clock.now();
  if (job.status === "Stopping") {
    // Developer guide, "Stopping a user import job".
    const message = "The Import Job was stopped by the developer.";
    await end(tx, { ...job, status: "Stopped", completed_at, message });
    return true;
  }
  if (job.status !== "Pending" && job.status !== "InProgress") return true;
  if ("fault" in content) {
    await end(tx, { ...job, status: "Failed", completed_at, message: content.fault });
    return true;
  }
  const context = { pool, configuration: configurationOf(pool) };
  const after = await importLines(callOf(environment, tx, pool, jobId), context, job, content.text);
  if (after.isOver) await end(tx, { ...after.job, ...outcomeOf(after.job), completed_at });
  else await userImportJobs.update(tx, { ...after.job, status: "InProgress" });
  return after.isOver;
}

/** Nobody asks for these users any more, so that the pool's owner stands in. */
function callOf(environment: Environment, tx: Tx, { account_id, region }: UserPoolRow, jobId: string): Importing {
  const facts = {
    caller: rootOf(account_id, partitionOf(region)),
    region,
    requestId: jobId,
    sourceIp: "",
    userAgent: undefined,
    secureTransport: false,
    host: undefined,
  };
  return new Call(environment, facts, environment.clock.now(), tx);
}

/**
 * AWS does not say how many are too many; in its example (developer guide, "Listing your user import jobs") and in a report
 * of 2021 most were.
 */
function outcomeOf({ imported, skipped, failed }: UserImportJobRow): Pick<UserImportJobRow, "status" | "message"> {
  return skipped + failed > imported
    ? { status: "Failed", message: "Too many users have failed or been skipped during the import." }
    : { status: "Succeeded", message: "Import Job Completed Successfully." };
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
  const header = readRecord(text, 0, 1);
  if (header === undefined) return { job: before, isOver: true };
  const columns = columnsOf(header.values);
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
      const isThere = error.code === "UsernameExistsException";
      if (isThere) job.skipped++;
      else job.failed++;
      await userImportJobs.addFailure(call.tx, {
        job_id: job.job_id,
        line: record.line,
        outcome: isThere ? "SKIPPED" : "FAILED",
        reason: error.message.trimEnd(),
      });
    }
  }
  return { job: { ...job, position, line }, isOver: false };
}

/** Everything is looked at before anything is written, since a line that is refused does not undo those before it. */
async function importUser(call: Importing, context: PoolContext, values: ReadonlyMap<string, string>): Promise<void> {
  const { configuration } = context;
  const username = values.get("cognito:username") ?? "";
  // The texts are ours where no comment says otherwise.
  if (!usernamePattern.test(username)) {
    call.fail("InvalidParameterException", "cognito:username must have 1 to 128 characters and no space.");
  }
  const hasMfa = isMfaWanted(call, configuration, (values.get("cognito:mfa_enabled") ?? "").toLowerCase());
  const given = [...values].flatMap(([Name, text]) => {
    if (Name.startsWith("cognito:") || text === "") return [];
    if (!Name.endsWith("_verified")) return [{ Name, Value: text }];
    // Spreadsheets write these in capitals, and of an address that is not there it goes without saying.
    const Value = text.toLowerCase();
    const isAboutNothing = Value === "false" && values.get(Name.slice(0, -"_verified".length)) === "";
    return isAboutNothing ? [] : [{ Name, Value }];
  });
  const attributes = attributesOfNewUser(call, configuration, username, given, { areRequired: true });
  if (!(configuration.AutoVerifiedAttributes ?? []).some((name) => attributes[`${name}_verified`] === "true")) {
    // Developer guide, "Viewing the results", as what is said of users who are there.
    call.fail(
      "InvalidParameterException",
      "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).",
    );
  }
  const user = newPoolUser(call, context, call.random.uuid(), {
    username,
    attributes,
    // Passwords are not in the file: each user chooses one by a code (developer guide).
    status: "RESET_REQUIRED",
    password: undefined,
  });
  const hasSms = hasMfa && attributes.phone_number !== undefined;
  const mfa_json = hasSms ? JSON.stringify({ SMS_MFA: { enabled: true, preferred: true } }) : null;
  await requireFreeUsername(call, call.tx, context, username, "The user already exists.");
  await insertPoolUser(call, call.tx, context, { ...user, mfa_json }, false);
}

/** As UsernameType, which holds no spaces or tabs. */
const usernamePattern = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** The column says what the pool requires, or nothing (developer guide, "Formatting the CSV file"). */
function isMfaWanted(call: Importing, { MfaConfiguration }: Configuration, given: string): boolean {
  if (given !== "" && given !== "true" && given !== "false") {
    call.fail("InvalidParameterException", "cognito:mfa_enabled must be true, false or empty.");
  }
  if (MfaConfiguration === "ON") {
    if (given === "false") {
      call.fail(
        "InvalidParameterException",
        "cognito:mfa_enabled must be true or empty, as the user pool requires MFA.",
      );
    }
    return true;
  }
  if (MfaConfiguration !== "OPTIONAL" && given === "true") {
    call.fail("InvalidParameterException", "cognito:mfa_enabled must be false or empty, as the user pool has no MFA.");
  }
  return given === "true";
}
