import { iam } from "../iam.ts";
import { listTags } from "../tags.ts";
import { requireUser } from "./user.ts";

export const ListUserTags = iam("ListUserTags", {
  resource: (input, call) => requireUser(call, input.UserName),
  handle: (input, call, { user }) => listTags(call, user.tags, input),
});
