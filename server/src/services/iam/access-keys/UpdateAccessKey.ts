import { accessKeys } from "../../../store/access-keys.ts";
import { iam } from "../iam.ts";
import { requireAccessKey, requireKeyOwner } from "./access-key.ts";

export const UpdateAccessKey = iam("UpdateAccessKey", {
  resource: (input, call) => requireKeyOwner(call, input.UserName),

  async handle(input, call, owner) {
    if (input.Status === "Expired") {
      // As recorded from AWS for signing certificates: a state that is reported, not one that a caller sets.
      call.fail("InvalidInputException", "Operation does not support status Expired");
    }
    const key = await requireAccessKey(call, owner, input.AccessKeyId);
    if (key.status !== input.Status) await accessKeys.setStatus(call.tx, key.access_key_id, input.Status, call.now);
  },
});
