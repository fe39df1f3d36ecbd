import { type Slots, statement, type Tx } from "./statement.ts";
import type { ServiceUsesTable } from "./tables.ts";

export type ServiceUseRow = ServiceUsesTable;

const selectOfPrincipal = statement.all("serviceUses.list", (db, p: Slots<{ principalId: string }>) =>
  db
    .selectFrom("service_uses")
    .selectAll()
    .where("principal_id", "=", p.principalId)
    .orderBy("service")
    .orderBy("action"),
);

// Notes are written behind the requests: a user or role deleted meanwhile must not get rows again.
const upsertOfUser = statement.run("serviceUses.noteUser", (db, p: Slots<ServiceUsesTable>) =>
  db
    .insertInto("service_uses")
    .columns(["principal_id", "service", "action", "used_at", "region"])
    .expression((eb) =>
      eb
        .selectFrom("users")
        .select((eb) => [
          "users.user_id as principal_id",
          eb.cast<string>(eb.val(p.service), "text").as("service"),
          eb.cast<string>(eb.val(p.action), "text").as("action"),
          eb.cast<number>(eb.val(p.used_at), "bigint").as("used_at"),
          eb.cast<string>(eb.val(p.region), "text").as("region"),
        ])
        .where("users.user_id", "=", p.principal_id),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["principal_id", "service", "action"])
        .doUpdateSet((eb) => ({ used_at: eb.ref("excluded.used_at"), region: eb.ref("excluded.region") })),
    ),
);

const upsertOfRole = statement.run("serviceUses.noteRole", (db, p: Slots<ServiceUsesTable>) =>
  db
    .insertInto("service_uses")
    .columns(["principal_id", "service", "action", "used_at", "region"])
    .expression((eb) =>
      eb
        .selectFrom("roles")
        .select((eb) => [
          "roles.role_id as principal_id",
          eb.cast<string>(eb.val(p.service), "text").as("service"),
          eb.cast<string>(eb.val(p.action), "text").as("action"),
          eb.cast<number>(eb.val(p.used_at), "bigint").as("used_at"),
          eb.cast<string>(eb.val(p.region), "text").as("region"),
        ])
        .where("roles.role_id", "=", p.principal_id),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["principal_id", "service", "action"])
        .doUpdateSet((eb) => ({ used_at: eb.ref("excluded.used_at"), region: eb.ref("excluded.region") })),
    ),
);

const deleteRows = statement.run("serviceUses.delete", (db, p: Slots<{ principalId: string }>) =>
  db.deleteFrom("service_uses").where("principal_id", "=", p.principalId),
);

/** When users and roles last tried which action; by unique id. */
export const serviceUses = {
  list(tx: Tx, principalId: string): Promise<ServiceUseRow[]> {
    return selectOfPrincipal(tx, { principalId });
  },

  /** Nothing happens where the user or role is gone. */
  async note(tx: Tx, kind: "user" | "role", use: ServiceUseRow): Promise<void> {
    await (kind === "user" ? upsertOfUser(tx, use) : upsertOfRole(tx, use));
  },

  async delete(tx: Tx, principalId: string): Promise<void> {
    await deleteRows(tx, { principalId });
  },
};
