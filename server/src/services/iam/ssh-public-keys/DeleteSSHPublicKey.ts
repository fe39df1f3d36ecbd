import { sshPublicKeys } from "../../../store/ssh-public-keys.ts";
import { iam } from "../iam.ts";
import { requireUser } from "../users/user.ts";
import { requireSshPublicKey } from "./ssh-public-key.ts";

export const DeleteSSHPublicKey = iam("DeleteSSHPublicKey", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, resource) {
    const row = await requireSshPublicKey(call, resource, input.SSHPublicKeyId);
    await sshPublicKeys.delete(call.tx, row.key_id);
  },
});
