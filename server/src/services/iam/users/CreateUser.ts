import { uniqueId } from "../../../runtime/ids.ts";
import { accountCounts } from "../../../store/account-counts.ts";
import { users } from "../../../store/users.ts";
import { boundaryPolicy } from "../boundary.ts";
import { iam } from "../iam.ts";
import { mergeTags } from "../tags.ts";
import { userArn, userDetail } from "./user.ts";

export const CreateUser = iam("CreateUser", {
  resource: (input, call) => ({
    arn: userArn(call, input.Path ?? "/", input.UserName),
    conditions: input.PermissionsBoundary === undefined ? {} : { "iam:permissionsboundary": [input.PermissionsBoundary] },
  }),

  async handle(input, call) {
    const { quotas } = call.environment;
    const tags = mergeTags(call, [], input.Tags ?? [], quotas.TagsPerUser);
    if ((await users.find(call.tx, call.accountId, input.UserName)) !== undefined) {
      call.fail("EntityAlreadyExistsException", `User with name ${input.UserName} already exists.`);
    }
    const boundary = input.PermissionsBoundary;
    if (boundary !== undefined) await boundaryPolicy(call, boundary, 1);
    if ((await accountCounts.add(call.tx, call.accountId, "users", 1)) > quotas.UsersPerAccount) {
      call.fail("LimitExceededException", `Cannot exceed quota for UsersPerAccount: ${quotas.UsersPerAccount}`);
    }
    const user = {
      account_id: call.accountId,
      name_key: input.UserName.toLowerCase(),
      user_name: input.UserName,
      user_id: uniqueId(call.random, "AIDA"),
      path: input.Path ?? "/",
      created_at: call.now,
      tags_json: JSON.stringify(tags),
      permissions_boundary_arn: boundary ?? null,
    };
    await users.insert(call.tx, user);
    return { User: userDetail(call, user) };
  },
});
