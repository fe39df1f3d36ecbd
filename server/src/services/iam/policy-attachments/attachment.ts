import { type AttachedPolicy, policyAttachments } from "../../../store/policy-attachments.ts";
import type { Call, Resource } from "../../operation.ts";
import { decodePosition, defaultPageSize, page } from "../../paging.ts";
import { findPolicyByArn, invalidArn, isReserved, noSuchPolicy, policyArn } from "../managed-policies/policy.ts";

/** Who a managed policy is attached to: a user, a group or a role, whose operations differ in nothing else. */
export interface Attachable extends Resource {
  readonly ownerId: string;
  readonly ownerKind: "user" | "group" | "role";
  readonly name: string;
}

/** The policy is part of what is asked for: `iam:PolicyARN` conditions see it. */
export function withPolicyArn<R extends Resource>(resource: R, arn: string): R {
  return { ...resource, conditions: { ...resource.conditions, "iam:policyarn": [arn] } };
}

const quotas = { user: "PoliciesPerUser", group: "PoliciesPerGroup", role: "PoliciesPerRole" } as const;

/** Attaching what is attached already is no error. */
export async function attachPolicy(
  call: Call<"NoSuchEntityException" | "LimitExceededException" | "PolicyNotAttachableException">,
  owner: Attachable,
  arn: string,
): Promise<void> {
  const policy = await findPolicyByArn(call, arn, () => invalidArn(call, arn));
  if (policy === undefined) {
    return call.fail("NoSuchEntityException", noSuchPolicy(arn));
  }
  if (isReserved(policy)) {
    // Observed for users, 2026-09.
    call.fail("PolicyNotAttachableException", `Cannot attach AWS reserved policy to an IAM ${owner.ownerKind}.`);
  }
  const added = await policyAttachments.attach(call.tx, {
    owner_id: owner.ownerId,
    owner_kind: owner.ownerKind,
    account_id: call.accountId,
    policy_id: policy.policy_id,
  });
  const name = quotas[owner.ownerKind];
  const quota = call.environment.quotas[name];
  if (added && (await policyAttachments.count(call.tx, owner.ownerId)) > quota) {
    call.fail("LimitExceededException", `Cannot exceed quota for ${name}: ${quota}`);
  }
}

export async function detachPolicy(call: Call<"NoSuchEntityException">, owner: Attachable, arn: string): Promise<void> {
  const policy = await findPolicyByArn(call, arn, () => invalidArn(call, arn));
  const detached =
    policy !== undefined && (await policyAttachments.detach(call.tx, call.accountId, owner.ownerId, policy.policy_id));
  // Recorded from AWS: one text for a policy that is not there and one that is not attached.
  if (!detached) call.fail("NoSuchEntityException", `Policy ${arn} was not found.`);
}

export async function listAttachedPolicies(
  call: Call,
  owner: Attachable,
  input: {
    readonly PathPrefix?: string | undefined;
    readonly Marker?: string | undefined;
    readonly MaxItems?: number | undefined;
  },
) {
  const limit = input.MaxItems ?? defaultPageSize;
  const after = decodePosition(call, input.Marker);
  const found = await policyAttachments.listOfOwner(call.tx, owner.ownerId, input.PathPrefix ?? "/", after, limit + 1);
  const { rows, ...more } = page(found, limit, (policy) => String(policy.position));
  return { AttachedPolicies: rows.map((policy) => attachedShape(call, policy)), ...more };
}

function attachedShape(call: Call, policy: AttachedPolicy) {
  return { PolicyName: policy.policy_name, PolicyArn: policyArn(call, policy) };
}
