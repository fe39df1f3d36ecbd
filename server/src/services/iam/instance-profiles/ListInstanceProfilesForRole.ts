import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { requireRole } from "../roles/role.ts";
import { instanceProfileListItem } from "./instance-profile.ts";

export const ListInstanceProfilesForRole = iam("ListInstanceProfilesForRole", {
  resource: (input, call) => requireRole(call, input.RoleName),

  async handle(input, call, { role }) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const found = await instanceProfiles.listOfRole(call.tx, role.role_id, after, limit + 1);
    const { rows, ...more } = page(found, limit, (profile) => profile.name_key);
    const InstanceProfiles = [];
    for (const profile of rows) InstanceProfiles.push(await instanceProfileListItem(call, profile));
    return { InstanceProfiles, ...more };
  },
});
