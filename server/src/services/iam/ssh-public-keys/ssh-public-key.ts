import { type SshPublicKeyRow, sshPublicKeys } from "../../../store/ssh-public-keys.ts";
import type { Call } from "../../operation.ts";
import { requireCallingUser, requireUser, type UserResource } from "../users/user.ts";

/** The user named, or the one who signed. */
export function requireKeyUser(
  call: Call<"NoSuchEntityException">,
  userName: string | undefined,
): Promise<UserResource> {
  return userName === undefined ? requireCallingUser(call) : requireUser(call, userName);
}

/** Unlike others, this key tells whether it is another user's in the account (both recorded from AWS, 2026). */
export async function requireSshPublicKey(
  call: Call<"NoSuchEntityException">,
  { user }: UserResource,
  keyId: string,
): Promise<SshPublicKeyRow> {
  const row = await sshPublicKeys.find(call.tx, keyId);
  if (row === undefined || row.account_id !== call.accountId) {
    return call.fail("NoSuchEntityException", `The Public Key with id ${keyId} cannot be found.`);
  }
  if (row.user_id !== user.user_id) {
    return call.fail("NoSuchEntityException", `User has no Public Key with id ${keyId}.`);
  }
  return row;
}

/** What lists show of a key, too. */
export function keyMetadata({ user }: UserResource, row: SshPublicKeyRow) {
  return {
    UserName: user.user_name,
    SSHPublicKeyId: row.key_id,
    Status: row.status === "Active" ? ("Active" as const) : ("Inactive" as const),
    UploadDate: new Date(row.uploaded_at),
  };
}
