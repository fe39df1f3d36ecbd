import { iam } from "../iam.ts";
import { policyListItem, requirePolicy } from "./policy.ts";

export const GetPolicy = iam("GetPolicy", {
  resource: (input, call) => requirePolicy(call, input.PolicyArn),

  handle: (_input, call, { policy }) => ({
    Policy: {
      ...policyListItem(call, policy),
      ...(policy.description === null ? {} : { Description: policy.description }),
      Tags: [...policy.tags],
    },
  }),
});
