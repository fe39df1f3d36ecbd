import { poolGroups } from "../../../store/pool-groups.ts";
import { cognito } from "../cognito.ts";
import { requireGroup } from "./group.ts";

export const DeleteGroup = cognito("DeleteGroup", {
  resource: (input, call) => requireGroup(call, input.UserPoolId, input.GroupName),

  handle: (_input, call, { group }) => poolGroups.delete(call.tx, group),
});
