import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { mergeTags } from "../tags.ts";
import { requireUser } from "./user.ts";

export const TagUser = iam("TagUser", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, { user }) {
    // Recorded from AWS, 2026-09, with the blank at its end; an empty list of keys to UntagUser is no error.
    if (input.Tags.length === 0) call.fail("InvalidInputException", "Error occurred while validating input. ");
    const tags = mergeTags(call, user.tags, input.Tags, call.environment.quotas.TagsPerUser);
    await users.setTags(call.tx, user.user_id, tags);
  },
});
