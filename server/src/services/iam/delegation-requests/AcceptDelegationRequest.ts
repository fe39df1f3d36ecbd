import { iam } from "../iam.ts";
import { moveTo, requireDelegationRequest, wrongState } from "./delegation-request.ts";

/** IAM User Guide: "root users can only approve delegation requests with a duration of 4 hours or less". Seconds. */
const longestForRoot = 4 * 60 * 60;

export const AcceptDelegationRequest = iam("AcceptDelegationRequest", {
  // Approval alone is not the owner's by default.
  resource: (input, call) => requireDelegationRequest(call, input.DelegationRequestId, () => false),

  // AWS lists no InvalidInput for this one operation.
  async handle(_input, call, { request }) {
    const wrong = wrongState(call, request, ["ASSIGNED", "PENDING_APPROVAL"]);
    if (wrong !== undefined) call.fail("ValidationError", wrong);
    if (call.caller.kind === "root" && request.session_duration > longestForRoot) {
      call.fail(
        "ValidationError",
        "Root users can only approve delegation requests with a duration of 4 hours or less.",
      );
    }
    await moveTo(call, request, "ACCEPTED", { approver_arn: call.caller.arn });
  },
});
