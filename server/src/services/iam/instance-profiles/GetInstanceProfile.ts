import { iam } from "../iam.ts";
import { instanceProfileListItem, requireInstanceProfile } from "./instance-profile.ts";

export const GetInstanceProfile = iam("GetInstanceProfile", {
  resource: (input, call) => requireInstanceProfile(call, input.InstanceProfileName),

  async handle(_input, call, { profile }) {
    const shown = await instanceProfileListItem(call, profile);
    // Unlike CreateInstanceProfile, even where there are none (recorded from AWS, 2026-02).
    return { InstanceProfile: { ...shown, Tags: [...profile.tags] } };
  },
});
