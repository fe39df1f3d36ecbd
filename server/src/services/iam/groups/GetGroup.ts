import { groups } from "../../../store/groups.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { userListItem } from "../users/user.ts";
import { groupShape, requireGroup } from "./group.ts";

export const GetGroup = iam("GetGroup", {
  resource: (input, call) => requireGroup(call, input.GroupName),

  async handle(input, call, { group }) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const members = await groups.listMembers(call.tx, group.group_id, after, limit + 1);
    const { rows, ...more } = page(members, limit, (user) => user.user_id);
    return { Group: groupShape(call, group), Users: rows.map((user) => userListItem(call, user)), ...more };
  },
});
