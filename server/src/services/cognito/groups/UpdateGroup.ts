import { poolGroups } from "../../../store/pool-groups.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { groupShape, noSuchGroup, requirePassRole } from "./group.ts";

export const UpdateGroup = cognito("UpdateGroup", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  // An empty description is as none, and where nothing is given nothing is written (recorded from AWS, 2026-09).
  async handle({ GroupName, Description = "", RoleArn, Precedence }, call, { pool }) {
    await requirePassRole(call, RoleArn);
    const group = await poolGroups.find(call.tx, pool.pool_id, GroupName);
    if (group === undefined) return call.fail("ResourceNotFoundException", noSuchGroup);
    if (Description === "" && RoleArn === undefined && Precedence === undefined) return { Group: groupShape(group) };
    const updated = {
      ...group,
      description: Description || group.description,
      role_arn: RoleArn ?? group.role_arn,
      precedence: Precedence ?? group.precedence,
      modified_at: call.now,
    };
    await poolGroups.update(call.tx, updated);
    return { Group: groupShape(updated) };
  },
});
