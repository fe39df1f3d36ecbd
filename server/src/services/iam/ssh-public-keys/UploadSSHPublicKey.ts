import { readSshPublicKey, sshFingerprint } from "../../../crypto/ssh-public-key.ts";
import { accessKeyId } from "../../../runtime/ids.ts";
import { sshPublicKeys } from "../../../store/ssh-public-keys.ts";
import { iam } from "../iam.ts";
import { requireUser } from "../users/user.ts";
import { keyMetadata } from "./ssh-public-key.ts";

/** IAM API reference: "at least 2048 bits". The upper bound is OpenSSL's, above which nothing verifies. */
const shortest = 2048;
const longest = 16_384;

export const UploadSSHPublicKey = iam("UploadSSHPublicKey", {
  resource: (input, call) => requireUser(call, input.UserName),

  // The texts on keys are recorded from AWS, 2026-09.
  async handle(input, call, resource) {
    const { user } = resource;
    const key = readSshPublicKey(input.SSHPublicKeyBody);
    if (key === undefined) {
      return call.fail("UnrecognizedPublicKeyEncodingException", "Invalid public key uploaded.");
    }
    if (key.bits < shortest || key.bits > longest) {
      call.fail("InvalidPublicKeyException", "Invalid body for public key");
    }
    const held = await sshPublicKeys.list(call.tx, user.user_id);
    // Another user may have the same.
    if (held.some((row) => Buffer.compare(row.public_key, key.wire) === 0)) {
      call.fail("DuplicateSSHPublicKeyException", "Duplicate SSH public key uploaded.");
    }
    const quota = call.environment.quotas.SSHPublicKeysPerUser;
    if (held.length >= quota) {
      // The quota's name is ours, in the form that AWS gives for others.
      call.fail("LimitExceededException", `Cannot exceed quota for SSHPublicKeysPerUser: ${quota}`);
    }
    const row = {
      key_id: accessKeyId(call.random, "APKA", call.accountId),
      account_id: call.accountId,
      user_id: user.user_id,
      public_key: key.wire,
      status: "Active",
      uploaded_at: call.now,
      position: (held.at(-1)?.position ?? 0) + 1,
    };
    await sshPublicKeys.insert(call.tx, row);
    return {
      SSHPublicKey: {
        ...keyMetadata(resource, row),
        Fingerprint: sshFingerprint(key.wire),
        // As it was sent; what Get answers is made from the key alone.
        SSHPublicKeyBody: input.SSHPublicKeyBody,
      },
    };
  },
});
