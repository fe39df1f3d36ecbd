import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roleDeletions } from "../../../store/role-deletions.ts";
import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { requireRole } from "../roles/role.ts";

export const DeleteServiceLinkedRole = iam("DeleteServiceLinkedRole", {
  resource: (input, call) => requireRole(call, input.RoleName),

  async handle(_input, call, { role }) {
    if (role.service_name === null) {
      // Recorded from AWS, 2026-09.
      return call.fail("NoSuchEntityException", `${role.role_name} exists but is not a service role.`);
    }
    // No service here has resources that would keep it, so what is a long task on AWS is done at once.
    const { tx, accountId } = call;
    for (;;) {
      const held = await policyAttachments.listOfOwner(tx, role.role_id, "/", 0, 100);
      for (const { policy_id } of held) await policyAttachments.detach(tx, accountId, role.role_id, policy_id);
      if (held.length === 0) break;
    }
    await roles.delete(tx, role);
    const DeletionTaskId = `task${role.path}${role.role_name}/${call.random.uuid()}`;
    await roleDeletions.insert(tx, { account_id: accountId, task_id: DeletionTaskId, deleted_at: call.now });
    return { DeletionTaskId };
  },
});
