import { type ListedPolicy, type PolicyRow, policies } from "../../../store/policies.ts";
import type { Call, Resource } from "../../operation.ts";

export interface PolicyResource extends Resource {
  readonly policy: PolicyRow;
}

/** AWS's own policies belong to no account; the store has them under this word, and so do their ARNs. */
export const awsAccount = "aws";

/** `arn:aws:iam::123456789012:policy/path/name`, `::aws:policy/…` for AWS's own. */
const policyArnPattern = /^arn:(aws[a-z-]*):iam::(\d{12}|aws):policy(\/(?:[!-~]+\/)?)([\w+=,.@-]+)$/;

export function policyArn(call: Call, policy: { account_id: string; path: string; policy_name: string }): string {
  return `arn:${call.partition}:iam::${policy.account_id}:policy${policy.path}${policy.policy_name}`;
}

/** The parts of a policy's ARN; `invalid` refuses what is none at all. */
function readArn(call: Call, arn: string, invalid: () => never): { accountId: string; path: string; name: string } {
  const [, partition, accountId = "", path = "", name = ""] = policyArnPattern.exec(arn) ?? invalid();
  // Observed on GetPolicy, 2026-09.
  if (partition !== call.partition) call.fail("ValidationError", "Invalid ARN partition");
  return { accountId, path, name };
}

/** The policy an ARN names, of this account or of AWS; `invalid` refuses what is no policy's ARN at all. */
export async function findPolicyByArn(call: Call, arn: string, invalid: () => never): Promise<PolicyRow | undefined> {
  const { accountId, path, name } = readArn(call, arn, invalid);
  if (accountId !== call.accountId && accountId !== awsAccount) return undefined;
  const policy = await policies.find(call.tx, accountId, name, call.accountId);
  // Names are found whatever their case, and are unique whatever the path. An ARN is exact: policies compare it to others
  // letter by letter, as in iam:PolicyARN, and must see the one that is meant.
  return policy?.path === path && policy.policy_name === name ? policy : undefined;
}

/** The named policy; `absent` words the refusal, which differs from operation to operation (all recorded from AWS). */
export async function requirePolicy(
  call: Call<"NoSuchEntityException">,
  arn: string,
  absent = `Policy ${arn} was not found.`,
): Promise<PolicyResource> {
  const policy = await findPolicyByArn(call, arn, () => invalidArn(call, arn));
  if (policy === undefined) return call.missing({ arn }, "NoSuchEntityException", absent);
  return { arn: policyArn(call, policy), tags: policy.tags, policy };
}

/**
 * AWS's policies are everyone's to read and to attach, and nobody's to change, which it says whether or not there is one of
 * that name (observed 2026-09). `outside` refuses an ARN that is not of this account.
 */
export function requireOwnArn(call: Call, arn: string, outside: (resource: Resource) => never): void {
  if (readArn(call, arn, () => invalidArn(call, arn)).accountId !== call.accountId) outside({ arn });
}

export function invalidArn(call: Call, arn: string): never {
  return call.fail("ValidationError", `ARN ${arn} is not valid.`);
}

/** What is said where a policy is to be used, and not only looked at (recorded from AWS). */
export function noSuchPolicy(arn: string): string {
  return `Policy ${arn} does not exist or is not attachable.`;
}

/** What AWS keeps for its service-linked roles and for root's tasks can be used in no other way (observed 2026-09). */
export function isReserved(policy: Pick<PolicyRow, "account_id" | "path">): boolean {
  return policy.account_id === awsAccount && /^\/(aws-service-role|root-task)\//.test(policy.path);
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
