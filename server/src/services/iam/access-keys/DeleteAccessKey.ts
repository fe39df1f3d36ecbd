import { accessKeys } from "../../../store/access-keys.ts";
import { iam } from "../iam.ts";
import { requireAccessKey, requireKeyOwner } from "./access-key.ts";

export const DeleteAccessKey = iam("DeleteAccessKey", {
  resource: (input, call) => requireKeyOwner(call, input.UserName),

  async handle(input, call, owner) {
    const key = await requireAccessKey(call, owner, input.AccessKeyId);
    await accessKeys.delete(call.tx, key.access_key_id);
  },
});
