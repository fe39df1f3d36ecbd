import { groups } from "../../../store/groups.ts";
import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { noSuchUser } from "../users/user.ts";
import { requireGroup } from "./group.ts";

export const AddUserToGroup = iam("AddUserToGroup", {
  resource: (input, call) => requireGroup(call, input.GroupName),

  async handle(input, call, { group }) {
    const user =
      (await users.find(call.tx, call.accountId, input.UserName)) ??
      call.fail("NoSuchEntityException", noSuchUser(input.UserName));
    // A user who is in the group already stays in it: AWS answers success.
    const added = await groups.addMember(call.tx, call.accountId, group.group_id, user.user_id);
    const quota = call.environment.quotas.GroupsPerUser;
    if (added && (await groups.countOfUser(call.tx, user.user_id)) > quota) {
      call.fail("LimitExceededException", `Cannot exceed quota for GroupsPerUser: ${quota}`);
    }
  },
});
