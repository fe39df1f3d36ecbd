import { groups } from "../../../store/groups.ts";
import { iam } from "../iam.ts";
import { mayBecome } from "../users/rename.ts";
import { groupArn, requireGroup } from "./group.ts";

export const UpdateGroup = iam("UpdateGroup", {
  resource: (input, call) => requireGroup(call, input.GroupName),

  async handle(input, call, resource) {
    const { group } = resource;
    const name = input.NewGroupName ?? group.group_name;
    const path = input.NewPath ?? group.path;
    await mayBecome(call, "iam:UpdateGroup", resource, groupArn(call, path, name));
    const namesake = input.NewGroupName === undefined ? undefined : await groups.find(call.tx, call.accountId, name);
    if (namesake !== undefined && namesake.group_id !== group.group_id) {
      call.fail("EntityAlreadyExistsException", `Group with name ${name} already exists.`);
    }
    // Members and policies hang on the unique id, so a renamed group keeps them.
    await groups.rename(call.tx, group.group_id, name, path);
  },
});
