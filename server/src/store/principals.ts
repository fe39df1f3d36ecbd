import { type Slots, statement, type Tx } from "./statement.ts";

/** One policy that says what a user or role may do: its own, one of its groups', or its boundary. */
export type PrincipalPolicy =
  | {
      readonly source: "own" | "group";
      readonly kind: "inline" | "managed";
      readonly owner_id: string;
      readonly policy_name: string;
      readonly document: string;
      /** Null of inline policies. */
      readonly policy_account_id: string | null;
      readonly path: string | null;
    }
  | {
      readonly source: "boundary";
      readonly kind: "managed";
      readonly owner_id: string;
      readonly policy_name: string;
      /** All null where the policy that the boundary names is gone. */
      readonly document: string | null;
      readonly policy_account_id: string | null;
      readonly path: string | null;
    };

// One statement, because it stands before every request that is not answered from a cache.
const selectPolicies = statement.all("principals.policiesOf", (db, p: Slots<{ principalId: string }>) =>
  db
    .selectFrom("inline_policies")
    .select((eb) => [
      eb.cast<string>(eb.val("own"), "text").as("source"),
      eb.cast<string>(eb.val("inline"), "text").as("kind"),
      "inline_policies.owner_id",
      "inline_policies.policy_name",
      eb.ref("inline_policies.document").$castTo<string | null>().as("document"),
      eb.cast<string | null>(eb.val(null), "text").as("policy_account_id"),
      eb.cast<string | null>(eb.val(null), "text").as("path"),
    ])
    .where("inline_policies.owner_id", "=", p.principalId)
    .unionAll((eb) =>
      eb
        .selectFrom("group_members")
        .innerJoin("inline_policies", "inline_policies.owner_id", "group_members.group_id")
        .select((eb) => [
          eb.cast<string>(eb.val("group"), "text").as("source"),
          eb.cast<string>(eb.val("inline"), "text").as("kind"),
          "inline_policies.owner_id",
          "inline_policies.policy_name",
          eb.ref("inline_policies.document").$castTo<string | null>().as("document"),
          eb.cast<string | null>(eb.val(null), "text").as("policy_account_id"),
          eb.cast<string | null>(eb.val(null), "text").as("path"),
        ])
        .where("group_members.user_id", "=", p.principalId),
    )
    .unionAll((eb) =>
      eb
        .selectFrom("policy_attachments")
        .innerJoin("policies", "policies.policy_id", "policy_attachments.policy_id")
        .innerJoin("policy_versions", (join) =>
          join
            .onRef("policy_versions.policy_id", "=", "policies.policy_id")
            .onRef("policy_versions.version", "=", "policies.default_version"),
        )
        .select((eb) => [
          eb.cast<string>(eb.val("own"), "text").as("source"),
          eb.cast<string>(eb.val("managed"), "text").as("kind"),
          "policy_attachments.owner_id",
          "policies.policy_name",
          eb.ref("policy_versions.document").$castTo<string | null>().as("document"),
          eb.ref("policies.account_id").$castTo<string | null>().as("policy_account_id"),
          eb.ref("policies.path").$castTo<string | null>().as("path"),
        ])
        .where("policy_attachments.owner_id", "=", p.principalId),
    )
    .unionAll((eb) =>
      eb
        .selectFrom("group_members")
        .innerJoin("policy_attachments", "policy_attachments.owner_id", "group_members.group_id")
        .innerJoin("policies", "policies.policy_id", "policy_attachments.policy_id")
        .innerJoin("policy_versions", (join) =>
          join
            .onRef("policy_versions.policy_id", "=", "policies.policy_id")
            .onRef("policy_versions.version", "=", "policies.default_version"),
        )
        .select((eb) => [
          eb.cast<string>(eb.val("group"), "text").as("source"),
          eb.cast<string>(eb.val("managed"), "text").as("kind"),
          "policy_attachments.owner_id",
          "policies.policy_name",
          eb.ref("policy_versions.document").$castTo<string | null>().as("document"),
          eb.ref("policies.account_id").$castTo<string | null>().as("policy_account_id"),
          eb.ref("policies.path").$castTo<string | null>().as("path"),
        ])
        .where("group_members.user_id", "=", p.principalId),
    )
    .unionAll((eb) =>
      eb
        .selectFrom("users")
        .leftJoin("policies", "policies.policy_id", "users.permissions_boundary_policy_id")
        .leftJoin("policy_versions", (join) =>
          join
            .onRef("policy_versions.policy_id", "=", "policies.policy_id")
            .onRef("policy_versions.version", "=", "policies.default_version"),
        )
        .select((eb) => [
          eb.cast<string>(eb.val("boundary"), "text").as("source"),
          eb.cast<string>(eb.val("managed"), "text").as("kind"),
          "users.user_id as owner_id",
          eb.fn.coalesce("policies.policy_name", "users.permissions_boundary_arn").$notNull().as("policy_name"),
          "policy_versions.document",
          "policies.account_id as policy_account_id",
          "policies.path",
        ])
        .where("users.user_id", "=", p.principalId)
        .where("users.permissions_boundary_arn", "is not", null),
    )
    .unionAll((eb) =>
      eb
        .selectFrom("roles")
        .leftJoin("policies", "policies.policy_id", "roles.permissions_boundary_policy_id")
        .leftJoin("policy_versions", (join) =>
          join
            .onRef("policy_versions.policy_id", "=", "policies.policy_id")
            .onRef("policy_versions.version", "=", "policies.default_version"),
        )
        .select((eb) => [
          eb.cast<string>(eb.val("boundary"), "text").as("source"),
          eb.cast<string>(eb.val("managed"), "text").as("kind"),
          "roles.role_id as owner_id",
          eb.fn.coalesce("policies.policy_name", "roles.permissions_boundary_arn").$notNull().as("policy_name"),
          "policy_versions.document",
          "policies.account_id as policy_account_id",
          "policies.path",
        ])
        .where("roles.role_id", "=", p.principalId)
        .where("roles.permissions_boundary_arn", "is not", null),
    ),
);

export const principals = {
  /** Every policy that says what a user or role may do, with the text in force, by the principal's unique id. */
  policiesOf(tx: Tx, principalId: string): Promise<PrincipalPolicy[]> {
    return selectPolicies(tx, { principalId }) as Promise<PrincipalPolicy[]>; // each branch above has its own constants
  },
};
