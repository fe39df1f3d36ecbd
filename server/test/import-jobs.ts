/** Import jobs for tests: a file, sent where its job says. */
import assert from "node:assert/strict";
import {
  CreateUserImportJobCommand,
  DescribeUserImportJobCommand,
  StartUserImportJobCommand,
  type UserImportJobType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Harness } from "./harness.ts";

export const CloudWatchLogsRoleArn = "arn:aws:iam::123456789012:role/import";

export async function createJob(h: Harness, UserPoolId: string, JobName = "spring"): Promise<UserImportJobType> {
  const command = new CreateUserImportJobCommand({ UserPoolId, JobName, CloudWatchLogsRoleArn });
  const { UserImportJob } = await h.cognito.send(command);
  assert.ok(UserImportJob?.JobId !== undefined);
  return UserImportJob;
}

/** The status of the answer. */
export async function send(h: Harness, job: UserImportJobType, text: string | Uint8Array): Promise<number> {
  const { pathname, search } = new URL(job.PreSignedUrl ?? "");
  const request = { method: "PUT", path: pathname, query: search.slice(1), body: Buffer.from(text) };
  return (await h.send(request)).status;
}

/** Starts the job and waits for its end. */
export async function runJob(h: Harness, UserPoolId: string, { JobId }: UserImportJobType): Promise<UserImportJobType> {
  await h.cognito.send(new StartUserImportJobCommand({ UserPoolId, JobId }));
  await h.environment.tasks.settled();
  const { UserImportJob } = await h.cognito.send(new DescribeUserImportJobCommand({ UserPoolId, JobId }));
  assert.ok(UserImportJob !== undefined);
  return UserImportJob;
}

/** A file with all columns of a pool without attributes of its own, of which these are filled in. */
export function csv(header: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const lines = rows.map((row) => header.map((name) => row[name] ?? "").join(","));
  return `${[header.join(","), ...lines].join("\n")}\n`;
}

/** A row that makes a user. */
export function row(username: string): Record<string, string> {
  return {
    "cognito:username": username,
    "cognito:mfa_enabled": "false",
    email: `${username}@example.com`,
    email_verified: "TRUE",
  };
}
