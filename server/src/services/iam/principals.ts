import type { Call } from "../operation.ts";
import { requireGroup } from "./groups/group.ts";
import type { Attachable } from "./policy-attachments/attachment.ts";
import { requireUser } from "./users/user.ts";

/** A user as something that policies hang on. */
export async function attachableUser(call: Call<"NoSuchEntityException">, userName: string): Promise<Attachable> {
  const { user, ...resource } = await requireUser(call, userName);
  return { ...resource, ownerId: user.user_id, ownerKind: "user", name: user.user_name };
}

/** A group as something that policies hang on. */
export async function attachableGroup(call: Call<"NoSuchEntityException">, groupName: string): Promise<Attachable> {
  const { group, ...resource } = await requireGroup(call, groupName);
  return { ...resource, ownerId: group.group_id, ownerKind: "group", name: group.group_name };
}
