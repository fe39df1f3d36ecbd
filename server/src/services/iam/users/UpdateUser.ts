import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { requireUser } from "./user.ts";

export const UpdateUser = iam("UpdateUser", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, { user }) {
    const name = input.NewUserName ?? user.user_name;
    const namesake = input.NewUserName === undefined ? undefined : await users.find(call.tx, call.accountId, name);
    if (namesake !== undefined && namesake.user_id !== user.user_id) {
      call.fail("EntityAlreadyExistsException", `User with name ${name} already exists.`);
    }
    // Keys, certificates and policies hang on the unique id, so a renamed user keeps them.
    await users.rename(call.tx, user.user_id, name, input.NewPath ?? user.path);
  },
});
