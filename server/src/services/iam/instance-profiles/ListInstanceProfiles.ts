import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { instanceProfileListItem } from "./instance-profile.ts";

export const ListInstanceProfiles = iam("ListInstanceProfiles", {
  resource: (input, call) => accountResource(call, `instance-profile${input.PathPrefix ?? "/"}`),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const found = await instanceProfiles.list(call.tx, call.accountId, input.PathPrefix ?? "/", after, limit + 1);
    const { rows, ...more } = page(found, limit, (profile) => profile.name_key);
    const InstanceProfiles = [];
    for (const profile of rows) InstanceProfiles.push(await instanceProfileListItem(call, profile));
    return { InstanceProfiles, ...more };
  },
});
