import { type Slots, statement, type Tx } from "./statement.ts";
import type { AccessKeyUsesTable } from "./tables.ts";

export type AccessKeyUseRow = AccessKeyUsesTable;

const selectById = statement.first("accessKeyUses.find", (db, p: Slots<{ accessKeyId: string }>) =>
  db.selectFrom("access_key_uses").selectAll().where("access_key_id", "=", p.accessKeyId),
);

// Notes are written behind the requests: a key deleted meanwhile must not get a row again.
const upsert = statement.run("accessKeyUses.note", (db, p: Slots<AccessKeyUsesTable>) =>
  db
    .insertInto("access_key_uses")
    .columns(["access_key_id", "used_at", "region", "service"])
    .expression((eb) =>
      eb
        .selectFrom("access_keys")
        .select((eb) => [
          "access_keys.access_key_id",
          eb.cast<number>(eb.val(p.used_at), "bigint").as("used_at"),
          eb.cast<string>(eb.val(p.region), "text").as("region"),
          eb.cast<string>(eb.val(p.service), "text").as("service"),
        ])
        .where("access_keys.access_key_id", "=", p.access_key_id),
    )
    .onConflict((conflict) =>
      conflict.column("access_key_id").doUpdateSet((eb) => ({
        used_at: eb.ref("excluded.used_at"),
        region: eb.ref("excluded.region"),
        service: eb.ref("excluded.service"),
      })),
    ),
);

/** Where each access key was last used. */
export const accessKeyUses = {
  find(tx: Tx, accessKeyId: string): Promise<AccessKeyUseRow | undefined> {
    return selectById(tx, { accessKeyId });
  },

  /** Nothing happens where the key is gone. */
  async note(tx: Tx, use: AccessKeyUseRow): Promise<void> {
    await upsert(tx, use);
  },
};
