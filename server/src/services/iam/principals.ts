import type { RoleRow } from "../../store/roles.ts";
import type { Call } from "../operation.ts";
import { withBoundary } from "./boundary.ts";
import { requireGroup } from "./groups/group.ts";
import type { Attachable } from "./policy-attachments/attachment.ts";
import { type RoleResource, requireRole } from "./roles/role.ts";
import { requireUser, type UserResource } from "./users/user.ts";

/** A user as something that policies hang on. */
export async function attachableUser(call: Call<"NoSuchEntityException">, userName: string): Promise<Attachable> {
  return userAsOwner(await requireUser(call, userName));
}

/**
 * A user whose policies are to change: conditions see its boundary, so that who may only administer bounded users can be
 * told so (Service Authorization Reference, `iam:PermissionsBoundary`; of operations that only look, it has no such key).
 */
export async function changeableUser(call: Call<"NoSuchEntityException">, userName: string): Promise<Attachable> {
  const resource = await requireUser(call, userName);
  return userAsOwner(withBoundary(resource, resource.user.permissions_boundary_arn));
}

function userAsOwner({ user, ...resource }: UserResource): Attachable {
  return { ...resource, ownerId: user.user_id, ownerKind: "user", name: user.user_name };
}

/** A group as something that policies hang on. */
export async function attachableGroup(call: Call<"NoSuchEntityException">, groupName: string): Promise<Attachable> {
  const { group, ...resource } = await requireGroup(call, groupName);
  return { ...resource, ownerId: group.group_id, ownerKind: "group", name: group.group_name };
}

/** A role as something that policies hang on. */
export async function attachableRole(call: Call<"NoSuchEntityException">, roleName: string): Promise<AttachableRole> {
  return roleAsOwner(await requireRole(call, roleName));
}

/** As `changeableUser`. */
export async function changeableRole(call: Call<"NoSuchEntityException">, roleName: string): Promise<AttachableRole> {
  const resource = await requireRole(call, roleName);
  return roleAsOwner(withBoundary(resource, resource.role.permissions_boundary_arn));
}

export interface AttachableRole extends Attachable {
  readonly role: RoleRow;
}

function roleAsOwner(resource: RoleResource): AttachableRole {
  const { role } = resource;
  return { ...resource, ownerId: role.role_id, ownerKind: "role", name: role.role_name };
}
