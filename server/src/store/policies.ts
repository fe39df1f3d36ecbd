import { accountTotals } from "./account-totals.ts";
import { endOfPrefix, nameKey } from "./keys.ts";
import { policyUses } from "./policy-uses.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoliciesTable, PolicyUsesTable, PolicyVersionsTable } from "./tables.ts";
import { readTags, type Tag, writeTags } from "./tags.ts";

/** With the uses of the account that it is seen from. */
export interface PolicyRow
  extends Omit<PoliciesTable, "tags_json">,
    Pick<PolicyUsesTable, "attachment_count" | "boundary_count"> {
  readonly tags: readonly Tag[];
}

/** What lists give: AWS's lists show neither tags nor description. */
export type ListedPolicy = Omit<PolicyRow, "tags" | "description" | "last_version">;

export type PolicyVersionRow = PolicyVersionsTable;

export type ListedPolicyVersion = Omit<PolicyVersionRow, "document">;

type ByName = Slots<{ accountId: string; nameKey: string; seenFrom: string }>;

const selectByName = statement.first("policies.find", (db, p: ByName) =>
  db
    .selectFrom("policies")
    .leftJoin("policy_uses", (join) =>
      join.onRef("policy_uses.policy_id", "=", "policies.policy_id").on("policy_uses.account_id", "=", p.seenFrom),
    )
    .selectAll("policies")
    .select((eb) => [
      eb.fn.coalesce("policy_uses.attachment_count", eb.lit(0)).as("attachment_count"),
      eb.fn.coalesce("policy_uses.boundary_count", eb.lit(0)).as("boundary_count"),
    ])
    .where("policies.account_id", "=", p.accountId)
    .where("policies.name_key", "=", p.nameKey),
);

const selectById = statement.first("policies.findById", (db, p: Slots<{ policyId: string; seenFrom: string }>) =>
  db
    .selectFrom("policies")
    .leftJoin("policy_uses", (join) =>
      join.onRef("policy_uses.policy_id", "=", "policies.policy_id").on("policy_uses.account_id", "=", p.seenFrom),
    )
    .selectAll("policies")
    .select((eb) => [
      eb.fn.coalesce("policy_uses.attachment_count", eb.lit(0)).as("attachment_count"),
      eb.fn.coalesce("policy_uses.boundary_count", eb.lit(0)).as("boundary_count"),
    ])
    .where("policies.policy_id", "=", p.policyId),
);

type Page = Slots<{
  accountId: string;
  seenFrom: string;
  pathFrom: string;
  pathTo: string;
  after: string;
  limit: number;
}>;

const selectPage = statement.all("policies.list", (db, p: Page) =>
  db
    .selectFrom("policies")
    .leftJoin("policy_uses", (join) =>
      join.onRef("policy_uses.policy_id", "=", "policies.policy_id").on("policy_uses.account_id", "=", p.seenFrom),
    )
    .select([
      "policies.account_id",
      "policies.name_key",
      "policies.policy_name",
      "policies.policy_id",
      "policies.path",
      "policies.created_at",
      "policies.updated_at",
      "policies.default_version",
    ])
    .select((eb) => [
      eb.fn.coalesce("policy_uses.attachment_count", eb.lit(0)).as("attachment_count"),
      eb.fn.coalesce("policy_uses.boundary_count", eb.lit(0)).as("boundary_count"),
    ])
    .where("policies.account_id", "=", p.accountId)
    .where("policies.name_key", ">", p.after)
    .where("policies.path", ">=", p.pathFrom)
    .where("policies.path", "<", p.pathTo)
    .orderBy("policies.name_key")
    .limit(p.limit),
);

const selectUsedPage = statement.all(
  "policies.listUsed",
  (db, p: Page & Slots<{ attachments: number; boundaries: number }>) =>
    db
      .selectFrom("policy_uses")
      .innerJoin("policies", "policies.policy_id", "policy_uses.policy_id")
      .select([
        "policies.account_id",
        "policies.name_key",
        "policies.policy_name",
        "policies.policy_id",
        "policies.path",
        "policies.created_at",
        "policies.updated_at",
        "policies.default_version",
        "policy_uses.attachment_count",
        "policy_uses.boundary_count",
      ])
      .where("policy_uses.account_id", "=", p.seenFrom)
      .where("policy_uses.policy_account_id", "=", p.accountId)
      .where("policy_uses.name_key", ">", p.after)
      .where("policy_uses.attachment_count", ">=", p.attachments)
      .where("policy_uses.boundary_count", ">=", p.boundaries)
      .where("policies.path", ">=", p.pathFrom)
      .where("policies.path", "<", p.pathTo)
      .orderBy("policy_uses.name_key")
      .limit(p.limit),
);

