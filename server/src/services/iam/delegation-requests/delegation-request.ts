import type { DelegationRequest } from "@aws-sdk/client-iam";
import { PolicyError, parsePolicy } from "../../../policy/document.ts";
import {
  type DelegationRequestChange,
  type DelegationRequestRow,
  delegationRequests,
} from "../../../store/delegation-requests.ts";
import { type DelegationState, stateAt } from "../../delegated-access.ts";
import type { Call, Resource } from "../../operation.ts";
import { accountResource } from "../../paging.ts";

export interface DelegationRequestResource extends Resource {
  readonly request: DelegationRequestRow;
}

const day = 24 * 60 * 60 * 1000;

/** How long a request may stay as it is before it expires (IAM User Guide, "Building your integration", expiration path). */
export const unassignedLifetime = day;
const lifetime = 7 * day;

/**
 * The named request. `isOpen` tells of a caller to whom it belongs so far that no policy must allow it, only none deny it (IAM User Guide, "Managing
 * permissions for delegation requests": whoever initiated a request may do everything with it but approve it). Anybody
 * else of the owner's account needs the permission; in any other account there is no such request.
 */
export async function requireDelegationRequest(
  call: Call<"NoSuchEntityException">,
  requestId: string,
  isOpen: (request: DelegationRequestRow) => boolean,
): Promise<DelegationRequestResource> {
  const request = await delegationRequests.find(call.tx, requestId);
  const resource = delegationRequestResource(call, requestId);
  if (request === undefined || (request.owner_account !== null && request.owner_account !== call.accountId)) {
    return call.missing(resource, "NoSuchEntityException", noSuchRequest(requestId));
  }
  const conditions = request.owner_arn === null ? {} : { "iam:delegationrequestowner": [request.owner_arn] };
  return { ...resource, conditions, grantedByAccount: isOpen(request), request };
}

export function delegationRequestResource(call: Call, requestId: string): Resource {
  return accountResource(call, `delegation-request/${requestId}`);
}

/** Every text on these requests is ours, as none of AWS's is known. */
export function noSuchRequest(requestId: string): string {
  return `The delegation request with id ${requestId} cannot be found.`;
}

export function isOwner(call: Call): (request: DelegationRequestRow) => boolean {
  return (request) => request.owner_arn === call.caller.arn;
}

/** API reference of GetDelegationRequest: until somebody owns it, it is open to the account it is for, or to everybody. */
export function isOwnerOrUnowned(call: Call): (request: DelegationRequestRow) => boolean {
  return (request) => request.owner_arn === null || request.owner_arn === call.caller.arn;
}

/** What is wrong with the state that a request is in; undefined where it is one of `allowed`. */
export function wrongState(
  call: Call,
  request: DelegationRequestRow,
  allowed: readonly DelegationState[],
): string | undefined {
  const state = stateAt(request, call.now);
  if (allowed.includes(state)) return undefined;
  return `The delegation request with id ${request.request_id} is in the state ${state}; it must be ${allowed.join(" or ")}.`;
}

/** Moves a request on; a new state gives it seven more days. */
export function moveTo(
  call: Call,
  request: DelegationRequestRow,
  state: DelegationState,
  change: DelegationRequestChange = {},
): Promise<DelegationRequestRow> {
  return delegationRequests.change(call.tx, request, {
    ...change,
    state,
    updated_at: call.now,
    expires_at: call.now + lifetime,
  });
}

/** What is asked for, as it is stored. */
export interface AskedPermissions {
  readonly PolicyTemplateArn: string;
  readonly Parameters?: readonly {
    readonly Name: string;
    readonly Values: readonly string[];
    readonly Type?: "string" | "stringList";
  }[];
}

export function delegationRequestShape(call: Call, request: DelegationRequestRow) {
  const permissions = JSON.parse(request.permissions_json) as AskedPermissions; // CreateDelegationRequest wrote it
  const boundaries = roleBoundaries(request.policy);
  return {
    DelegationRequestId: request.request_id,
    OwnerAccountId: request.owner_account ?? undefined,
    Description: request.description,
    RequestMessage: request.request_message ?? undefined,
    Permissions: {
      PolicyTemplateArn: permissions.PolicyTemplateArn,
      ...(permissions.Parameters && {
        Parameters: permissions.Parameters.map((parameter) => ({ ...parameter, Values: [...parameter.Values] })),
      }),
    },
    PermissionPolicy: request.policy,
    ...(boundaries.length > 0 && { RolePermissionRestrictionArns: boundaries }),
    OwnerId: request.owner_arn ?? undefined,
    ApproverId: request.approver_arn ?? undefined,
    State: stateAt(request, call.now),
    ExpirationTime: new Date(request.expires_at),
    RequestorId: request.requestor_account,
    CreateDate: new Date(request.created_at),
    SessionDuration: request.session_duration,
    RedirectUrl: request.redirect_url ?? undefined,
    Notes: request.notes ?? undefined,
    RejectionReason: request.rejection_reason ?? undefined,
    OnlySendByOwner: request.only_send_by_owner === null ? undefined : request.only_send_by_owner === 1,
    UpdatedTime: new Date(request.updated_at),
  } satisfies DelegationRequest;
}

/** The permissions boundaries without which the policy does not let roles be made. */
function roleBoundaries(policy: string): string[] {
  const arns = new Set<string>();
  for (const statement of parsePolicy(policy, "identity").statements) {
    if (statement.effect !== "Allow" || statement.notAction) continue;
    if (!statement.actions.some((action) => /^(?:\*|iam:(?:\*|create(?:\*|role(?:\*|$))))/i.test(action))) continue;
    for (const { key, values } of statement.conditions) {
      if (key.toLowerCase() === "iam:permissionsboundary") for (const value of values) arns.add(value);
    }
  }
  return [...arns];
}

/** As `parsePolicy`, in the one code that CreateDelegationRequest has for it. */
export function checkPolicy(call: Call<"InvalidInputException">, policy: string): void {
  try {
    parsePolicy(policy, "identity");
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    call.fail("InvalidInputException", error.message);
  }
}
