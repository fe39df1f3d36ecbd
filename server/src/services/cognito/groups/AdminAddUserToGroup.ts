import { poolGroups } from "../../../store/pool-groups.ts";
import { cognito } from "../cognito.ts";
import { requireGroupAndUser } from "./group.ts";

export const AdminAddUserToGroup = cognito("AdminAddUserToGroup", {
  resource: (input, call) => requireGroupAndUser(call, input.UserPoolId, input.GroupName, input.Username),

  async handle(_input, call, { group, user }) {
    const isNew = await poolGroups.addMember(call.tx, group, user.user_id);
    const most = call.environment.quotas.GroupsPerPoolUser;
    if (isNew && (await poolGroups.countOfUser(call.tx, user.user_id)) > most) {
      // AWS lists no LimitExceededException for this operation. Code and text are ours.
      call.fail("InvalidParameterException", `A user cannot be in more than ${most} groups.`);
    }
  },
});
