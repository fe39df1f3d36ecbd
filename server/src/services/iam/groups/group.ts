import { type GroupRow, groups } from "../../../store/groups.ts";
import type { Call, Resource } from "../../operation.ts";

export interface GroupResource extends Resource {
  readonly group: GroupRow;
}

export function groupArn(call: Call, path: string, groupName: string): string {
  return `arn:${call.partition}:iam::${call.accountId}:group${path}${groupName}`;
}

export async function requireGroup(call: Call<"NoSuchEntityException">, groupName: string): Promise<GroupResource> {
  const group = await groups.find(call.tx, call.accountId, groupName);
  if (group === undefined) {
    return call.missing(
      { arn: groupArn(call, "/", groupName) },
      "NoSuchEntityException",
      `The group with name ${groupName} cannot be found.`,
    );
  }
  return { arn: groupArn(call, group.path, group.group_name), group };
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
