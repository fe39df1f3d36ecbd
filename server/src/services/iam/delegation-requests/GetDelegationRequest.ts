import { parsePolicy } from "../../../policy/document.ts";
import type { Call } from "../../operation.ts";
import { mayCaller } from "../../permission.ts";
import { iam } from "../iam.ts";
import { delegationRequestShape, isOwnerOrUnowned, requireDelegationRequest } from "./delegation-request.ts";

export const GetDelegationRequest = iam("GetDelegationRequest", {
  resource: (input, call) => requireDelegationRequest(call, input.DelegationRequestId, isOwnerOrUnowned(call)),

  async handle(input, call, { request }) {
    const DelegationRequest = delegationRequestShape(call, request);
    if (input.DelegationPermissionCheck !== true) return { DelegationRequest };
    return {
      DelegationRequest,
      PermissionCheckStatus: "COMPLETE" as const,
      PermissionCheckResult: await checkPermissions(call, request.policy),
    };
  },
});

/**
 * Whether the caller has what is asked for, as far as that can be told without the requests that it will be used for: each
 * action on each resource is put to the caller's policies as it is written, wildcards and all, so that `s3:Get*` is covered
 * by `s3:*`. API reference: "This is an approximate result".
 */
async function checkPermissions(call: Call, policy: string): Promise<"ALLOWED" | "DENIED" | "UNSURE"> {
  let isSure = true;
  for (const statement of parsePolicy(policy, "identity").statements) {
    if (statement.effect !== "Allow") continue;
    if (statement.notAction || statement.notResource) {
      isSure = false;
      continue;
    }
    for (const action of statement.actions) {
      for (const arn of statement.resources ?? ["*"]) {
        if (!(await mayCaller(call, action, { arn }))) return "DENIED";
      }
    }
  }
  return isSure ? "ALLOWED" : "UNSURE";
}
