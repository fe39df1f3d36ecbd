import { groups } from "../../../store/groups.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { requireUser } from "../users/user.ts";
import { groupShape } from "./group.ts";

export const ListGroupsForUser = iam("ListGroupsForUser", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, { user }) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const found = await groups.listOfUser(call.tx, user.user_id, after, limit + 1);
    const { rows, ...more } = page(found, limit, (group) => group.name_key);
    return { Groups: rows.map((group) => groupShape(call, group)), ...more };
  },
});
