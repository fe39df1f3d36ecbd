import { accessKeys } from "../../../store/access-keys.ts";
import { accounts } from "../../../store/accounts.ts";
import { credentialReports } from "../../../store/credential-reports.ts";
import { loginProfiles } from "../../../store/login-profiles.ts";
import { mfaDevices } from "../../../store/mfa-devices.ts";
import { signingCertificates } from "../../../store/signing-certificates.ts";
import type { Tx } from "../../../store/store.ts";
import { type ListedUser, users } from "../../../store/users.ts";
import type { Environment } from "../../operation.ts";
import { type PasswordPolicy, readPasswordPolicy } from "./password-policy.ts";

/** A report is answered again for four hours before a new one is made (IAM User Guide, "Getting credential reports"). */
export const reportLifetimeMs = 4 * 3_600_000;

/** Names the one task that makes an account's report. */
export function reportTask(accountId: string): string {
  return `credential report of ${accountId}`;
}

/** The 22 columns recorded from AWS in 2026. */
const columns = [
  "user",
  "arn",
  "user_creation_time",
  "password_enabled",
  "password_last_used",
  "password_last_changed",
  "password_next_rotation",
  "mfa_active",
  "access_key_1_active",
  "access_key_1_last_rotated",
  "access_key_1_last_used_date",
  "access_key_1_last_used_region",
  "access_key_1_last_used_service",
  "access_key_2_active",
  "access_key_2_last_rotated",
  "access_key_2_last_used_date",
  "access_key_2_last_used_region",
  "access_key_2_last_used_service",
  "cert_1_active",
  "cert_1_last_rotated",
  "cert_2_active",
  "cert_2_last_rotated",
];

const usersPerTransaction = 100;

type Reporting = Pick<Environment, "store" | "clock" | "lastUsed">;

/** Reads the account page by page, so that no other request waits for all of it, and keeps the finished report. */
export async function makeReport(environment: Reporting, accountId: string, partition: string): Promise<void> {
  const { store, clock } = environment;
  const generatedAt = clock.now();
  const arn = (resource: string) => `arn:${partition}:iam::${accountId}:${resource}`;
  const root = await store.read(async (tx) => {
    const account = await accounts.find(tx, accountId);
    const password = ["false", "N/A", "N/A", "not_supported", await mfaCell(tx, accountId)];
    const credentials = await credentialCells(environment, tx, accountId, null, generatedAt);
    return ["<root_account>", arn("root"), time(account?.created_at ?? generatedAt), ...password, ...credentials];
  });
  const lines = [columns, root];
  let after: string | undefined = "";
  while (after !== undefined) {
    const from: string = after;
    const page = await store.read(async (tx) => {
      const found = await users.list(tx, accountId, "/", from, usersPerTransaction);
      const account = await accounts.find(tx, accountId);
      const policy = account && readPasswordPolicy(account);
      const rows: string[][] = [];
      for (const user of found) {
        const name = arn(`user${user.path}${user.user_name}`);
        const password = [...(await passwordCells(tx, user, policy)), await mfaCell(tx, user.user_id)];
        const credentials = await credentialCells(environment, tx, accountId, user, generatedAt);
        rows.push([user.user_name, name, time(user.created_at), ...password, ...credentials]);
      }
      return { rows, last: found.length < usersPerTransaction ? undefined : found.at(-1)?.name_key };
    });
    lines.push(...page.rows);
    after = page.last;
    // Between pages other requests have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  // Recorded from AWS, 2026-09: line feeds between the lines, none after the last.
  const content = lines.map((line) => line.map(cell).join(",")).join("\n");
  await store.write((tx) => credentialReports.put(tx, { account_id: accountId, generated_at: generatedAt, content }));
}

/**
 * Recorded from AWS, 2026-09. Passwords are never used: there is no console to sign in to. The next change is due where
 * the account's policy sets an age (IAM User Guide, "Getting credential reports").
 */
async function passwordCells(tx: Tx, user: ListedUser, policy: PasswordPolicy | undefined): Promise<string[]> {
  const profile = await loginProfiles.find(tx, user.user_id);
  if (profile === undefined) return ["false", "N/A", "N/A", "N/A"];
  const days = policy?.MaxPasswordAge ?? 0;
  const due = days === 0 ? "N/A" : time(profile.changed_at + days * 86_400_000);
  return ["true", "no_information", time(profile.changed_at), due];
}

async function mfaCell(tx: Tx, ownerId: string): Promise<string> {
  return String((await mfaDevices.countOfOwner(tx, ownerId)) > 0);
}

/**
 * Two keys and two certificates. All pairs recorded from AWS in 2026 have the active key before the inactive one, and the
 * inactive certificate before the active one, whichever is older.
 */
async function credentialCells(
  { lastUsed }: Reporting,
  tx: Tx,
  accountId: string,
  user: ListedUser | null,
  now: number,
): Promise<string[]> {
  const keys = (await accessKeys.list(tx, accountId, user?.user_id ?? null))
    .map((row) => ({ id: row.access_key_id, isActive: row.status === "Active", since: row.created_at }))
    .toSorted((a, b) => Number(b.isActive) - Number(a.isActive) || (a.id < b.id ? -1 : 1));
  const certificates = (await signingCertificates.list(tx, accountId, user?.user_id ?? accountId))
    .map((row) => ({ isActive: row.status === "Active" && row.not_after >= now, since: row.uploaded_at }))
    .toSorted((a, b) => Number(a.isActive) - Number(b.isActive));
  const cells: string[] = [];
  for (const key of [keys[0], keys[1]]) {
    const use = key === undefined ? undefined : await lastUsed.of(tx, key.id);
    cells.push(
      ...rotation(key),
      ...(use === undefined ? ["N/A", "N/A", "N/A"] : [time(use.usedAt), use.region, use.service]),
    );
  }
  return [...cells, ...rotation(certificates[0]), ...rotation(certificates[1])];
}

/** Recorded from AWS, 2026-09: the time of creation, which a change of status neither changes nor hides. */
function rotation(credential: { readonly isActive: boolean; readonly since: number } | undefined): string[] {
  return credential === undefined ? ["false", "N/A"] : [String(credential.isActive), time(credential.since)];
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** RFC 4180, 2: user names may hold commas. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
