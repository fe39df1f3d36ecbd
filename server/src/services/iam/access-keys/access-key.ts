import type { AccessKeyRow } from "../../../store/access-keys.ts";
import { accessKeys } from "../../../store/access-keys.ts";
import type { Call, Resource } from "../../operation.ts";
import { requireCallingUser, requireUser } from "../users/user.ts";

/** Whose keys: a user's, or root's own where root calls and names nobody. */
export interface KeyOwner extends Resource {
  /** Null for root. */
  readonly userId: string | null;
  /** What answers show: root's keys carry the account id, as its certificates do. */
  readonly userName: string;
}

export async function requireKeyOwner(
  call: Call<"NoSuchEntityException">,
  userName: string | undefined,
): Promise<KeyOwner> {
  if (userName === undefined && call.caller.kind === "root") {
    return { arn: call.caller.arn, userId: null, userName: call.accountId };
  }
  const found = userName === undefined ? await requireCallingUser(call) : await requireUser(call, userName);
  return { arn: found.arn, tags: found.tags, userId: found.user.user_id, userName: found.user.user_name };
}

/** Another owner's key is as absent as one that never was. */
export async function requireAccessKey(
  call: Call<"NoSuchEntityException">,
  owner: KeyOwner,
  accessKeyId: string,
): Promise<AccessKeyRow> {
  const key = await accessKeys.find(call.tx, accessKeyId);
  if (key === undefined || key.account_id !== call.accountId || key.user_id !== owner.userId) {
    return call.fail("NoSuchEntityException", `The Access Key with id ${accessKeyId} cannot be found.`);
  }
  return key;
}
