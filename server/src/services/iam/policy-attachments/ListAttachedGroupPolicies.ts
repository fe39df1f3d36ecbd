import { iam } from "../iam.ts";
import { attachableGroup } from "../principals.ts";
import { listAttachedPolicies } from "./attachment.ts";

export const ListAttachedGroupPolicies = iam("ListAttachedGroupPolicies", {
  resource: (input, call) => attachableGroup(call, input.GroupName),
  handle: (input, call, owner) => listAttachedPolicies(call, owner, input),
});
