import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { OutboundIssuerKeysTable, OutboundIssuersTable } from "./tables.ts";

export interface OutboundIssuerRow extends Omit<OutboundIssuersTable, "is_enabled"> {
  readonly isEnabled: boolean;
}

export type OutboundIssuerKeyRow = OutboundIssuerKeysTable;

const selectByAccount = statement.first("outboundIssuers.find", (db, p: Slots<{ accountId: string }>) =>
  db.selectFrom("outbound_issuers").selectAll().where("account_id", "=", p.accountId),
);

const selectById = statement.first("outboundIssuers.findById", (db, p: Slots<{ issuerId: string }>) =>
  db.selectFrom("outbound_issuers").selectAll().where("issuer_id", "=", p.issuerId),
);

const insertRow = statement.run("outboundIssuers.insert", (db, p: Slots<OutboundIssuersTable>) =>
  db.insertInto("outbound_issuers").values(columns(p, ["account_id", "issuer_id", "is_enabled"])),
);

const updateEnabled = statement.run(
  "outboundIssuers.setEnabled",
  (db, p: Slots<{ accountId: string; isEnabled: number }>) =>
    db.updateTable("outbound_issuers").set({ is_enabled: p.isEnabled }).where("account_id", "=", p.accountId),
);

const selectKeys = statement.all("outboundIssuers.listKeys", (db, p: Slots<{ issuerId: string }>) =>
  db.selectFrom("outbound_issuer_keys").selectAll().where("issuer_id", "=", p.issuerId).orderBy("algorithm"),
);

const insertKeyRow = statement.run("outboundIssuers.insertKey", (db, p: Slots<OutboundIssuerKeysTable>) =>
  db
    .insertInto("outbound_issuer_keys")
    .values(columns(p, ["issuer_id", "algorithm", "private_key_sealed", "created_at"])),
);

export const outboundIssuers = {
  async find(tx: Tx, accountId: string): Promise<OutboundIssuerRow | undefined> {
    return known(await selectByAccount(tx, { accountId }));
  },

  async findById(tx: Tx, issuerId: string): Promise<OutboundIssuerRow | undefined> {
    return known(await selectById(tx, { issuerId }));
  },

  /** With its keys, enabled. */
  async insert(
    tx: Tx,
    issuer: Pick<OutboundIssuerRow, "account_id" | "issuer_id">,
    keys: readonly OutboundIssuerKeyRow[],
  ): Promise<void> {
    await insertRow(tx, { account_id: issuer.account_id, issuer_id: issuer.issuer_id, is_enabled: 1 });
    for (const key of keys) await insertKeyRow(tx, key);
  },

  async setEnabled(tx: Tx, accountId: string, isEnabled: boolean): Promise<void> {
    await updateEnabled(tx, { accountId, isEnabled: isEnabled ? 1 : 0 });
  },

  /** By algorithm. */
  listKeys(tx: Tx, issuerId: string): Promise<OutboundIssuerKeyRow[]> {
    return selectKeys(tx, { issuerId });
  },
};

function known(row: OutboundIssuersTable | undefined): OutboundIssuerRow | undefined {
  if (row === undefined) return undefined;
  const { is_enabled, ...rest } = row;
  return { ...rest, isEnabled: is_enabled === 1 };
}
