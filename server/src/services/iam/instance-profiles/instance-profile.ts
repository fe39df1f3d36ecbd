import type { InstanceProfile } from "@aws-sdk/client-iam";
import { type InstanceProfileRow, instanceProfiles } from "../../../store/instance-profiles.ts";
import { roles } from "../../../store/roles.ts";
import type { Call, Resource } from "../../operation.ts";
import { roleSummary } from "../roles/role.ts";

export interface InstanceProfileResource extends Resource {
  readonly profile: InstanceProfileRow;
}

export function instanceProfileArn(call: Call, path: string, name: string): string {
  return `arn:${call.partition}:iam::${call.accountId}:instance-profile${path}${name}`;
}

/** The named profile, or the refusal AWS gives, once the caller is known to be allowed to look. */
export async function requireInstanceProfile(
  call: Call<"NoSuchEntityException">,
  name: string,
): Promise<InstanceProfileResource> {
  const profile = await instanceProfiles.find(call.tx, call.accountId, name);
  if (profile === undefined) {
    // Recorded from AWS, 2026-02.
    return call.missing(
      { arn: instanceProfileArn(call, "/", name) },
      "NoSuchEntityException",
      `Instance Profile ${name} cannot be found.`,
    );
  }
  return {
    arn: instanceProfileArn(call, profile.path, profile.instance_profile_name),
    tags: profile.tags,
    profile,
  };
}

/** Lists leave out the tags, as AWS's do. */
export async function instanceProfileListItem(call: Call, profile: Omit<InstanceProfileRow, "name_key">) {
  const role = profile.role_id === null ? undefined : await roles.findById(call.tx, profile.role_id);
  return {
    Path: profile.path,
    InstanceProfileName: profile.instance_profile_name,
    InstanceProfileId: profile.instance_profile_id,
    Arn: instanceProfileArn(call, profile.path, profile.instance_profile_name),
    CreateDate: new Date(profile.created_at),
    Roles: role === undefined ? [] : [await roleSummary(call, role)],
  } satisfies InstanceProfile;
}
