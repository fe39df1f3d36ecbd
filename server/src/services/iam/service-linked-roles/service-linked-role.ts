import { uniqueId } from "../../../runtime/ids.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roles } from "../../../store/roles.ts";
import type { Call } from "../../operation.ts";
import { findPolicyByArn, invalidArn } from "../managed-policies/policy.ts";
import type { ServiceRole } from "./service-role.ts";

export interface LinkedRole {
  readonly service: string;
  readonly kind: ServiceRole;
  /** The kind's name, with a suffix where there is one. */
  readonly name: string;
  readonly description?: string | undefined;
}

export function linkedRolePath(service: string): string {
  return `/aws-service-role/${service}/`;
}

/** The role that a service has in this account, with its policy. */
export async function makeServiceLinkedRole(
  call: Call<"InvalidInputException">,
  { service, kind, name, description }: LinkedRole,
) {
  if ((await roles.find(call.tx, call.accountId, name)) !== undefined) {
    // Recorded from AWS, 2025-03.
    call.fail(
      "InvalidInputException",
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
    );
  }
  const role = {
    account_id: call.accountId,
    role_name: name,
    role_id: uniqueId(call.random, "AROA"),
    path: linkedRolePath(service),
    created_at: call.now,
    trust_document: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    }),
    description: description ?? null,
    max_session_duration: 3_600,
    tags: [],
    permissions_boundary_arn: null,
    permissions_boundary_policy_id: null,
    service_name: service,
  };
  await roles.insert(call.tx, role);
  // Few of these policies are shipped: they speak of services that are not here, whose roles nobody can assume here.
  const arn = `arn:${call.partition}:iam::aws:policy/aws-service-role/${kind.policy}`;
  const policy = await findPolicyByArn(call, arn, () => invalidArn(call, arn));
  if (policy !== undefined) {
    await policyAttachments.attach(call.tx, {
      owner_id: role.role_id,
      owner_kind: "role",
      account_id: call.accountId,
      policy_id: policy.policy_id,
    });
  }
  return role;
}
