import { users } from "../../../store/users.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { userListItem } from "./user.ts";

export const ListUsers = iam("ListUsers", {
  resource: (input, call) => accountResource(call, `user${input.PathPrefix ?? "/"}`),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const found = await users.list(call.tx, call.accountId, input.PathPrefix ?? "/", after, limit + 1);
    const { rows, ...more } = page(found, limit, (user) => user.name_key);
    return { Users: rows.map((user) => userListItem(call, user)), ...more };
  },
});
