import { type AccessKeyRow, accessKeys } from "../../../store/access-keys.ts";
import { accounts } from "../../../store/accounts.ts";
import { credentialReports } from "../../../store/credential-reports.ts";
import { type SigningCertificateRow, signingCertificates } from "../../../store/signing-certificates.ts";
import type { Tx } from "../../../store/store.ts";
import { type ListedUser, users } from "../../../store/users.ts";
import type { Environment } from "../../operation.ts";

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
  const lines = [columns.join(",")];
  await store.read(async (tx) => {
    const account = await accounts.find(tx, accountId);
    const credentials = await credentialCells(environment, tx, accountId, null, generatedAt);
    const password = ["not_supported", "no_information", "not_supported", "not_supported", "false"];
    lines.push(
      ["<root_account>", arn("root"), time(account?.created_at ?? generatedAt), ...password, ...credentials].join(","),
    );
  });
  let after = "";
  for (;;) {
    const page = await store.read(async (tx) => {
      const found = await users.list(tx, accountId, "/", after, usersPerTransaction);
      for (const user of found) {
        const credentials = await credentialCells(environment, tx, accountId, user, generatedAt);
        const password = ["false", "N/A", "N/A", "N/A", "false"];
        const name = arn(`user${user.path}${user.user_name}`);
        lines.push([user.user_name, name, time(user.created_at), ...password, ...credentials].map(cell).join(","));
      }
      return found;
    });
    const last = page.at(-1);
    if (last === undefined || page.length < usersPerTransaction) break;
    after = last.name_key;
    // Between pages other requests have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await store.write((tx) =>
    credentialReports.put(tx, { account_id: accountId, generated_at: generatedAt, content: `${lines.join("\n")}\n` }),
  );
}

async function credentialCells(
  environment: Reporting,
  tx: Tx,
  accountId: string,
  user: ListedUser | null,
  now: number,
): Promise<string[]> {
  const keys = await accessKeys.list(tx, accountId, user?.user_id ?? null);
  const certificates = await signingCertificates.list(tx, accountId, user?.user_id ?? accountId);
  return [
    ...(await keyCells(environment, tx, keys[0])),
    ...(await keyCells(environment, tx, keys[1])),
    ...certificateCells(certificates[0], now),
    ...certificateCells(certificates[1], now),
  ];
}

async function keyCells({ lastUsed }: Reporting, tx: Tx, key: AccessKeyRow | undefined): Promise<string[]> {
  if (key === undefined) return ["false", "N/A", "N/A", "N/A", "N/A"];
  const use = await lastUsed.of(tx, key.access_key_id);
  return [
    String(key.status === "Active"),
    time(key.changed_at),
    ...(use === undefined ? ["N/A", "N/A", "N/A"] : [time(use.usedAt), use.region, use.service]),
  ];
}

/** IAM User Guide: the time of the last upload or change of status, N/A without an active certificate. */
function certificateCells(certificate: SigningCertificateRow | undefined, now: number): string[] {
  const active = certificate !== undefined && certificate.status === "Active" && certificate.not_after >= now;
  return active ? ["true", time(certificate.changed_at)] : ["false", "N/A"];
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** RFC 4180, 2: user names may hold commas. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
