import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import { refusal, ServiceException } from "../../../contract/service-exception.ts";
import { type PoolGroupRow, poolGroups } from "../../../store/pool-groups.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import { requirePermission } from "../../permission.ts";
import { requireUserPool, type UserPoolResource } from "../user-pools/user-pool.ts";
import { type PoolUserResource, requireUserOfPool } from "../users/user-of-pool.ts";

export interface PoolGroupResource extends UserPoolResource {
  readonly group: PoolGroupRow;
}

/** What a page of groups or of their users holds where nothing is said: as many as it may. */
const mostOfPage = 60;

/** How many are asked for. The model allows none; AWS does not (recorded 2026-09). */
export function pageSize(call: Call, limit: number | undefined): number {
  if (limit !== 0) return limit ?? mostOfPage;
  return call.fail(
    "InvalidParameterException",
    "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
  );
}

/** A group of the caller's own pool. Policies look at the pool. */
export async function requireGroup(
  call: Call<"ResourceNotFoundException">,
  poolId: string,
  groupName: string,
): Promise<PoolGroupResource> {
  const resource = await requireUserPool(call, poolId);
  return withGroup(call, resource, groupName);
}

/** A group and a user of one pool. Of a missing group and a missing user, the user is named (recorded from AWS, 2026-09). */
export async function requireGroupAndUser(
  call: Call<"ResourceNotFoundException" | "UserNotFoundException">,
  poolId: string,
  groupName: string,
  username: string,
): Promise<PoolUserResource & PoolGroupResource> {
  const resource = await requireUserOfPool(call, poolId, username);
  const { group } = await withGroup(call, resource, groupName);
  return { ...resource, group };
}

async function withGroup(
  call: Call<"ResourceNotFoundException">,
  resource: UserPoolResource,
  groupName: string,
): Promise<PoolGroupResource> {
  const group = await poolGroups.find(call.tx, resource.pool.pool_id, groupName);
  return group === undefined
    ? call.missing(resource, "ResourceNotFoundException", noSuchGroup)
    : { ...resource, group };
}

/** Observed on AdminAddUserToGroup, 2019. */
export const noSuchGroup = "Group not found.";

/**
 * To give a group a role is to pass it, to no service that condition keys could tell, each time it is given, and before
 * the group is looked for (recorded from AWS, 2026-09).
 */
export async function requirePassRole(call: Call, roleArn: string | undefined): Promise<void> {
  if (roleArn === undefined) return;
  try {
    await requirePermission(call, "iam:PassRole", { arn: roleArn });
  } catch (error) {
    if (!(error instanceof ServiceException) || error.code !== "AccessDenied") throw error;
    // An action of IAM, refused in the words of this service.
    throw refusal("AccessDeniedException", error.message, undefined, error.headers);
  }
}

export function groupShape(group: PoolGroupRow): GroupType {
  return {
    GroupName: group.group_name,
    UserPoolId: group.pool_id,
    Description: group.description ?? undefined,
    RoleArn: group.role_arn ?? undefined,
    Precedence: group.precedence ?? undefined,
    LastModifiedDate: new Date(group.modified_at),
    CreationDate: new Date(group.created_at),
  };
}

/** All groups of a user, in the order in which their roles are taken: the lowest precedence first, none last. */
export async function groupsByPrecedence(tx: Call["tx"], user: Pick<PoolUserRow, "user_id">): Promise<PoolGroupRow[]> {
  const groups = await poolGroups.listOfUser(tx, user.user_id, "", mostGroupsRead);
  return groups.sort(
    (a, b) => (a.precedence ?? Number.POSITIVE_INFINITY) - (b.precedence ?? Number.POSITIVE_INFINITY) || 0,
  );
}

/** Above the quota of groups for a user, which an operator may have raised. */
const mostGroupsRead = 1000;
