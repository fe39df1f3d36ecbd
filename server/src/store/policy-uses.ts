import { type Slots, statement, type Tx } from "./statement.ts";

type Change = Slots<{ accountId: string; policyId: string; attachments: number; boundaries: number }>;

const upsert = statement.run("policyUses.add", (db, p: Change) =>
  db
    .insertInto("policy_uses")
    .columns(["account_id", "policy_id", "policy_account_id", "name_key", "attachment_count", "boundary_count"])
    .expression((eb) =>
      eb
        .selectFrom("policies")
        .select((eb) => [
          eb.cast<string>(eb.val(p.accountId), "text").as("account_id"),
          "policies.policy_id",
          "policies.account_id as policy_account_id",
          "policies.name_key",
          eb.cast<number>(eb.val(p.attachments), "bigint").as("attachment_count"),
          eb.cast<number>(eb.val(p.boundaries), "bigint").as("boundary_count"),
        ])
        .where("policies.policy_id", "=", p.policyId),
    )
    .onConflict((conflict) =>
      conflict.columns(["account_id", "policy_id"]).doUpdateSet((eb) => ({
        attachment_count: eb("policy_uses.attachment_count", "+", eb.ref("excluded.attachment_count")),
        boundary_count: eb("policy_uses.boundary_count", "+", eb.ref("excluded.boundary_count")),
      })),
    ),
);

const deleteRows = statement.run("policyUses.delete", (db, p: Slots<{ accountId: string; policyId: string }>) =>
  db.deleteFrom("policy_uses").where("account_id", "=", p.accountId).where("policy_id", "=", p.policyId),
);

const countUsed = statement.first("policyUses.count", (db, p: Slots<{ accountId: string }>) =>
  db
    .selectFrom("policy_uses")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("account_id", "=", p.accountId)
    .where((eb) => eb.or([eb("attachment_count", ">", 0), eb("boundary_count", ">", 0)])),
);

/** How often an account uses a managed policy; kept by what attaches policies and sets boundaries. */
export const policyUses = {
  async add(
    tx: Tx,
    accountId: string,
    policyId: string,
    change: { readonly attachments?: 1 | -1; readonly boundaries?: 1 | -1 },
  ): Promise<void> {
    const { attachments = 0, boundaries = 0 } = change;
    await upsert(tx, { accountId, policyId, attachments, boundaries });
  },

  /** How many policies the account uses, AWS's own among them. */
  async count(tx: Tx, accountId: string): Promise<number> {
    return (await countUsed(tx, { accountId }))?.total ?? 0;
  },

  async delete(tx: Tx, accountId: string, policyId: string): Promise<void> {
    await deleteRows(tx, { accountId, policyId });
  },
};
