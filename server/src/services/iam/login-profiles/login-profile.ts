import type { LoginProfile } from "@aws-sdk/client-iam";
import { type LoginProfileRow, loginProfiles } from "../../../store/login-profiles.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { requireCallingUser, requireUser, type UserResource } from "../users/user.ts";

/** The user named, or the one who signed. */
export function requireProfileUser(
  call: Call<"NoSuchEntityException">,
  userName: string | undefined,
): Promise<UserResource> {
  return userName === undefined ? requireCallingUser(call) : requireUser(call, userName);
}

/** Recorded from AWS, 2026-02. */
export function profileOrRefuse(
  call: Call<"NoSuchEntityException">,
  { user }: UserResource,
  profile: LoginProfileRow | undefined,
): LoginProfileRow {
  return profile ?? call.fail("NoSuchEntityException", `Login Profile for User ${user.user_name} cannot be found.`);
}

export async function requireProfile(
  call: Call<"NoSuchEntityException">,
  tx: Tx,
  resource: UserResource,
): Promise<LoginProfileRow> {
  return profileOrRefuse(call, resource, await loginProfiles.find(tx, resource.user.user_id));
}

/** As `requireProfile`, for who has made a hash since it found the profile: that of a password that still is the one. */
export async function requireUnchangedProfile(
  call: Call<"NoSuchEntityException" | "EntityTemporarilyUnmodifiableException">,
  tx: Tx,
  resource: UserResource,
  before: LoginProfileRow,
): Promise<LoginProfileRow> {
  const profile = await requireProfile(call, tx, resource);
  if (Buffer.compare(profile.passwords_sealed, before.passwords_sealed) !== 0) {
    // The code is the model's; no record of the text was found.
    call.fail(
      "EntityTemporarilyUnmodifiableException",
      `Login Profile for User ${resource.user.user_name} cannot be modified while login profile is being created.`,
    );
  }
  return profile;
}

export function profileShape({ user }: UserResource, profile: Pick<LoginProfileRow, "created_at" | "isResetRequired">) {
  return {
    UserName: user.user_name,
    CreateDate: new Date(profile.created_at),
    PasswordResetRequired: profile.isResetRequired,
  } satisfies LoginProfile;
}
