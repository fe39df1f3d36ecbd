import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { DelegationRequestsTable } from "./tables.ts";

export type DelegationRequestRow = DelegationRequestsTable;

const selectById = statement.first("delegationRequests.find", (db, p: Slots<{ requestId: string }>) =>
  db.selectFrom("delegation_requests").selectAll().where("request_id", "=", p.requestId),
);

const selectByWorkflow = statement.first(
  "delegationRequests.findByWorkflow",
  (db, p: Slots<{ requestorAccount: string; workflowId: string }>) =>
    db
      .selectFrom("delegation_requests")
      .selectAll()
      .where("requestor_account", "=", p.requestorAccount)
      .where("workflow_id", "=", p.workflowId),
);

const selectOfAccount = statement.all(
  "delegationRequests.listOfAccount",
  (db, p: Slots<{ ownerAccount: string; after: string; limit: number }>) =>
    db
      .selectFrom("delegation_requests")
      .selectAll()
      .where("owner_arn", "is not", null)
      .where("owner_account", "=", p.ownerAccount)
      .where("request_id", ">", p.after)
      .orderBy("request_id")
      .limit(p.limit),
);

const selectOfOwner = statement.all(
  "delegationRequests.listOfOwner",
  (db, p: Slots<{ ownerAccount: string; ownerArn: string; after: string; limit: number }>) =>
    db
      .selectFrom("delegation_requests")
      .selectAll()
      .where("owner_arn", "=", p.ownerArn)
      .where("owner_account", "=", p.ownerAccount)
      .where("request_id", ">", p.after)
      .orderBy("request_id")
      .limit(p.limit),
);

const insertRow = statement.run("delegationRequests.insert", (db, p: Slots<DelegationRequestsTable>) =>
  db
    .insertInto("delegation_requests")
    .values(
      columns(p, [
        "request_id",
        "requestor_account",
        "workflow_id",
        "owner_account",
        "owner_arn",
        "approver_arn",
        "state",
        "created_at",
        "updated_at",
        "expires_at",
        "description",
        "request_message",
        "redirect_url",
        "notification_channel",
        "session_duration",
        "only_send_by_owner",
        "permissions_json",
        "policy",
        "notes",
        "rejection_reason",
        "access_expires_at",
      ]),
    ),
);

type Changing =
  | "owner_account"
  | "owner_arn"
  | "approver_arn"
  | "state"
  | "updated_at"
  | "expires_at"
  | "notes"
  | "rejection_reason"
  | "access_expires_at";

/** What happens to a request after it was made; the rest is as its requestor wrote it. */
export type DelegationRequestChange = Partial<Pick<DelegationRequestRow, Changing>>;

type Changed = Slots<Pick<DelegationRequestsTable, "request_id" | Changing>>;

const updateRow = statement.run("delegationRequests.change", (db, p: Changed) =>
  db
    .updateTable("delegation_requests")
    .set(
      columns(p, [
        "owner_account",
        "owner_arn",
        "approver_arn",
        "state",
        "updated_at",
        "expires_at",
        "notes",
        "rejection_reason",
        "access_expires_at",
      ]),
    )
    .where("request_id", "=", p.request_id),
);

export const delegationRequests = {
  find(tx: Tx, requestId: string): Promise<DelegationRequestRow | undefined> {
    return selectById(tx, { requestId });
  },

  /** Workflow ids are unique within the account that asks. */
  findByWorkflow(tx: Tx, requestorAccount: string, workflowId: string): Promise<DelegationRequestRow | undefined> {
    return selectByWorkflow(tx, { requestorAccount, workflowId });
  },

  /** Those that somebody of the account owns, after the id `after`; `""` starts. */
  list(
    tx: Tx,
    ownerAccount: string,
    ownerArn: string | undefined,
    after: string,
    limit: number,
  ): Promise<DelegationRequestRow[]> {
    if (ownerArn === undefined) return selectOfAccount(tx, { ownerAccount, after, limit });
    return selectOfOwner(tx, { ownerAccount, ownerArn, after, limit });
  },

  async insert(tx: Tx, request: DelegationRequestRow): Promise<void> {
    await insertRow(tx, request);
  },

  /** `request` is the row as this transaction found it; the row as it is now comes back. */
  async change(tx: Tx, request: DelegationRequestRow, change: DelegationRequestChange): Promise<DelegationRequestRow> {
    const changed = { ...request, ...change };
    await updateRow(tx, changed);
    return changed;
  },
};
