import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { removeTags, storedTags } from "../tags.ts";
import { requireUser } from "./user.ts";

export const UntagUser = iam("UntagUser", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, { user }) {
    await users.setTags(call.tx, user, JSON.stringify(removeTags(storedTags(user.tags_json), input.TagKeys)));
  },
});
