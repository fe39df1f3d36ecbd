import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { mayBecome } from "./rename.ts";
import { requireUser, userArn } from "./user.ts";

export const UpdateUser = iam("UpdateUser", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, resource) {
    const { user } = resource;
    const name = input.NewUserName ?? user.user_name;
    const path = input.NewPath ?? user.path;
    await mayBecome(call, "iam:UpdateUser", resource, userArn(call, path, name));
    const namesake = input.NewUserName === undefined ? undefined : await users.find(call.tx, call.accountId, name);
    if (namesake !== undefined && namesake.user_id !== user.user_id) {
      call.fail("EntityAlreadyExistsException", `User with name ${name} already exists.`);
    }
    // Keys, certificates and policies hang on the unique id, so a renamed user keeps them.
    await users.rename(call.tx, user.user_id, name, path);
  },
});
