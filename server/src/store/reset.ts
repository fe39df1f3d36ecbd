import { type Slots, statement, type Tx } from "./statement.ts";
import { tableNames } from "./tables.ts";

const deletions = tableNames.map((name) =>
  statement.run(`reset.${name}`, (db, _: Slots<Record<never, never>>) => db.deleteFrom(name)),
);

/** Deletes every row of every table. */
export async function deleteEverything(tx: Tx): Promise<void> {
  for (const deleteRows of deletions) await deleteRows(tx, {});
}
