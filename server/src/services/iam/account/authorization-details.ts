import { type GroupRow, groups } from "../../../store/groups.ts";
import { inlinePolicies } from "../../../store/inline-policies.ts";
import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { type ListedPolicy, policies } from "../../../store/policies.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import type { RoleRow } from "../../../store/roles.ts";
import { type ListedUser, users } from "../../../store/users.ts";
import type { Call } from "../../operation.ts";
import { groupShape } from "../groups/group.ts";
import { instanceProfileListItem } from "../instance-profiles/instance-profile.ts";
import { policyArn, policyListItem, versionName } from "../managed-policies/policy.ts";
import { encodeDocument } from "../policy-document.ts";
import { createdRole } from "../roles/role.ts";
import { userDetail, userListItem } from "../users/user.ts";

/** What one entity may have, which quotas bound: its inline policies by their size, its attachments by their number. */
const all = Number.MAX_SAFE_INTEGER;

async function inlineOf(call: Call, ownerId: string) {
  return (await inlinePolicies.list(call.tx, ownerId, "", all)).map(({ policy_name, document }) => ({
    PolicyName: policy_name,
    PolicyDocument: encodeDocument(document),
  }));
}

async function attachedTo(call: Call, ownerId: string) {
  return (await policyAttachments.listOfOwner(call.tx, ownerId, "/", 0, all)).map((policy) => ({
    PolicyName: policy.policy_name,
    PolicyArn: policyArn(call, policy),
  }));
}

export async function userAuthorization(call: Call, listed: ListedUser) {
  const user = await users.findById(call.tx, listed.user_id);
  const UserPolicyList = await inlineOf(call, listed.user_id);
  return {
    ...(user === undefined ? userListItem(call, listed) : userDetail(call, user)),
    ...(UserPolicyList.length === 0 ? {} : { UserPolicyList }),
    GroupList: (await groups.listOfUser(call.tx, listed.user_id, "", all)).map((group) => group.group_name),
    AttachedManagedPolicies: await attachedTo(call, listed.user_id),
    Tags: [...(user?.tags ?? [])],
  };
}

export async function groupAuthorization(call: Call, group: GroupRow) {
  return {
    ...groupShape(call, group),
    GroupPolicyList: await inlineOf(call, group.group_id),
    AttachedManagedPolicies: await attachedTo(call, group.group_id),
  };
}

export async function roleAuthorization(call: Call, role: RoleRow) {
  const use = await call.environment.lastUsed.ofRole(call.tx, role.role_id);
  const InstanceProfileList = [];
  for (const profile of await instanceProfiles.listOfRole(call.tx, role.role_id, "", all)) {
    InstanceProfileList.push(await instanceProfileListItem(call, profile));
  }
  return {
    // Neither description nor session duration, as of a role that is created.
    ...(await createdRole(call, role)),
    InstanceProfileList,
    RolePolicyList: await inlineOf(call, role.role_id),
    AttachedManagedPolicies: await attachedTo(call, role.role_id),
    Tags: [...role.tags],
    RoleLastUsed: use === undefined ? {} : { LastUsedDate: new Date(use.usedAt), Region: use.region },
  };
}

export async function policyAuthorization(call: Call, listed: ListedPolicy) {
  const policy = await policies.findById(call.tx, listed.policy_id, call.accountId);
  const versions = await policies.listVersions(call.tx, listed.policy_id);
  const PolicyVersionList = [];
  for (const { version, created_at } of versions) {
    const found = await policies.findVersion(call.tx, listed.policy_id, version);
    PolicyVersionList.push({
      Document: encodeDocument(found?.document ?? ""),
      VersionId: versionName(version),
      IsDefaultVersion: version === listed.default_version,
      CreateDate: new Date(created_at),
    });
  }
  const description = policy?.description ?? null;
  return {
    ...policyListItem(call, listed),
    ...(description === null ? {} : { Description: description }),
    PolicyVersionList,
  };
}
