import { iam } from "../iam.ts";
import { attachableRole } from "../principals.ts";
import { listInlinePolicies } from "./inline-policy.ts";

export const ListRolePolicies = iam("ListRolePolicies", {
  resource: (input, call) => attachableRole(call, input.RoleName),
  handle: (input, call, owner) => listInlinePolicies(call, owner, input),
});
