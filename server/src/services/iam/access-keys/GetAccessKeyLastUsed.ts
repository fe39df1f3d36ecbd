import { accessKeys } from "../../../store/access-keys.ts";
import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { userResource } from "../users/user.ts";

export const GetAccessKeyLastUsed = iam("GetAccessKeyLastUsed", {
  async resource(input, call) {
    const key = await accessKeys.find(call.tx, input.AccessKeyId);
    if (key === undefined || key.account_id !== call.accountId) {
      // Recorded from AWS: for a key that is not the account's, even root is told this, in words of its own.
      return call.fail(
        "AccessDenied",
        `User: ${call.caller.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${input.AccessKeyId}`,
      );
    }
    const user = key.user_id === null ? undefined : await users.findById(call.tx, key.user_id);
    return user === undefined
      ? { arn: `arn:${call.partition}:iam::${call.accountId}:root`, userName: call.accountId }
      : { ...userResource(call, user), userName: user.user_name };
  },

  async handle(input, call, { userName }) {
    const use = await call.environment.lastUsed.of(call.tx, input.AccessKeyId);
    return {
      UserName: userName,
      AccessKeyLastUsed:
        use === undefined
          ? { ServiceName: "N/A", Region: "N/A" }
          : { LastUsedDate: new Date(use.usedAt), ServiceName: use.service, Region: use.region },
    };
  },
});
