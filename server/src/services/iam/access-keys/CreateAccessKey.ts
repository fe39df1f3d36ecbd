import { accessKeyId, secretAccessKey } from "../../../runtime/ids.ts";
import { accessKeys } from "../../../store/access-keys.ts";
import { iam } from "../iam.ts";
import { requireKeyOwner } from "./access-key.ts";

export const CreateAccessKey = iam("CreateAccessKey", {
  resource: (input, call) => requireKeyOwner(call, input.UserName),

  async handle(_input, call, owner) {
    const { environment, random, tx } = call;
    const quota = environment.quotas.AccessKeysPerUser;
    if ((await accessKeys.count(tx, call.accountId, owner.userId)) >= quota) {
      call.fail("LimitExceededException", `Cannot exceed quota for AccessKeysPerUser: ${quota}`);
    }
    const id = accessKeyId(random, "AKIA", call.accountId);
    const secret = secretAccessKey(random);
    await accessKeys.insert(tx, {
      access_key_id: id,
      account_id: call.accountId,
      user_id: owner.userId,
      secret_sealed: environment.seal.seal(secret, `access_keys:${id}`, random.bytes(12)),
      status: "Active",
      created_at: call.now,
      changed_at: call.now,
    });
    // The one time that the secret is told.
    return {
      AccessKey: {
        UserName: owner.userName,
        AccessKeyId: id,
        Status: "Active" as const,
        SecretAccessKey: secret,
        CreateDate: new Date(call.now),
      },
    };
  },
});
