import { type DelegationRequestRow, delegationRequests } from "../store/delegation-requests.ts";
import type { Tx } from "../store/store.ts";
import type { Environment } from "./operation.ts";

export type DelegationState =
  | "UNASSIGNED"
  | "ASSIGNED"
  | "PENDING_APPROVAL"
  | "ACCEPTED"
  | "FINALIZED"
  | "REJECTED"
  | "EXPIRED";

/** `EXPIRED` is what the clock says of a request, whatever became of it before. */
export function stateAt(request: DelegationRequestRow, now: number): DelegationState {
  return request.expires_at <= now ? "EXPIRED" : (request.state as DelegationState); // moveTo and CreateDelegationRequest write no other
}

type Sealing = Pick<Environment, "seal" | "random">;

/** IAM User Guide, "Exchange tokens": the account that asked is embedded in it, and it can be redeemed again and again. */
function exchangeToken({ seal, random }: Sealing, request: DelegationRequestRow): string {
  const text = JSON.stringify({ delegationRequest: request.request_id, requestor: request.requestor_account });
  return seal.sealToken(text, random.bytes(12));
}

/**
 * The message that AWS would publish to the request's notification channel once the token is sent (IAM User Guide,
 * "Notification message format"). There are no topics here: the one who asked fetches it by the name he gave the request.
 * Undefined as long as there is nothing to redeem.
 */
export async function exchangeTokenMessage(
  environment: Sealing,
  tx: Tx,
  requestorAccount: string,
  workflowId: string,
  now: number,
): Promise<object | undefined> {
  const request = await delegationRequests.findByWorkflow(tx, requestorAccount, workflowId);
  if (request === undefined || stateAt(request, now) !== "FINALIZED") return undefined;
  return {
    Type: "ExchangeToken",
    RequestId: request.request_id,
    RequestorWorkflowId: request.workflow_id,
    State: "FINALIZED",
    OwnerAccountId: request.owner_account,
    UpdatedAt: new Date(request.updated_at).toISOString(),
    ExchangeToken: exchangeToken(environment, request),
    ExpiresAt: new Date(request.access_expires_at ?? 0).toISOString(),
  };
}

/** What an exchange token stands for. */
export interface DelegatedAccess {
  readonly requestId: string;
  /** Who accepted the request, and with whose permissions its bearer acts. */
  readonly approverArn: string;
  readonly ownerAccount: string;
  /** A session policy over those permissions. */
  readonly policy: string;
  /** Credentials end then, whenever the token is redeemed. */
  readonly expiresAt: number;
}

/**
 * What the token is good for in the hands of `requestorAccount`: only the account that asked may redeem it. `expired` where
 * it was good once; undefined for what is no token of this server, or another account's.
 */
export async function redeemExchangeToken(
  environment: Sealing,
  tx: Tx,
  token: string,
  requestorAccount: string,
  now: number,
): Promise<DelegatedAccess | "expired" | undefined> {
  const text = environment.seal.openToken(token);
  const claims: unknown = text === undefined ? undefined : JSON.parse(text); // this server sealed it: it is JSON
  if (!isExchange(claims) || claims.requestor !== requestorAccount) return undefined;
  const request = await delegationRequests.find(tx, claims.delegationRequest);
  if (request === undefined || request.approver_arn === null || request.owner_account === null) return undefined;
  if (request.access_expires_at === null) return undefined;
  if (request.access_expires_at <= now) return "expired";
  return {
    requestId: request.request_id,
    approverArn: request.approver_arn,
    ownerAccount: request.owner_account,
    policy: request.policy,
    expiresAt: request.access_expires_at,
  };
}

/** Session tokens and authorization messages are sealed alike, and are no exchange tokens. */
function isExchange(claims: unknown): claims is { delegationRequest: string; requestor: string } {
  return (
    typeof claims === "object" &&
    claims !== null &&
    "delegationRequest" in claims &&
    typeof claims.delegationRequest === "string" &&
    "requestor" in claims
  );
}
