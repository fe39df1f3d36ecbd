import { accessKeys } from "../../../store/access-keys.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { requireKeyOwner } from "./access-key.ts";

export const ListAccessKeys = iam("ListAccessKeys", {
  resource: (input, call) => requireKeyOwner(call, input.UserName),

  async handle(input, call, owner) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const held = await accessKeys.list(call.tx, call.accountId, owner.userId);
    const start = after === "" ? 0 : held.findIndex((key) => key.access_key_id === after) + 1;
    const { rows, ...more } = page(held.slice(start), limit, (key) => key.access_key_id);
    return {
      AccessKeyMetadata: rows.map((key) => ({
        UserName: owner.userName,
        AccessKeyId: key.access_key_id,
        Status: key.status === "Active" ? ("Active" as const) : ("Inactive" as const),
        CreateDate: new Date(key.created_at),
      })),
      ...more,
    };
  },
});
