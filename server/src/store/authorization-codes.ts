import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { AuthorizationCodesTable } from "./tables.ts";

export interface AuthorizationCodeRow extends Omit<AuthorizationCodesTable, "request_json" | "used"> {
  readonly used: boolean;
  readonly request: AuthorizedRequest;
}

/** What the request that led to the code said of it. */
export interface AuthorizedRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly nonce?: string | undefined;
  /** PKCE's, by S256. */
  readonly codeChallenge?: string | undefined;
  /** Whom the access token is for. */
  readonly resource?: string | undefined;
}

type Key = Slots<{ digest: string }>;

const selectRow = statement.first("authorizationCodes.find", (db, p: Key) =>
  db.selectFrom("authorization_codes").selectAll().where("code_digest", "=", p.digest),
);

const insertRow = statement.run("authorizationCodes.insert", (db, p: Slots<AuthorizationCodesTable>) =>
  db
    .insertInto("authorization_codes")
    .values(
      columns(p, [
        "code_digest",
        "pool_id",
        "client_id",
        "user_id",
        "event_id",
        "authenticated_at",
        "expires_at",
        "used",
        "request_json",
      ]),
    ),
);

const useRow = statement.run("authorizationCodes.use", (db, p: Key) =>
  db.updateTable("authorization_codes").set({ used: 1 }).where("code_digest", "=", p.digest).where("used", "=", 0),
);

const deleteExpired = statement.run("authorizationCodes.deleteExpired", (db, p: Slots<{ before: number }>) =>
  db.deleteFrom("authorization_codes").where("expires_at", "<", p.before),
);

/** What browsers carry from a sign-in to an app, which has tokens for it; here by its digest alone. */
export const authorizationCodes = {
  async find(tx: Tx, digest: string): Promise<AuthorizationCodeRow | undefined> {
    const row = await selectRow(tx, { digest });
    if (row === undefined) return undefined;
    const { request_json, used, ...rest } = row;
    return { ...rest, used: used === 1, request: JSON.parse(request_json) as AuthorizedRequest }; // `insert` wrote it
  },

  async insert(tx: Tx, { request, used, ...row }: AuthorizationCodeRow): Promise<void> {
    await insertRow(tx, { ...row, used: used ? 1 : 0, request_json: JSON.stringify(request) });
  },

  /** False where it was used before, or is not there. */
  async use(tx: Tx, digest: string): Promise<boolean> {
    return (await useRow(tx, { digest })) > 0;
  },

  /** Those that expired before then. */
  async deleteExpired(tx: Tx, before: number): Promise<void> {
    await deleteExpired(tx, { before });
  },
};
