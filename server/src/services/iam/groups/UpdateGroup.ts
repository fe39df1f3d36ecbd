import { groups } from "../../../store/groups.ts";
import { iam } from "../iam.ts";
import { requireGroup } from "./group.ts";

export const UpdateGroup = iam("UpdateGroup", {
  resource: (input, call) => requireGroup(call, input.GroupName),

  async handle(input, call, { group }) {
    const name = input.NewGroupName ?? group.group_name;
    const namesake = input.NewGroupName === undefined ? undefined : await groups.find(call.tx, call.accountId, name);
    if (namesake !== undefined && namesake.group_id !== group.group_id) {
      call.fail("EntityAlreadyExistsException", `Group with name ${name} already exists.`);
    }
    await groups.rename(call.tx, group.group_id, name, input.NewPath ?? group.path);
  },
});