const insertRow = statement.run("policies.insert", (db, p: Slots<PoliciesTable>) =>
  db
    .insertInto("policies")
    .values(
      columns(p, [
        "account_id",
        "name_key",
        "policy_name",
        "policy_id",
        "path",
        "description",
        "created_at",
        "updated_at",
        "default_version",
        "last_version",
        "tags_json",
      ]),
    ),
);

const updateTags = statement.run("policies.setTags", (db, p: Slots<{ policyId: string; json: string }>) =>
  db.updateTable("policies").set({ tags_json: p.json }).where("policy_id", "=", p.policyId),
);

const deleteRow = statement.run("policies.delete", (db, p: Slots<{ policyId: string }>) =>
  db.deleteFrom("policies").where("policy_id", "=", p.policyId),
);

const deleteVersions = statement.run("policies.deleteVersions", (db, p: Slots<{ policyId: string }>) =>
  db.deleteFrom("policy_versions").where("policy_id", "=", p.policyId),
);

const selectVersion = statement.first("policies.findVersion", (db, p: Slots<{ policyId: string; version: number }>) =>
  db.selectFrom("policy_versions").selectAll().where("policy_id", "=", p.policyId).where("version", "=", p.version),
);

const selectVersions = statement.all("policies.listVersions", (db, p: Slots<{ policyId: string }>) =>
  db
    .selectFrom("policy_versions")
    .select(["policy_id", "version", "created_at"])
    .where("policy_id", "=", p.policyId)
    .orderBy("version", "desc"),
);

const countVersions = statement.first("policies.countVersions", (db, p: Slots<{ policyId: string }>) =>
  db
    .selectFrom("policy_versions")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("policy_id", "=", p.policyId),
);

const insertVersionRow = statement.run("policies.insertVersion", (db, p: Slots<PolicyVersionsTable>) =>
  db.insertInto("policy_versions").values(columns(p, ["policy_id", "version", "document", "created_at"])),
);

type Numbering = Slots<{ policyId: string; lastVersion: number; defaultVersion: number; updatedAt: number }>;

const updateVersions = statement.run("policies.setVersions", (db, p: Numbering) =>
  db
    .updateTable("policies")
    .set({ last_version: p.lastVersion, default_version: p.defaultVersion, updated_at: p.updatedAt })
    .where("policy_id", "=", p.policyId),
);

const updateDefault = statement.run(
  "policies.setDefaultVersion",
  (db, p: Slots<{ policyId: string; version: number }>) =>
    db.updateTable("policies").set({ default_version: p.version }).where("policy_id", "=", p.policyId),
);

const deleteVersionRow = statement.run(
  "policies.deleteVersion",
  (db, p: Slots<{ policyId: string; version: number }>) =>
    db.deleteFrom("policy_versions").where("policy_id", "=", p.policyId).where("version", "=", p.version),
);

const upsertRow = statement.run("policies.put", (db, p: Slots<PoliciesTable>) =>
  db
    .insertInto("policies")
    .values(
      columns(p, [
        "account_id",
        "name_key",
        "policy_name",
        "policy_id",
        "path",
        "description",
        "created_at",
        "updated_at",
        "default_version",
        "last_version",
        "tags_json",
      ]),
    )
    .onConflict((conflict) =>
      conflict.columns(["account_id", "name_key"]).doUpdateSet((eb) => ({
        path: eb.ref("excluded.path"),
        description: eb.ref("excluded.description"),
        updated_at: eb.ref("excluded.updated_at"),
        default_version: eb.ref("excluded.default_version"),
        last_version: eb.ref("excluded.last_version"),
      })),
    ),
);

type NamedVersion = Slots<Omit<PolicyVersionsTable, "policy_id"> & { account_id: string; name_key: string }>;

const upsertVersion = statement.run("policies.putVersion", (db, p: NamedVersion) =>
  db
    .insertInto("policy_versions")
    .columns(["policy_id", "version", "document", "created_at"])
    .expression((eb) =>
      eb
        .selectFrom("policies")
        .select((eb) => [
          "policies.policy_id",
          eb.cast<number>(eb.val(p.version), "bigint").as("version"),
          eb.cast<string>(eb.val(p.document), "text").as("document"),
          eb.cast<number>(eb.val(p.created_at), "bigint").as("created_at"),
        ])
        .where("policies.account_id", "=", p.account_id)
        .where("policies.name_key", "=", p.name_key),
    )
    .onConflict((conflict) =>
      conflict.columns(["policy_id", "version"]).doUpdateSet((eb) => ({ document: eb.ref("excluded.document") })),
    ),
);

