import { poolGroups } from "../../../store/pool-groups.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { groupShape, requirePassRole } from "./group.ts";

export const CreateGroup = cognito("CreateGroup", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle({ GroupName, Description, RoleArn, Precedence }, call, { pool }) {
    const { tx, now } = call;
    await requirePassRole(call, RoleArn);
    if ((await poolGroups.find(tx, pool.pool_id, GroupName)) !== undefined) {
      call.fail("GroupExistsException", "A group with the name already exists.");
    }
    const most = call.environment.quotas.GroupsPerUserPool;
    if ((await poolGroups.count(tx, pool.pool_id)) >= most) {
      // The text is ours.
      call.fail("LimitExceededException", `Cannot exceed the quota of ${most} groups.`);
    }
    const group = {
      pool_id: pool.pool_id,
      group_name: GroupName,
      description: Description ?? null,
      role_arn: RoleArn ?? null,
      precedence: Precedence ?? null,
      created_at: now,
      modified_at: now,
    };
    await poolGroups.insert(tx, group);
    return { Group: groupShape(group) };
  },
});
