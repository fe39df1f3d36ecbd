import { iam } from "../iam.ts";
import { isOwnerOrUnowned, moveTo, requireDelegationRequest, wrongState } from "./delegation-request.ts";

export const AssociateDelegationRequest = iam("AssociateDelegationRequest", {
  resource: (input, call) => requireDelegationRequest(call, input.DelegationRequestId, isOwnerOrUnowned(call)),

  async handle(_input, call, { request }) {
    const wrong = wrongState(call, request, ["UNASSIGNED"]);
    if (wrong !== undefined) call.fail("InvalidInputException", wrong);
    await moveTo(call, request, "ASSIGNED", { owner_account: call.accountId, owner_arn: call.caller.arn });
  },
});
