import { iam } from "../iam.ts";
import { isOwner, moveTo, requireDelegationRequest, wrongState } from "./delegation-request.ts";

export const UpdateDelegationRequest = iam("UpdateDelegationRequest", {
  resource: (input, call) => requireDelegationRequest(call, input.DelegationRequestId, isOwner(call)),

  // One that waits for approval already may be given other notes: that AWS would take them is a guess.
  async handle(input, call, { request }) {
    const wrong = wrongState(call, request, ["ASSIGNED", "PENDING_APPROVAL"]);
    if (wrong !== undefined) call.fail("InvalidInputException", wrong);
    await moveTo(call, request, "PENDING_APPROVAL", { notes: input.Notes ?? request.notes });
  },
});
