import { iam } from "../iam.ts";
import { attachableUser } from "../principals.ts";
import { listInlinePolicies } from "./inline-policy.ts";

export const ListUserPolicies = iam("ListUserPolicies", {
  resource: (input, call) => attachableUser(call, input.UserName),
  handle: (input, call, owner) => listInlinePolicies(call, owner, input),
});
