import { sshPublicKeys } from "../../../store/ssh-public-keys.ts";
import { iam } from "../iam.ts";
import { requireUser } from "../users/user.ts";
import { requireSshPublicKey } from "./ssh-public-key.ts";

export const UpdateSSHPublicKey = iam("UpdateSSHPublicKey", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, resource) {
    if (input.Status === "Expired") {
      // Recorded from AWS, 2026-09: these keys do not expire.
      call.fail("InvalidInputException", "Operation does not support status Expired");
    }
    const row = await requireSshPublicKey(call, resource, input.SSHPublicKeyId);
    if (row.status !== input.Status) await sshPublicKeys.setStatus(call.tx, row.key_id, input.Status);
  },
});
