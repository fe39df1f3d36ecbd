import { groups } from "../../../store/groups.ts";
import { iam } from "../iam.ts";
import { requireGroupAndUser } from "./group.ts";

export const AddUserToGroup = iam("AddUserToGroup", {
  resource: (input, call) => requireGroupAndUser(call, input.GroupName, input.UserName),

  async handle(_input, call, { group, user }) {
    // A user who is in the group already stays in it: AWS answers success.
    const added = await groups.addMember(call.tx, call.accountId, group.group_id, user.user_id);
    const quota = call.environment.quotas.GroupsPerUser;
    if (added && (await groups.countOfUser(call.tx, user.user_id)) > quota) {
      call.fail("LimitExceededException", `Cannot exceed quota for GroupsPerUser: ${quota}`);
    }
  },
});
