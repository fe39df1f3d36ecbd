import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { removeTags } from "../tags.ts";
import { requireUser } from "./user.ts";

export const UntagUser = iam("UntagUser", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, { user }) {
    await users.setTags(call.tx, user.user_id, removeTags(user.tags, input.TagKeys));
  },
});
