import { iam } from "../iam.ts";
import { isOwner, moveTo, requireDelegationRequest, wrongState } from "./delegation-request.ts";

export const SendDelegationToken = iam("SendDelegationToken", {
  resource: (input, call) => requireDelegationRequest(call, input.DelegationRequestId, isOwner(call)),

  // The time of the access runs from here, whenever the token is redeemed (IAM User Guide, "Access duration").
  async handle(_input, call, { request }) {
    if (request.only_send_by_owner === 1 && !isOwner(call)(request)) {
      call.fail("AccessDenied", "Only the owner of the delegation request may send its token.");
    }
    const wrong = wrongState(call, request, ["ACCEPTED"]);
    if (wrong !== undefined) call.fail("InvalidInputException", wrong);
    await moveTo(call, request, "FINALIZED", { access_expires_at: call.now + request.session_duration * 1000 });
  },
});
