import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { iam } from "../iam.ts";
import { exactKeys, removeTags } from "../tags.ts";
import { requireInstanceProfile } from "./instance-profile.ts";

export const UntagInstanceProfile = iam("UntagInstanceProfile", {
  resource: (input, call) => requireInstanceProfile(call, input.InstanceProfileName),

  async handle(input, call, { profile }) {
    const tags = removeTags(profile.tags, input.TagKeys, exactKeys);
    await instanceProfiles.setTags(call.tx, profile.instance_profile_id, tags);
  },
});
