import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { InlinePoliciesTable } from "./tables.ts";

export type InlinePolicyRow = InlinePoliciesTable;

const selectByName = statement.first("inlinePolicies.find", (db, p: Slots<{ ownerId: string; policyName: string }>) =>
  db
    .selectFrom("inline_policies")
    .selectAll()
    .where("owner_id", "=", p.ownerId)
    .where("policy_name", "=", p.policyName),
);

const selectPage = statement.all(
  "inlinePolicies.list",
  (db, p: Slots<{ ownerId: string; after: string; limit: number }>) =>
    db
      .selectFrom("inline_policies")
      .selectAll()
      .where("owner_id", "=", p.ownerId)
      .where("policy_name", ">", p.after)
      .orderBy("policy_name")
      .limit(p.limit),
);

const countRows = statement.first("inlinePolicies.count", (db, p: Slots<{ ownerId: string }>) =>
  db
    .selectFrom("inline_policies")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("owner_id", "=", p.ownerId),
);

const upsert = statement.run("inlinePolicies.put", (db, p: Slots<InlinePoliciesTable>) =>
  db
    .insertInto("inline_policies")
    .values(columns(p, ["owner_id", "policy_name", "document"]))
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "policy_name"]).doUpdateSet((eb) => ({ document: eb.ref("excluded.document") })),
    ),
);

const deleteRow = statement.run("inlinePolicies.delete", (db, p: Slots<{ ownerId: string; policyName: string }>) =>
  db.deleteFrom("inline_policies").where("owner_id", "=", p.ownerId).where("policy_name", "=", p.policyName),
);

/** Owners are named by their unique ids. */
export const inlinePolicies = {
  find(tx: Tx, ownerId: string, policyName: string): Promise<InlinePolicyRow | undefined> {
    return selectByName(tx, { ownerId, policyName });
  },

  /** In the order of their names, after `after`; `""` starts. */
  list(tx: Tx, ownerId: string, after: string, limit: number): Promise<InlinePolicyRow[]> {
    return selectPage(tx, { ownerId, after, limit });
  },

  async count(tx: Tx, ownerId: string): Promise<number> {
    return (await countRows(tx, { ownerId }))?.total ?? 0;
  },

  /** Adds it, or takes the place of the one with this name. */
  async put(tx: Tx, policy: InlinePolicyRow): Promise<void> {
    await upsert(tx, policy);
  },

  /** False where there was none. */
  async delete(tx: Tx, ownerId: string, policyName: string): Promise<boolean> {
    return (await deleteRow(tx, { ownerId, policyName })) > 0;
  },
};
