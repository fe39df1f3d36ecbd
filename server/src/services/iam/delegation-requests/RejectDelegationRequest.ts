import { iam } from "../iam.ts";
import { isOwner, moveTo, requireDelegationRequest, wrongState } from "./delegation-request.ts";

export const RejectDelegationRequest = iam("RejectDelegationRequest", {
  resource: (input, call) => requireDelegationRequest(call, input.DelegationRequestId, isOwner(call)),

  async handle(input, call, { request }) {
    const wrong = wrongState(call, request, ["ASSIGNED", "PENDING_APPROVAL", "ACCEPTED"]);
    if (wrong !== undefined) call.fail("InvalidInputException", wrong);
    await moveTo(call, request, "REJECTED", { rejection_reason: input.Notes ?? null });
  },
});
