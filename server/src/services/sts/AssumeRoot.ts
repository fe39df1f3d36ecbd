import { sts } from "./sts.ts";

/** STS API reference, TaskPolicyArn: a privileged session does one of these tasks. */
const taskPolicies: ReadonlySet<string> = new Set([
  "IAMAuditRootUserCredentials",
  "IAMCreateRootUserPassword",
  "IAMDeleteRootUserCredentials",
  "S3UnlockBucketPolicy",
  "SQSUnlockQueuePolicy",
]);

export const AssumeRoot = sts("AssumeRoot", {
  resource(input, call) {
    const [, accountId] = /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/.exec(input.TargetPrincipal) ?? [];
    // Both texts are AssumeRole's for an ARN that is none.
    if (accountId === undefined) return call.fail("ValidationError", `${input.TargetPrincipal} is invalid`);
    const task = input.TaskPolicyArn.arn ?? "";
    const [, name = ""] = /^arn:[a-z-]+:iam::aws:policy\/root-task\/(\w+)$/.exec(task) ?? [];
    if (!taskPolicies.has(name)) return call.fail("ValidationError", `${task} is invalid`);
    return { arn: `arn:${call.partition}:iam::${accountId}:root`, conditions: { "sts:taskpolicyarn": [task] } };
  },

  // An organization's management account assumes the root of its members. There is no AWS Organizations here, so no
  // account has members, whatever other accounts the store holds. The text is AssumeRole's.
  handle: (_input, call, { arn }) =>
    call.fail(
      "AccessDenied",
      `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRoot on resource: ${arn}`,
    ),
});
