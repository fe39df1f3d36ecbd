import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { CredentialReportsTable } from "./tables.ts";

export type CredentialReportRow = CredentialReportsTable;

const select = statement.first("credentialReports.find", (db, p: Slots<{ accountId: string }>) =>
  db.selectFrom("credential_reports").selectAll().where("account_id", "=", p.accountId),
);

const upsert = statement.run("credentialReports.put", (db, p: Slots<CredentialReportsTable>) =>
  db
    .insertInto("credential_reports")
    .values(columns(p, ["account_id", "generated_at", "content"]))
    .onConflict((conflict) =>
      conflict.column("account_id").doUpdateSet((eb) => ({
        generated_at: eb.ref("excluded.generated_at"),
        content: eb.ref("excluded.content"),
      })),
    ),
);

/** The last report of each account. */
export const credentialReports = {
  find(tx: Tx, accountId: string): Promise<CredentialReportRow | undefined> {
    return select(tx, { accountId });
  },

  async put(tx: Tx, report: CredentialReportRow): Promise<void> {
    await upsert(tx, report);
  },
};
