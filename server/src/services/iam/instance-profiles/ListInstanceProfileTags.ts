import { iam } from "../iam.ts";
import { exactKeys, listTags } from "../tags.ts";
import { requireInstanceProfile } from "./instance-profile.ts";

export const ListInstanceProfileTags = iam("ListInstanceProfileTags", {
  resource: (input, call) => requireInstanceProfile(call, input.InstanceProfileName),
  handle: (input, call, { profile }) => listTags(call, profile.tags, input, exactKeys),
});
