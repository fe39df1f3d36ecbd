import { poolGroups } from "../../../store/pool-groups.ts";
import { cognito } from "../cognito.ts";
import { requireGroupAndUser } from "./group.ts";

export const AdminRemoveUserFromGroup = cognito("AdminRemoveUserFromGroup", {
  resource: (input, call) => requireGroupAndUser(call, input.UserPoolId, input.GroupName, input.Username),

  // Removing who is not in the group is no error, as nothing in the API reference says that it is one.
  async handle(_input, call, { group, user }) {
    await poolGroups.removeMember(call.tx, group, user.user_id);
  },
});
