import { uniqueId } from "../../../runtime/ids.ts";
import { users } from "../../../store/users.ts";
import { boundaryPolicyId } from "../boundary.ts";
import { iam } from "../iam.ts";
import { mergeTags } from "../tags.ts";
import { userArn, userDetail } from "./user.ts";

export const CreateUser = iam("CreateUser", {
  resource: (input, call) => ({
    arn: userArn(call, input.Path ?? "/", input.UserName),
    conditions:
      input.PermissionsBoundary === undefined ? {} : { "iam:permissionsboundary": [input.PermissionsBoundary] },
  }),

  async handle(input, call) {
    const { quotas } = call.environment;
    const tags = mergeTags(call, [], input.Tags ?? [], quotas.TagsPerUser);
    if ((await users.find(call.tx, call.accountId, input.UserName)) !== undefined) {
      call.fail("EntityAlreadyExistsException", `User with name ${input.UserName} already exists.`);
    }
    const boundary = input.PermissionsBoundary;
    const user = {
      account_id: call.accountId,
      user_name: input.UserName,
      user_id: uniqueId(call.random, "AIDA"),
      path: input.Path ?? "/",
      created_at: call.now,
      tags,
      permissions_boundary_arn: boundary ?? null,
      permissions_boundary_policy_id: boundary === undefined ? null : await boundaryPolicyId(call, boundary),
    };
    await users.insert(call.tx, user);
    if ((await users.count(call.tx, call.accountId)) > quotas.UsersPerAccount) {
      call.fail("LimitExceededException", `Cannot exceed quota for UsersPerAccount: ${quotas.UsersPerAccount}`);
    }
    return { User: userDetail(call, user) };
  },
});
