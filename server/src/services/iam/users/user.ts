import type { User } from "@aws-sdk/client-iam";
import type { AccountRow } from "../../../store/accounts.ts";
import { type ListedUser, type UserRow, users } from "../../../store/users.ts";
import type { Call, Resource } from "../../operation.ts";

export interface UserResource extends Resource {
  readonly user: UserRow;
}

export function userArn(call: Call, path: string, userName: string): string {
  return `arn:${call.partition}:iam::${call.accountId}:user${path}${userName}`;
}

/** The named user, or the refusal AWS gives, once the caller is known to be allowed to look. */
export async function requireUser(call: Call<"NoSuchEntityException">, userName: string): Promise<UserResource> {
  const user = await users.find(call.tx, call.accountId, userName);
  if (user === undefined) {
    // The path of a user that is not there is unknown: policies see the name at the root.
    return call.missing({ arn: userArn(call, "/", userName) }, "NoSuchEntityException", noSuchUser(userName));
  }
  return userResource(call, user);
}

export function userResource(call: Call, user: UserRow): UserResource {
  return { arn: userArn(call, user.path, user.user_name), tags: user.tags, user };
}

export function noSuchUser(userName: string): string {
  return `The user with name ${userName} cannot be found.`;
}

/** The user who signed, for operations whose UserName may be left out. */
export async function requireCallingUser(call: Call<"NoSuchEntityException">): Promise<UserResource> {
  const { caller } = call;
  const user = caller.userName === undefined ? undefined : await users.findById(call.tx, caller.userId);
  if (user === undefined) {
    // Recorded from AWS for role sessions; root is told the same where an operation has nothing to do with root.
    return call.fail("ValidationError", "Must specify userName when calling with non-User credentials");
  }
  return userResource(call, user);
}

/** AWS answers `Policy` here (IAM API reference, AttachedPermissionsBoundary), though its model names another word. */
export const boundaryType = "Policy" as "PermissionsBoundaryPolicy"; // the SDK's type follows the model

/** Lists leave out tags and boundary, as AWS's do. */
export function userListItem(call: Call, user: Omit<ListedUser, "name_key">) {
  return {
    Path: user.path,
    UserName: user.user_name,
    UserId: user.user_id,
    Arn: userArn(call, user.path, user.user_name),
    CreateDate: new Date(user.created_at),
  } satisfies User;
}

export function userDetail(call: Call, user: Omit<UserRow, "name_key">) {
  const boundary = user.permissions_boundary_arn;
  return {
    ...userListItem(call, user),
    ...(boundary === null
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: boundaryType, PermissionsBoundaryArn: boundary } }),
    ...(user.tags.length === 0 ? {} : { Tags: [...user.tags] }),
  } satisfies User;
}

/** Root as AWS reports it where users are told of: no path, and no name but the account's alias where there is one. */
export function rootUser(call: Call, account: AccountRow | undefined) {
  return {
    Path: undefined,
    UserName: account?.alias ?? undefined,
    UserId: call.accountId,
    Arn: `arn:${call.partition}:iam::${call.accountId}:root`,
    CreateDate: new Date(account?.created_at ?? call.now),
  };
}
