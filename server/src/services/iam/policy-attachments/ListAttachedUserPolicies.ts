import { iam } from "../iam.ts";
import { attachableUser } from "../principals.ts";
import { listAttachedPolicies } from "./attachment.ts";

export const ListAttachedUserPolicies = iam("ListAttachedUserPolicies", {
  resource: (input, call) => attachableUser(call, input.UserName),
  handle: (input, call, owner) => listAttachedPolicies(call, owner, input),
});
