import type { PoolTags } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import { findUserPool, noSuchUserPool, type UserPoolResource } from "../user-pools/user-pool.ts";

/** `code` is what the operation calls a tag that cannot be. */
export function mergeTags<Code extends string>(
  call: Call<Code>,
  code: NoInfer<Code> | "InvalidParameterException",
  before: PoolTags,
  given: PoolTags,
): PoolTags {
  if (Object.keys(given).some((key) => key.toLowerCase().startsWith("aws:"))) {
    call.fail(code, "aws: prefixed tag key names are not allowed for external use.");
  }
  // Own members all the way, so that no key, not even `__proto__`, is more than a key.
  const merged = { ...before, ...given };
  const quota = call.environment.quotas.TagsPerUserPool;
  // The text is ours: AWS's is not known.
  if (Object.keys(merged).length > quota) call.fail(code, `A user pool can have as many as ${quota} tags.`);
  return merged;
}

const userPoolArn = /^arn:[\w-]+:cognito-idp:[\w-]+:\d+:userpool\/([\w-]+_[0-9A-Za-z]+)$/;

/** User pools are the only thing of this service that has tags. */
export async function requireTagged(call: Call<"ResourceNotFoundException">, arn: string): Promise<UserPoolResource> {
  const poolId = userPoolArn.exec(arn)?.[1];
  if (poolId === undefined) {
    // The text is ours: AWS's is not known.
    return call.missing({ arn }, "InvalidParameterException", `${arn} is not the ARN of a user pool.`);
  }
  const found = await findUserPool(call, poolId);
  return found?.arn === arn ? found : call.missing({ arn }, "ResourceNotFoundException", noSuchUserPool(poolId));
}
