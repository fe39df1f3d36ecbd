import { delegationRequests } from "../../../store/delegation-requests.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { wholeAccount } from "../account/account.ts";
import { iam } from "../iam.ts";
import { delegationRequestShape } from "./delegation-request.ts";

export const ListDelegationRequests = iam("ListDelegationRequests", {
  // Everybody may list what is his own, unless a policy denies it.
  resource(input, call) {
    if (input.OwnerId === undefined) return wholeAccount;
    const conditions = { "iam:delegationrequestowner": [input.OwnerId] };
    return { ...wholeAccount, conditions, grantedByAccount: input.OwnerId === call.caller.arn };
  },

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const found = await delegationRequests.list(call.tx, call.accountId, input.OwnerId, after, limit + 1);
    const { rows, IsTruncated, ...more } = page(found, limit, (request) => request.request_id);
    return {
      DelegationRequests: rows.map((request) => delegationRequestShape(call, request)),
      isTruncated: IsTruncated,
      ...more,
    };
  },
});
