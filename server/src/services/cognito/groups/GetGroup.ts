import { cognito } from "../cognito.ts";
import { groupShape, requireGroup } from "./group.ts";

export const GetGroup = cognito("GetGroup", {
  resource: (input, call) => requireGroup(call, input.UserPoolId, input.GroupName),

  handle: (_input, _call, { group }) => ({ Group: groupShape(group) }),
});
