import { groups } from "../../../store/groups.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { groupShape } from "./group.ts";

export const ListGroups = iam("ListGroups", {
  resource: (input, call) => accountResource(call, `group${input.PathPrefix ?? "/"}`),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const found = await groups.list(call.tx, call.accountId, input.PathPrefix ?? "/", after, limit + 1);
    const { rows, ...more } = page(found, limit, (group) => group.name_key);
    return { Groups: rows.map((group) => groupShape(call, group)), ...more };
  },
});
