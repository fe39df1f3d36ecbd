import { type ListedPolicy, type PolicyRow, policies } from "../../../store/policies.ts";
import type { Call, Resource } from "../../operation.ts";

export interface PolicyResource extends Resource {
  readonly policy: PolicyRow;
}

/** AWS's own policies belong to no account; the store has them under this word, and so do their ARNs. */
const awsAccount = "aws";

/** `arn:aws:iam::123456789012:policy/path/name`, `::aws:policy/…` for AWS's own. */
const policyArnPattern = /^arn:(aws[a-z-]*):iam::(\d{12}|aws):policy(\/(?:[!-~]+\/)?)([\w+=,.@-]+)$/;

export function policyArn(call: Call, policy: { account_id: string; path: string; policy_name: string }): string {
  return `arn:${call.partition}:iam::${policy.account_id}:policy${policy.path}${policy.policy_name}`;
}

/** The policy an ARN names; `invalid` refuses what is no policy's ARN at all. */
export async function findPolicyByArn(call: Call, arn: string, invalid: () => never): Promise<PolicyRow | undefined> {
  const parts = policyArnPattern.exec(arn);
  const [, partition, accountId = "", path, name = ""] = parts ?? invalid();
  if (partition !== call.partition || (accountId !== call.accountId && accountId !== awsAccount)) return undefined;
  const policy = await policies.find(call.tx, accountId, name, call.accountId);
  // Names are unique in an account whatever the path, but the ARN has both.
  return policy?.path === path ? policy : undefined;
}

/** The named policy; `absent` words the refusal, which differs from operation to operation (all recorded from AWS). */
export async function requirePolicy(
  call: Call<"NoSuchEntityException">,
  arn: string,
  absent = `Policy ${arn} was not found.`,
): Promise<PolicyResource> {
  const policy = await findPolicyByArn(call, arn, () => call.fail("ValidationError", `ARN ${arn} is not valid.`));
  if (policy === undefined) return call.missing({ arn }, "NoSuchEntityException", absent);
  return { arn: policyArn(call, policy), tags: policy.tags, policy };
}

/** AWS's policies are everyone's to read and to attach, and nobody's to change. */
export function requireOwnPolicy(call: Call, policy: PolicyRow, refusal: string): void {
  if (policy.account_id !== call.accountId) call.fail("AccessDenied", refusal);
}

export function versionName(version: number): string {
  return `v${version}`;
}

/** The number in `v3`; undefined for what AWS would take as a name of a version but never gives. */
export function versionNumber(name: string): number | undefined {
  const digits = /^v([1-9]\d{0,8})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function policyListItem(call: Call, policy: ListedPolicy) {
  return {
    PolicyName: policy.policy_name,
    PolicyId: policy.policy_id,
    Arn: policyArn(call, policy),
    Path: policy.path,
    DefaultVersionId: versionName(policy.default_version),
    AttachmentCount: policy.attachment_count,
    PermissionsBoundaryUsageCount: policy.boundary_count,
    IsAttachable: true,
    CreateDate: new Date(policy.created_at),
    UpdateDate: new Date(policy.updated_at),
  };
}
