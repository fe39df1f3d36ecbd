import { groups } from "../../../store/groups.ts";
import { inlinePolicies } from "../../../store/inline-policies.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { iam } from "../iam.ts";
import { requireGroup } from "./group.ts";

export const DeleteGroup = iam("DeleteGroup", {
  resource: (input, call) => requireGroup(call, input.GroupName),

  async handle(_input, call, { group }) {
    const { tx } = call;
    const conflict = (what: string) =>
      call.fail("DeleteConflictException", `Cannot delete entity, must ${what} first.`);
    if ((await groups.listMembers(tx, group.group_id, "", 1)).length > 0) conflict("remove users from group");
    if ((await policyAttachments.count(tx, group.group_id)) > 0) conflict("detach all policies");
    if ((await inlinePolicies.list(tx, group.group_id, "", 1)).length > 0) conflict("delete policies");
    await groups.delete(tx, group);
  },
});
