import { groups } from "../../../store/groups.ts";
import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { noSuchUser } from "../users/user.ts";
import { groupArn, requireGroup } from "./group.ts";

export const RemoveUserFromGroup = iam("RemoveUserFromGroup", {
  async resource(input, call) {
    const user = await users.find(call.tx, call.accountId, input.UserName);
    // Recorded from AWS: of a missing user and a missing group, it names the user.
    if (user === undefined) {
      return call.missing(
        { arn: groupArn(call, "/", input.GroupName) },
        "NoSuchEntityException",
        noSuchUser(input.UserName),
      );
    }
    return { ...(await requireGroup(call, input.GroupName)), user };
  },

  // Removing a user who is not in the group is no error.
  async handle(_input, call, { group, user }) {
    await groups.removeMember(call.tx, group.group_id, user.user_id);
  },
});
