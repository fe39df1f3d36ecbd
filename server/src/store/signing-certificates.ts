import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { SigningCertificatesTable } from "./tables.ts";

export type SigningCertificateRow = SigningCertificatesTable;

export interface OwnedSigningCertificate
  extends Pick<SigningCertificateRow, "certificate_id" | "body" | "status" | "not_after"> {
  readonly path: string | null;
  readonly user_name: string | null;
}

type Key = Pick<SigningCertificateRow, "account_id" | "certificate_id">;

const selectById = statement.first(
  "signingCertificates.find",
  (db, p: Slots<{ accountId: string; certificateId: string }>) =>
    db
      .selectFrom("signing_certificates")
      .selectAll()
      .where("account_id", "=", p.accountId)
      .where("certificate_id", "=", p.certificateId),
);

const selectFirst = statement.first("signingCertificates.findFirst", (db, p: Slots<{ certificateId: string }>) =>
  db
    .selectFrom("signing_certificates")
    .selectAll()
    .where("certificate_id", "=", p.certificateId)
    .orderBy("uploaded_at")
    .orderBy("account_id")
    .limit(1),
);

const selectOfOwner = statement.all(
  "signingCertificates.list",
  (db, p: Slots<{ accountId: string; ownerId: string }>) =>
    db
      .selectFrom("signing_certificates")
      .selectAll()
      .where("account_id", "=", p.accountId)
      .where("owner_id", "=", p.ownerId)
      .orderBy("position"),
);

type AccountPage = Slots<{ accountId: string; after: string; limit: number }>;

const selectOfAccount = statement.all("signingCertificates.listOfAccount", (db, p: AccountPage) =>
  db
    .selectFrom("signing_certificates")
    .leftJoin("users", "users.user_id", "signing_certificates.owner_id")
    .select([
      "signing_certificates.certificate_id",
      "signing_certificates.body",
      "signing_certificates.status",
      "signing_certificates.not_after",
      "users.path",
      "users.user_name",
    ])
    .where("signing_certificates.account_id", "=", p.accountId)
    .where("signing_certificates.certificate_id", ">", p.after)
    .orderBy("signing_certificates.certificate_id")
    .limit(p.limit),
);

const countOfOwner = statement.first(
  "signingCertificates.count",
  (db, p: Slots<{ accountId: string; ownerId: string }>) =>
    db
      .selectFrom("signing_certificates")
      .select((eb) => eb.fn.countAll<number>().as("total"))
      .where("account_id", "=", p.accountId)
      .where("owner_id", "=", p.ownerId),
);

const insertRow = statement.run("signingCertificates.insert", (db, p: Slots<SigningCertificatesTable>) =>
  db
    .insertInto("signing_certificates")
    .values(
      columns(p, [
        "account_id",
        "certificate_id",
        "owner_id",
        "body",
        "status",
        "uploaded_at",
        "changed_at",
        "not_after",
        "position",
      ]),
    ),
);

const updateStatus = statement.run(
  "signingCertificates.setStatus",
  (db, p: Slots<{ accountId: string; certificateId: string; status: string; changedAt: number }>) =>
    db
      .updateTable("signing_certificates")
      .set({ status: p.status, changed_at: p.changedAt })
      .where("account_id", "=", p.accountId)
      .where("certificate_id", "=", p.certificateId),
);

const deleteRow = statement.run(
  "signingCertificates.delete",
  (db, p: Slots<{ accountId: string; certificateId: string }>) =>
    db
      .deleteFrom("signing_certificates")
      .where("account_id", "=", p.accountId)
      .where("certificate_id", "=", p.certificateId),
);

/** An owner is a user's unique id, or the account id for root; it has two certificates at most. */
export const signingCertificates = {
  /** Whoever in the account owns it. */
  find(tx: Tx, accountId: string, certificateId: string): Promise<SigningCertificateRow | undefined> {
    return selectById(tx, { accountId, certificateId });
  },

  /**
   * In whichever account: for whoever signs with it. Certificates are public, so an account that copies another's comes
   * too late.
   */
  findFirst(tx: Tx, certificateId: string): Promise<SigningCertificateRow | undefined> {
    return selectFirst(tx, { certificateId });
  },

  /** Undefined, too, where another owner has it. */
  async findOfOwner(
    tx: Tx,
    accountId: string,
    ownerId: string,
    certificateId: string,
  ): Promise<SigningCertificateRow | undefined> {
    const row = await selectById(tx, { accountId, certificateId });
    return row?.owner_id === ownerId ? row : undefined;
  },

  /** All of an owner's certificates, in the order of upload. */
  list(tx: Tx, accountId: string, ownerId: string): Promise<SigningCertificateRow[]> {
    return selectOfOwner(tx, { accountId, ownerId });
  },

  /** Every owner's, in the order of their ids, after `after`; `""` starts. Root's have no user. */
  listOfAccount(tx: Tx, accountId: string, after: string, limit: number): Promise<OwnedSigningCertificate[]> {
    return selectOfAccount(tx, { accountId, after, limit });
  },

  async count(tx: Tx, accountId: string, ownerId: string): Promise<number> {
    return (await countOfOwner(tx, { accountId, ownerId }))?.total ?? 0;
  },

  async insert(tx: Tx, certificate: SigningCertificateRow): Promise<void> {
    await insertRow(tx, certificate);
  },

  async setStatus(tx: Tx, certificate: Key, status: string, changedAt: number): Promise<void> {
    await updateStatus(tx, {
      accountId: certificate.account_id,
      certificateId: certificate.certificate_id,
      status,
      changedAt,
    });
  },

  async delete(tx: Tx, certificate: Key): Promise<void> {
    await deleteRow(tx, { accountId: certificate.account_id, certificateId: certificate.certificate_id });
  },
};
