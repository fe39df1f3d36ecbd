import { users } from "../../../store/users.ts";
import { noBoundary, withBoundary } from "../boundary.ts";
import { iam } from "../iam.ts";
import { requireUser } from "./user.ts";

export const DeleteUserPermissionsBoundary = iam("DeleteUserPermissionsBoundary", {
  async resource(input, call) {
    const resource = await requireUser(call, input.UserName);
    return withBoundary(resource, resource.user.permissions_boundary_arn);
  },

  async handle(_input, call, { user }) {
    if (user.permissions_boundary_arn === null) noBoundary(call, "user", user.user_name);
    await users.setPermissionsBoundary(call.tx, user, null);
  },
});