/** Managed policies and their versions. `seenFrom` is the account whose uses are counted. */
export const policies = {
  /** By name, whatever its case; AWS's own policies are in the account `aws`. */
  async find(tx: Tx, accountId: string, policyName: string, seenFrom = accountId): Promise<PolicyRow | undefined> {
    return policyRow(await selectByName(tx, { accountId, nameKey: nameKey(policyName), seenFrom }));
  },

  async findById(tx: Tx, policyId: string, seenFrom: string): Promise<PolicyRow | undefined> {
    return policyRow(await selectById(tx, { policyId, seenFrom }));
  },

  /** In the order of their names, after the name key `after`; `""` starts. `usedAs` leaves out those not so used. */
  list(
    tx: Tx,
    options: {
      readonly accountId: string;
      readonly seenFrom: string;
      readonly pathPrefix: string;
      readonly usedAs?: "attachment" | "boundary" | undefined;
      readonly after: string;
      readonly limit: number;
    },
  ): Promise<ListedPolicy[]> {
    const { accountId, seenFrom, pathPrefix, usedAs, after, limit } = options;
    const page = { accountId, seenFrom, pathFrom: pathPrefix, pathTo: endOfPrefix(pathPrefix), after, limit };
    if (usedAs === undefined) return selectPage(tx, page);
    const [attachments, boundaries] = usedAs === "attachment" ? [1, 0] : [0, 1];
    return selectUsedPage(tx, { ...page, attachments, boundaries });
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "policies");
  },

  /** With its first version, which is the default. */
  async insert(
    tx: Tx,
    policy: Pick<
      PolicyRow,
      "account_id" | "policy_name" | "policy_id" | "path" | "description" | "created_at" | "tags"
    >,
    document: string,
  ): Promise<void> {
    const { tags, ...row } = policy;
    await insertRow(tx, {
      ...row,
      name_key: nameKey(policy.policy_name),
      updated_at: policy.created_at,
      default_version: 1,
      last_version: 1,
      tags_json: writeTags(tags),
    });
    await insertVersionRow(tx, { policy_id: policy.policy_id, version: 1, document, created_at: policy.created_at });
    await accountTotals.add(tx, policy.account_id, "policies", 1);
  },

  /**
   * As a catalog has it. One that is there already keeps its id, which attachments and boundaries go by, and versions that
   * the catalog no longer has. Not counted: nobody's quota is about AWS's policies.
   */
  async put(
    tx: Tx,
    policy: Omit<PoliciesTable, "name_key" | "last_version" | "tags_json">,
    versions: readonly Omit<PolicyVersionsTable, "policy_id">[],
  ): Promise<void> {
    const { account_id } = policy;
    const name_key = nameKey(policy.policy_name);
    const last_version = Math.max(...versions.map(({ version }) => version));
    await upsertRow(tx, { ...policy, name_key, last_version, tags_json: writeTags([]) });
    for (const version of versions) await upsertVersion(tx, { ...version, account_id, name_key });
  },

  async setTags(tx: Tx, policyId: string, tags: readonly Tag[]): Promise<void> {
    await updateTags(tx, { policyId, json: writeTags(tags) });
  },

  /** With all its versions. Nothing may use it any more. */
  async delete(tx: Tx, policy: PolicyRow): Promise<void> {
    await deleteVersions(tx, { policyId: policy.policy_id });
    await policyUses.delete(tx, policy.account_id, policy.policy_id);
    await accountTotals.add(tx, policy.account_id, "policies", -(await deleteRow(tx, { policyId: policy.policy_id })));
  },

  findVersion(tx: Tx, policyId: string, version: number): Promise<PolicyVersionRow | undefined> {
    return selectVersion(tx, { policyId, version });
  },

  /** All of a policy's versions, newest first: it has five at most. */
  listVersions(tx: Tx, policyId: string): Promise<ListedPolicyVersion[]> {
    return selectVersions(tx, { policyId });
  },

  async countVersions(tx: Tx, policyId: string): Promise<number> {
    return (await countVersions(tx, { policyId }))?.total ?? 0;
  },

  /** `policy` is the row as this transaction found it. Gives the new version's number. */
  async insertVersion(
    tx: Tx,
    policy: PolicyRow,
    version: { readonly document: string; readonly createdAt: number; readonly asDefault: boolean },
  ): Promise<number> {
    const { policy_id: policyId, last_version, default_version } = policy;
    const { document, createdAt, asDefault } = version;
    const number = last_version + 1;
    await insertVersionRow(tx, { policy_id: policyId, version: number, document, created_at: createdAt });
    const defaultVersion = asDefault ? number : default_version;
    await updateVersions(tx, { policyId, lastVersion: number, defaultVersion, updatedAt: createdAt });
    return number;
  },

  async setDefaultVersion(tx: Tx, policyId: string, version: number): Promise<void> {
    await updateDefault(tx, { policyId, version });
  },

  async deleteVersion(tx: Tx, policyId: string, version: number): Promise<void> {
    await deleteVersionRow(tx, { policyId, version });
  },
};

function policyRow(
  row: (PoliciesTable & Pick<PolicyRow, "attachment_count" | "boundary_count">) | undefined,
): PolicyRow | undefined {
  if (row === undefined) return undefined;
  const { tags_json, ...rest } = row;
  return { ...rest, tags: readTags(tags_json) };
}
