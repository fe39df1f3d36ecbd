import { type Slots, statement, type Tx } from "./statement.ts";

export type Counted =
  | "users"
  | "groups"
  | "policies"
  | "roles"
  | "instance_profiles"
  | "mfa_devices"
  | "mfa_devices_in_use"
  | "server_certificates"
  | "saml_providers"
  | "oidc_providers";

const select = statement.first("accountTotals.find", (db, p: Slots<{ accountId: string; kind: string }>) =>
  db.selectFrom("account_totals").select("total").where("account_id", "=", p.accountId).where("kind", "=", p.kind),
);

const upsert = statement.run("accountTotals.add", (db, p: Slots<{ accountId: string; kind: string; change: number }>) =>
  db
    .insertInto("account_totals")
    .values({ account_id: p.accountId, kind: p.kind, total: p.change })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "kind"])
        .doUpdateSet((eb) => ({ total: eb("account_totals.total", "+", eb.ref("excluded.total")) })),
    ),
);

/** Counting rows costs by their number; these totals are kept by the aggregates whose rows they count. */
export const accountTotals = {
  async find(tx: Tx, accountId: string, kind: Counted): Promise<number> {
    return (await select(tx, { accountId, kind }))?.total ?? 0;
  },

  async add(tx: Tx, accountId: string, kind: Counted, change: number): Promise<void> {
    if (change !== 0) await upsert(tx, { accountId, kind, change });
  },
};
