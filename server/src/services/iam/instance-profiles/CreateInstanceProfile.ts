import { uniqueId } from "../../../runtime/ids.ts";
import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { instanceProfileArn, instanceProfileListItem } from "./instance-profile.ts";

export const CreateInstanceProfile = iam("CreateInstanceProfile", {
  resource: (input, call) => ({ arn: instanceProfileArn(call, input.Path ?? "/", input.InstanceProfileName) }),

  async handle(input, call) {
    const { quotas } = call.environment;
    const tags = mergeTags(call, [], input.Tags ?? [], quotas.TagsPerInstanceProfile, exactKeys);
    const name = input.InstanceProfileName;
    if ((await instanceProfiles.find(call.tx, call.accountId, name)) !== undefined) {
      call.fail("EntityAlreadyExistsException", `Instance Profile ${name} already exists.`);
    }
    const profile = {
      account_id: call.accountId,
      instance_profile_name: name,
      instance_profile_id: uniqueId(call.random, "AIPA"),
      path: input.Path ?? "/",
      created_at: call.now,
      tags,
      role_id: null,
    };
    await instanceProfiles.insert(call.tx, profile);
    const quota = quotas.InstanceProfilesPerAccount;
    if ((await instanceProfiles.count(call.tx, call.accountId)) > quota) {
      call.fail("LimitExceededException", `Cannot exceed quota for InstanceProfilesPerAccount: ${quota}`);
    }
    const shown = await instanceProfileListItem(call, profile);
    return { InstanceProfile: tags.length === 0 ? shown : { ...shown, Tags: [...tags] } };
  },
});
