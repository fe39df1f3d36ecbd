import { uniqueId } from "../../../runtime/ids.ts";
import { groups } from "../../../store/groups.ts";
import { iam } from "../iam.ts";
import { groupArn, groupShape } from "./group.ts";

export const CreateGroup = iam("CreateGroup", {
  resource: (input, call) => ({ arn: groupArn(call, input.Path ?? "/", input.GroupName) }),

  async handle(input, call) {
    if ((await groups.find(call.tx, call.accountId, input.GroupName)) !== undefined) {
      call.fail("EntityAlreadyExistsException", `Group with name ${input.GroupName} already exists.`);
    }
    const group = {
      account_id: call.accountId,
      group_name: input.GroupName,
      group_id: uniqueId(call.random, "AGPA"),
      path: input.Path ?? "/",
      created_at: call.now,
    };
    await groups.insert(call.tx, group);
    const quota = call.environment.quotas.GroupsPerAccount;
    if ((await groups.count(call.tx, call.accountId)) > quota) {
      call.fail("LimitExceededException", `Cannot exceed quota for GroupsPerAccount: ${quota}`);
    }
    return { Group: groupShape(call, group) };
  },
});
