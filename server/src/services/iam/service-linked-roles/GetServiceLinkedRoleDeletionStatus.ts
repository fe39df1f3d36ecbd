import { roleDeletions } from "../../../store/role-deletions.ts";
import { iam } from "../iam.ts";
import { roleArn } from "../roles/role.ts";

/** `task/aws-service-role/{service}/{role}/{uuid}` (IAM API reference, DeleteServiceLinkedRole). */
const taskId = /^task(\/aws-service-role\/[^/]+\/)([^/]+)\/[^/]+$/;

/* All texts recorded from AWS, 2026-09. */
export const GetServiceLinkedRoleDeletionStatus = iam("GetServiceLinkedRoleDeletionStatus", {
  resource(input, call) {
    const [, path = "/", name = "*"] = taskId.exec(input.DeletionTaskId) ?? [];
    return { arn: roleArn(call, path, name) };
  },

  async handle(input, call) {
    if (!taskId.test(input.DeletionTaskId)) call.fail("InvalidInputException", "Invalid task id");
    const deletion = await roleDeletions.find(call.tx, call.accountId, input.DeletionTaskId);
    if (deletion === undefined) {
      return call.fail("NoSuchEntityException", "Cannot find deletion status for given id.");
    }
    return { Status: "SUCCEEDED" as const };
  },
});
