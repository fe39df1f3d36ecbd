import type { PolicyIdentifier } from "@aws-sdk/client-iam";
import { compiledPolicy } from "../../../access/policies-of.ts";
import type { CompiledPolicy } from "../../../policy/evaluate.ts";
import { compileGlob, matchGlob } from "../../../policy/match.ts";
import { groups } from "../../../store/groups.ts";
import { type PrincipalPolicy, principals } from "../../../store/principals.ts";
import { roles } from "../../../store/roles.ts";
import { users } from "../../../store/users.ts";
import type { Call, Resource } from "../../operation.ts";

type EntityKind = "user" | "group" | "role";

/** Whose policies are simulated. */
export interface PolicySource extends Resource {
  readonly kind: EntityKind;
  readonly name: string;
  readonly id: string;
}

export interface EntityArn {
  readonly kind: EntityKind;
  readonly partition: string;
  readonly accountId: string;
  readonly path: string;
  readonly name: string;
}

const entityArnPattern = /^arn:(aws[a-z-]*):iam::(\d{12}):(user|group|role)(\/(?:[!-~]+\/)?)([\w+=,.@-]+)$/;

/** Undefined for what is no ARN of a user, group or role. */
export function readEntityArn(arn: string): EntityArn | undefined {
  const [, partition, accountId, kind, path, name] = entityArnPattern.exec(arn) ?? [];
  if (partition === undefined || accountId === undefined || path === undefined || name === undefined) return undefined;
  return kind === "user" || kind === "group" || kind === "role"
    ? { kind, partition, accountId, path, name }
    : undefined;
}

/** Recorded from AWS on SimulatePrincipalPolicy. */
export function unclearArn(arn: string): string {
  return `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`;
}

export async function requirePolicySource(
  call: Call<"InvalidInputException" | "NoSuchEntityException">,
  arn: string,
): Promise<PolicySource> {
  const read = readEntityArn(arn);
  if (read === undefined || read.partition !== call.partition) {
    return call.missing({ arn }, "InvalidInputException", unclearArn(arn));
  }
  if (read.accountId !== call.accountId) {
    // Recorded from AWS on SimulatePrincipalPolicy.
    return call.missing(
      { arn },
      "InvalidInputException",
      `Invalid Policy Source Arn: caller's account ${call.accountId} does not have access to policies in account ${read.accountId}`,
    );
  }
  const found = await findEntity(call, read);
  if (found === undefined) {
    const text = `The ${read.kind} with name ${read.name} cannot be found.`;
    return call.missing({ arn }, "NoSuchEntityException", text);
  }
  return { ...found, arn, kind: read.kind, name: read.name };
}

/** An ARN is exact: neither another path nor another case of the name is meant. */
export async function findEntity(
  call: Call,
  { kind, path, name }: EntityArn,
): Promise<Pick<PolicySource, "id" | "tags"> | undefined> {
  const { tx, accountId } = call;
  if (kind === "user") {
    const user = await users.find(tx, accountId, name);
    return user?.path === path && user.user_name === name ? { id: user.user_id, tags: user.tags } : undefined;
  }
  if (kind === "role") {
    const role = await roles.find(tx, accountId, name);
    return role?.path === path && role.role_name === name ? { id: role.role_id, tags: role.tags } : undefined;
  }
  const group = await groups.find(tx, accountId, name);
  return group?.path === path && group.group_name === name ? { id: group.group_id } : undefined;
}

/** What a simulation knows of a stored policy besides its text. */
interface StoredPolicy {
  readonly type: "inline" | "aws-managed" | "user-managed" | "permission-boundary";
  /** Of a managed policy. */
  readonly arn: string | undefined;
  /** Of an inline policy. */
  readonly owner: { readonly kind: EntityKind; readonly name: string; readonly policyName: string } | undefined;
}

export interface SourcePolicies {
  readonly identity: readonly CompiledPolicy[];
  readonly boundary: readonly CompiledPolicy[] | undefined;
}

/** The policies of a user with those of its groups, of a group or of a role, without those that are excluded. */
export async function policiesOfSource(
  call: Call<"InvalidInputException">,
  source: PolicySource,
  exclusions: readonly PolicyIdentifier[] = [],
): Promise<SourcePolicies> {
  const isExcluded = compileExclusions(call, exclusions);
  const groupNames = new Map<string, string>();
  const identity: CompiledPolicy[] = [];
  let boundary: CompiledPolicy[] | undefined;
  for (const row of await principals.policiesOf(call.tx, source.id)) {
    if (row.source === "boundary") {
      const arn = managedArn(call, row);
      if (isExcluded({ type: "permission-boundary", arn, owner: undefined })) continue;
      boundary =
        row.document === null ? [] : [compiledPolicy(call.environment.policies, row.document, row.policy_name)];
      continue;
    }
    const [kind, name] =
      row.source === "own" ? [source.kind, source.name] : (["group", await groupName(row.owner_id)] as const);
    const stored: StoredPolicy =
      row.kind === "managed"
        ? {
            type: row.policy_account_id === "aws" ? "aws-managed" : "user-managed",
            arn: managedArn(call, row),
            owner: undefined,
          }
        : { type: "inline", arn: undefined, owner: { kind, name, policyName: row.policy_name } };
    if (isExcluded(stored)) continue;
    // Recorded from AWS: a managed policy by its name, an inline one as user_ann_reader.
    const id = row.kind === "managed" ? row.policy_name : `${kind}_${name}_${row.policy_name}`;
    identity.push(compiledPolicy(call.environment.policies, row.document, id));
  }
  return { identity, boundary };

  async function groupName(groupId: string): Promise<string> {
    const known = groupNames.get(groupId);
    if (known !== undefined) return known;
    const name = (await groups.findById(call.tx, groupId))?.group_name ?? "";
    groupNames.set(groupId, name);
    return name;
  }
}

function managedArn(call: Call, row: PrincipalPolicy): string | undefined {
  if (row.policy_account_id === null || row.path === null) return undefined;
  return `arn:${call.partition}:iam::${row.policy_account_id}:policy${row.path}${row.policy_name}`;
}

/** `arn:…:policy/` and a resource name with at most one star (IAM API reference, PolicyIdentifier). */
const excludedArnPattern = /^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[^*]*\*?[^*]*$/;

function compileExclusions(
  call: Call<"InvalidInputException">,
  exclusions: readonly PolicyIdentifier[],
): (policy: StoredPolicy) => boolean {
  const tests = exclusions.map(({ PolicyType, PolicyArn, InlinePolicyIdentifier }): ((p: StoredPolicy) => boolean) => {
    if (PolicyType !== undefined) return ({ type }) => type === PolicyType;
    if (PolicyArn !== undefined) {
      // The texts of these refusals are ours.
      if (!excludedArnPattern.test(PolicyArn)) call.fail("InvalidInputException", `Invalid policy ARN: ${PolicyArn}`);
      const glob = compileGlob([{ text: PolicyArn, literal: false }]);
      return ({ type, arn }) => type !== "permission-boundary" && arn !== undefined && matchGlob(glob, arn);
    }
    if (InlinePolicyIdentifier === undefined) {
      return call.fail("InvalidInputException", "A policy identifier must have one member.");
    }
    const { PolicyName, AttachmentType, AttachmentName } = InlinePolicyIdentifier;
    // The reference speaks of wildcards in the entity's name, which its own pattern does not let through.
    return ({ owner }) =>
      owner?.kind === AttachmentType && owner?.policyName === PolicyName && owner?.name === AttachmentName;
  });
  return (policy) => tests.some((test) => test(policy));
}
