import { groups } from "../../../store/groups.ts";
import { iam } from "../iam.ts";
import { requireGroupAndUser } from "./group.ts";

export const RemoveUserFromGroup = iam("RemoveUserFromGroup", {
  resource: (input, call) => requireGroupAndUser(call, input.GroupName, input.UserName),

  // Removing a user who is not in the group is no error (recorded from AWS).
  async handle(_input, call, { group, user }) {
    await groups.removeMember(call.tx, group.group_id, user.user_id);
  },
});
