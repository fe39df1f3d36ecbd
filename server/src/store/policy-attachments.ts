import { endOfPrefix } from "./keys.ts";
import { policyUses } from "./policy-uses.ts";
import { type Slots, statement, type Tx } from "./statement.ts";
import type { PolicyAttachmentsTable } from "./tables.ts";

export type OwnerKind = "user" | "group" | "role";

export interface AttachedPolicy {
  readonly policy_id: string;
  /** The policy's own account: `aws` for AWS's. */
  readonly account_id: string;
  readonly policy_name: string;
  readonly path: string;
  readonly position: number;
}

/** Whom a policy is attached to. */
export interface PolicyOwner {
  readonly owner_id: string;
  readonly name: string;
  readonly path: string;
}

const insertRow = statement.run("policyAttachments.attach", (db, p: Slots<Omit<PolicyAttachmentsTable, "position">>) =>
  db
    .insertInto("policy_attachments")
    .values((eb) => ({
      owner_id: p.owner_id,
      owner_kind: p.owner_kind,
      account_id: p.account_id,
      policy_id: p.policy_id,
      position: eb
        .selectFrom("policy_attachments")
        .select((eb) => eb(eb.fn.coalesce(eb.fn.max("position"), eb.lit(0)), "+", eb.lit(1)).as("next"))
        .where("owner_id", "=", p.owner_id),
    }))
    .onConflict((conflict) => conflict.columns(["owner_id", "policy_id"]).doNothing()),
);

const deleteRow = statement.run("policyAttachments.detach", (db, p: Slots<{ ownerId: string; policyId: string }>) =>
  db.deleteFrom("policy_attachments").where("owner_id", "=", p.ownerId).where("policy_id", "=", p.policyId),
);

const countRows = statement.first("policyAttachments.count", (db, p: Slots<{ ownerId: string }>) =>
  db
    .selectFrom("policy_attachments")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("owner_id", "=", p.ownerId),
);

type OwnerPage = Slots<{ ownerId: string; pathFrom: string; pathTo: string; after: number; limit: number }>;

const selectOfOwner = statement.all("policyAttachments.listOfOwner", (db, p: OwnerPage) =>
  db
    .selectFrom("policy_attachments")
    .innerJoin("policies", "policies.policy_id", "policy_attachments.policy_id")
    .select([
      "policies.policy_id",
      "policies.account_id",
      "policies.policy_name",
      "policies.path",
      "policy_attachments.position",
    ])
    .where("policy_attachments.owner_id", "=", p.ownerId)
    .where("policy_attachments.position", ">", p.after)
    .where("policies.path", ">=", p.pathFrom)
    .where("policies.path", "<", p.pathTo)
    .orderBy("policy_attachments.position")
    .limit(p.limit),
);

type PolicyPage = Slots<{
  accountId: string;
  policyId: string;
  pathFrom: string;
  pathTo: string;
  after: string;
  limit: number;
}>;

const selectUsers = statement.all("policyAttachments.listUsers", (db, p: PolicyPage) =>
  db
    .selectFrom("policy_attachments")
    .innerJoin("users", "users.user_id", "policy_attachments.owner_id")
    .select(["policy_attachments.owner_id", "users.user_name as name", "users.path"])
    .where("policy_attachments.account_id", "=", p.accountId)
    .where("policy_attachments.policy_id", "=", p.policyId)
    .where("policy_attachments.owner_kind", "=", "user")
    .where("policy_attachments.owner_id", ">", p.after)
    .where("users.path", ">=", p.pathFrom)
    .where("users.path", "<", p.pathTo)
    .orderBy("policy_attachments.owner_id")
    .limit(p.limit),
);

const selectGroups = statement.all("policyAttachments.listGroups", (db, p: PolicyPage) =>
  db
    .selectFrom("policy_attachments")
    .innerJoin("groups", "groups.group_id", "policy_attachments.owner_id")
    .select(["policy_attachments.owner_id", "groups.group_name as name", "groups.path"])
    .where("policy_attachments.account_id", "=", p.accountId)
    .where("policy_attachments.policy_id", "=", p.policyId)
    .where("policy_attachments.owner_kind", "=", "group")
    .where("policy_attachments.owner_id", ">", p.after)
    .where("groups.path", ">=", p.pathFrom)
    .where("groups.path", "<", p.pathTo)
    .orderBy("policy_attachments.owner_id")
    .limit(p.limit),
);

const selectRoles = statement.all("policyAttachments.listRoles", (db, p: PolicyPage) =>
  db
    .selectFrom("policy_attachments")
    .innerJoin("roles", "roles.role_id", "policy_attachments.owner_id")
    .select(["policy_attachments.owner_id", "roles.role_name as name", "roles.path"])
    .where("policy_attachments.account_id", "=", p.accountId)
    .where("policy_attachments.policy_id", "=", p.policyId)
    .where("policy_attachments.owner_kind", "=", "role")
    .where("policy_attachments.owner_id", ">", p.after)
    .where("roles.path", ">=", p.pathFrom)
    .where("roles.path", "<", p.pathTo)
    .orderBy("policy_attachments.owner_id")
    .limit(p.limit),
);

const selectOfKind = { user: selectUsers, group: selectGroups, role: selectRoles } as const;

/** Managed policies attached to users, groups and roles, who are named by their unique ids. */
export const policyAttachments = {
  /** False where it was attached already. */
  async attach(
    tx: Tx,
    attachment: {
      readonly owner_id: string;
      readonly owner_kind: OwnerKind;
      readonly account_id: string;
      readonly policy_id: string;
    },
  ): Promise<boolean> {
    if ((await insertRow(tx, attachment)) === 0) return false;
    await policyUses.add(tx, attachment.account_id, attachment.policy_id, { attachments: 1 });
    return true;
  },

  /** `accountId` is the owner's account. False where it was not attached. */
  async detach(tx: Tx, accountId: string, ownerId: string, policyId: string): Promise<boolean> {
    if ((await deleteRow(tx, { ownerId, policyId })) === 0) return false;
    await policyUses.add(tx, accountId, policyId, { attachments: -1 });
    return true;
  },

  async count(tx: Tx, ownerId: string): Promise<number> {
    return (await countRows(tx, { ownerId }))?.total ?? 0;
  },

  /** In the order of attachment, after the position `after`; 0 starts. */
  listOfOwner(tx: Tx, ownerId: string, pathPrefix: string, after: number, limit: number): Promise<AttachedPolicy[]> {
    return selectOfOwner(tx, { ownerId, pathFrom: pathPrefix, pathTo: endOfPrefix(pathPrefix), after, limit });
  },

  /** An account's users, groups or roles that have a policy, in the order of their ids, after the id `after`; `""` starts. */
  listOfPolicy(
    tx: Tx,
    options: {
      readonly accountId: string;
      readonly policyId: string;
      readonly ownerKind: OwnerKind;
      readonly pathPrefix: string;
      readonly after: string;
      readonly limit: number;
    },
  ): Promise<PolicyOwner[]> {
    const { accountId, policyId, ownerKind, pathPrefix, after, limit } = options;
    const page = { accountId, policyId, pathFrom: pathPrefix, pathTo: endOfPrefix(pathPrefix), after, limit };
    return selectOfKind[ownerKind](tx, page);
  },
};
