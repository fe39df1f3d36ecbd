import { iam } from "../iam.ts";
import { attachableGroup } from "../principals.ts";
import { listInlinePolicies } from "./inline-policy.ts";

export const ListGroupPolicies = iam("ListGroupPolicies", {
  resource: (input, call) => attachableGroup(call, input.GroupName),
  handle: (input, call, owner) => listInlinePolicies(call, owner, input),
});
