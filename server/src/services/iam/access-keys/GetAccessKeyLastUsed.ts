import { authorize } from "../../../access/authorize.ts";
import { ServiceException } from "../../../contract/service-exception.ts";
import { accessKeys } from "../../../store/access-keys.ts";
import { users } from "../../../store/users.ts";
import type { Call, Resource } from "../../operation.ts";
import { iam } from "../iam.ts";
import { userResource } from "../users/user.ts";

export const GetAccessKeyLastUsed = iam("GetAccessKeyLastUsed", {
  async resource(input, call) {
    const owner = await findOwner(call, input.AccessKeyId);
    if (owner === undefined || !(await mayAsk(call, owner))) {
      // Recorded from AWS: of a key that is not the account's, even root is told this, in words of its own. Who may not
      // ask of a key is told the same, and so learns neither that it is one nor whose.
      return call.fail(
        "AccessDenied",
        `User: ${call.caller.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${input.AccessKeyId}`,
      );
    }
    return owner;
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

async function findOwner(call: Call, accessKeyId: string): Promise<(Resource & { userName: string }) | undefined> {
  const key = await accessKeys.find(call.tx, accessKeyId);
  if (key === undefined || key.account_id !== call.accountId) return undefined;
  const user = key.user_id === null ? undefined : await users.findById(call.tx, key.user_id);
  return user === undefined
    ? { arn: `arn:${call.partition}:iam::${call.accountId}:root`, userName: call.accountId }
    : { ...userResource(call, user), userName: user.user_name };
}

async function mayAsk(call: Call, resource: Resource): Promise<boolean> {
  try {
    const question = { action: "iam:GetAccessKeyLastUsed", resource, now: call.now };
    await authorize(call.environment, call.tx, call.facts, question);
    return true;
  } catch (error) {
    if (error instanceof ServiceException) return false;
    throw error;
  }
}
