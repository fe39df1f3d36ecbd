import { iam } from "../iam.ts";
import { attachableRole } from "../principals.ts";
import { listAttachedPolicies } from "./attachment.ts";

export const ListAttachedRolePolicies = iam("ListAttachedRolePolicies", {
  resource: (input, call) => attachableRole(call, input.RoleName),
  handle: (input, call, owner) => listAttachedPolicies(call, owner, input),
});
