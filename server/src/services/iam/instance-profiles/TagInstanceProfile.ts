import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { requireInstanceProfile } from "./instance-profile.ts";

export const TagInstanceProfile = iam("TagInstanceProfile", {
  resource: (input, call) => requireInstanceProfile(call, input.InstanceProfileName),

  async handle(input, call, { profile }) {
    const quota = call.environment.quotas.TagsPerInstanceProfile;
    const tags = mergeTags(call, profile.tags, input.Tags, quota, exactKeys);
    await instanceProfiles.setTags(call.tx, profile.instance_profile_id, tags);
  },
});
