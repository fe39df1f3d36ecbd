import type { Role } from "@aws-sdk/client-iam";
import { roleSources } from "../../../store/role-sources.ts";
import { type RoleRow, roles } from "../../../store/roles.ts";
import type { Call, Resource } from "../../operation.ts";
import { encodeDocument } from "../policy-document.ts";
import { boundaryType } from "../users/user.ts";
import { shownTrust } from "./trust-document.ts";

export interface RoleResource extends Resource {
  readonly role: RoleRow;
}

type AnyRole = Omit<RoleRow, "name_key">;

export function roleArn(call: Call, path: string, roleName: string): string {
  return `arn:${call.partition}:iam::${call.accountId}:role${path}${roleName}`;
}

/** The named role, or the refusal AWS gives, once the caller is known to be allowed to look. */
export async function requireRole(call: Call<"NoSuchEntityException">, roleName: string): Promise<RoleResource> {
  const role = await roles.find(call.tx, call.accountId, roleName);
  if (role === undefined) {
    // The path of a role that is not there is unknown: policies see the name at the root.
    return call.missing({ arn: roleArn(call, "/", roleName) }, "NoSuchEntityException", noSuchRole(roleName));
  }
  return roleResource(call, role);
}

export function roleResource(call: Call, role: RoleRow): RoleResource {
  return { arn: roleArn(call, role.path, role.role_name), tags: role.tags, role };
}

/** Recorded from AWS, 2026-02. */
export function noSuchRole(roleName: string): string {
  return `The role with name ${roleName} cannot be found.`;
}

/**
 * Service-linked roles are their service's: tags, the description and, through an operation of its own, deletion are left
 * to others (recorded from AWS, 2026-09).
 */
export function refuseServiceLinked(call: Call<"UnmodifiableEntityException">, role: AnyRole): void {
  if (role.service_name === null) return;
  call.fail(
    "UnmodifiableEntityException",
    `Cannot perform the operation on the protected role '${role.role_name}' - this role is only modifiable by AWS`,
  );
}

/** What every answer has, and all that instance profiles show of the role in them (recorded from AWS, 2026-09). */
export async function roleSummary(call: Call, role: AnyRole) {
  return {
    Path: role.path,
    RoleName: role.role_name,
    RoleId: role.role_id,
    Arn: roleArn(call, role.path, role.role_name),
    CreateDate: new Date(role.created_at),
    AssumeRolePolicyDocument: encodeDocument(await shownTrust(call, role.trust_document)),
  } satisfies Role;
}

/** What CreateRole answers, with neither description nor duration (recorded from AWS, 2026-02). */
export async function createdRole(call: Call, role: AnyRole) {
  return {
    ...(await roleSummary(call, role)),
    ...boundaryAndTags(role),
  } satisfies Role;
}

/** Lists leave out tags, boundary and last use, as AWS's do. */
export async function roleListItem(call: Call, role: AnyRole) {
  return {
    ...(await roleSummary(call, role)),
    ...(role.description === null ? {} : { Description: role.description }),
    MaxSessionDuration: role.max_session_duration,
  } satisfies Role;
}

export async function roleDetail(call: Call, role: AnyRole) {
  const use = await call.environment.lastUsed.ofRole(call.tx, role.role_id);
  const source = await roleSources.find(call.tx, role.role_id);
  return {
    ...(await roleListItem(call, role)),
    ...boundaryAndTags(role),
    // Present and empty for a role that was never used (recorded from AWS, 2026-02).
    RoleLastUsed: use === undefined ? {} : { LastUsedDate: new Date(use.usedAt), Region: use.region },
    // Recorded from AWS, 2026-09, of GetRole alone.
    ...(source === undefined
      ? {}
      : {
          SourceRoleTemplate: {
            TemplateArn: source.template_arn,
            TemplateMinorVersion: source.template_minor_version,
          },
        }),
  } satisfies Role;
}

/** Each where the role has any. */
function boundaryAndTags({ permissions_boundary_arn: arn, tags }: AnyRole) {
  return {
    ...(arn === null
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: boundaryType, PermissionsBoundaryArn: arn } }),
    ...(tags.length === 0 ? {} : { Tags: [...tags] }),
  } satisfies Pick<Role, "PermissionsBoundary" | "Tags">;
}
