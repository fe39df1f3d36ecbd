import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { LoginProfilesTable } from "./tables.ts";

export interface LoginProfileRow extends Omit<LoginProfilesTable, "is_reset_required"> {
  readonly isResetRequired: boolean;
}

const selectByUser = statement.first("loginProfiles.find", (db, p: Slots<{ userId: string }>) =>
  db.selectFrom("login_profiles").selectAll().where("user_id", "=", p.userId),
);

const insertRow = statement.run("loginProfiles.insert", (db, p: Slots<LoginProfilesTable>) =>
  db
    .insertInto("login_profiles")
    .values(columns(p, ["user_id", "account_id", "created_at", "changed_at", "is_reset_required", "passwords_sealed"])),
);

type Update = Slots<Pick<LoginProfilesTable, "user_id" | "changed_at" | "is_reset_required" | "passwords_sealed">>;

const updateRow = statement.run("loginProfiles.update", (db, p: Update) =>
  db
    .updateTable("login_profiles")
    .set(columns(p, ["changed_at", "is_reset_required", "passwords_sealed"]))
    .where("user_id", "=", p.user_id),
);

const deleteRow = statement.run("loginProfiles.delete", (db, p: Slots<{ userId: string }>) =>
  db.deleteFrom("login_profiles").where("user_id", "=", p.userId),
);

/** A user has one at most. */
export const loginProfiles = {
  async find(tx: Tx, userId: string): Promise<LoginProfileRow | undefined> {
    const row = await selectByUser(tx, { userId });
    if (row === undefined) return undefined;
    const { is_reset_required, ...profile } = row;
    return { ...profile, isResetRequired: is_reset_required === 1 };
  },

  async insert(tx: Tx, { isResetRequired, ...profile }: LoginProfileRow): Promise<void> {
    await insertRow(tx, { ...profile, is_reset_required: Number(isResetRequired) });
  },

  async update(
    tx: Tx,
    profile: Pick<LoginProfileRow, "user_id" | "changed_at" | "isResetRequired" | "passwords_sealed">,
  ): Promise<void> {
    await updateRow(tx, {
      user_id: profile.user_id,
      changed_at: profile.changed_at,
      is_reset_required: Number(profile.isResetRequired),
      passwords_sealed: profile.passwords_sealed,
    });
  },

  async delete(tx: Tx, userId: string): Promise<void> {
    await deleteRow(tx, { userId });
  },
};
