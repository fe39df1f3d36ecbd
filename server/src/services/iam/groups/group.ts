import { type GroupRow, groups } from "../../../store/groups.ts";
import { type UserRow, users } from "../../../store/users.ts";
import type { Call, Resource } from "../../operation.ts";
import { noSuchUser } from "../users/user.ts";

export interface GroupResource extends Resource {
  readonly group: GroupRow;
}

export function groupArn(call: Call, path: string, groupName: string): string {
  return `arn:${call.partition}:iam::${call.accountId}:group${path}${groupName}`;
}

export async function requireGroup(call: Call<"NoSuchEntityException">, groupName: string): Promise<GroupResource> {
  const group = await groups.find(call.tx, call.accountId, groupName);
  return group === undefined ? noSuchGroup(call, groupName) : groupResource(call, group);
}

/** A group and one of the account's users, member or not: AWS authorizes by the group alone. */
export async function requireGroupAndUser(
  call: Call<"NoSuchEntityException">,
  groupName: string,
  userName: string,
): Promise<GroupResource & { readonly user: UserRow }> {
  const group = await groups.find(call.tx, call.accountId, groupName);
  const user = await users.find(call.tx, call.accountId, userName);
  // Recorded from AWS on RemoveUserFromGroup: of a missing user and a missing group, it names the user.
  if (user === undefined) {
    const arn = groupArn(call, group?.path ?? "/", group?.group_name ?? groupName);
    return call.missing({ arn }, "NoSuchEntityException", noSuchUser(userName));
  }
  return group === undefined ? noSuchGroup(call, groupName) : { ...groupResource(call, group), user };
}

function groupResource(call: Call, group: GroupRow): GroupResource {
  return { arn: groupArn(call, group.path, group.group_name), group };
}

function noSuchGroup(call: Call<"NoSuchEntityException">, groupName: string): never {
  return call.missing(
    { arn: groupArn(call, "/", groupName) },
    "NoSuchEntityException",
    `The group with name ${groupName} cannot be found.`,
  );
}

export function groupShape(call: Call, group: Omit<GroupRow, "name_key">) {
  return {
    Path: group.path,
    GroupName: group.group_name,
    GroupId: group.group_id,
    Arn: groupArn(call, group.path, group.group_name),
    CreateDate: new Date(group.created_at),
  };
}
