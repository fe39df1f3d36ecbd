import { users } from "../../../store/users.ts";
import { boundaryPolicyId, withBoundary } from "../boundary.ts";
import { iam } from "../iam.ts";
import { requireUser } from "./user.ts";

export const PutUserPermissionsBoundary = iam("PutUserPermissionsBoundary", {
  resource: async (input, call) => withBoundary(await requireUser(call, input.UserName), input.PermissionsBoundary),

  async handle(input, call, { user }) {
    const arn = input.PermissionsBoundary;
    await users.setPermissionsBoundary(call.tx, user, { arn, policyId: await boundaryPolicyId(call, arn) });
  },
});
