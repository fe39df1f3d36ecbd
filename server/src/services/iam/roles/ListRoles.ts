import { roles } from "../../../store/roles.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { roleListItem } from "./role.ts";

export const ListRoles = iam("ListRoles", {
  resource: (input, call) => accountResource(call, `role${input.PathPrefix ?? "/"}`),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const found = await roles.list(call.tx, call.accountId, input.PathPrefix ?? "/", after, limit + 1);
    const { rows, ...more } = page(found, limit, (role) => role.name_key);
    const Roles = [];
    for (const role of rows) Roles.push(await roleListItem(call, role));
    return { Roles, ...more };
  },
});
