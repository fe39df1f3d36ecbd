import { sshFingerprint, sshLineOf, sshPemOf } from "../../../crypto/ssh-public-key.ts";
import { iam } from "../iam.ts";
import { requireUser } from "../users/user.ts";
import { keyMetadata, requireSshPublicKey } from "./ssh-public-key.ts";

export const GetSSHPublicKey = iam("GetSSHPublicKey", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(input, call, resource) {
    const row = await requireSshPublicKey(call, resource, input.SSHPublicKeyId);
    return {
      SSHPublicKey: {
        ...keyMetadata(resource, row),
        Fingerprint: sshFingerprint(row.public_key),
        SSHPublicKeyBody: input.Encoding === "SSH" ? sshLineOf(row.public_key) : sshPemOf(row.public_key),
      },
    };
  },
});
