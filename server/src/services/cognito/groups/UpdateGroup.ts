import { poolGroups } from "../../../store/pool-groups.ts";
import { cognito } from "../cognito.ts";
import { groupShape, requireGroup } from "./group.ts";

export const UpdateGroup = cognito("UpdateGroup", {
  resource: (input, call) => requireGroup(call, input.UserPoolId, input.GroupName),

  async handle({ Description, RoleArn, Precedence }, call, { group }) {
    const updated = {
      ...group,
      description: Description ?? group.description,
      role_arn: RoleArn ?? group.role_arn,
      precedence: Precedence ?? group.precedence,
      modified_at: call.now,
    };
    await poolGroups.update(call.tx, updated);
    return { Group: groupShape(updated) };
  },
});
