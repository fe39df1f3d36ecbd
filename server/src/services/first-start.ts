import { accessKeyId, secretAccessKey } from "../runtime/ids.ts";
import { accessKeys } from "../store/access-keys.ts";
import { accounts } from "../store/accounts.ts";
import { settings } from "../store/settings.ts";
import type { Store, Tx } from "../store/store.ts";
import type { Environment } from "./operation.ts";

export interface RootCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The database was sealed under another master key: nothing in it could be opened. */
export class WrongMasterKey extends Error {
  override readonly name = "WrongMasterKey";
}

const checkName = "master_key_check";
const checkText = "countersign";

/** Whether nothing has been sealed yet, so that a new master key harms nothing. */
export function isUnsealed(store: Store): Promise<boolean> {
  return store.read(async (tx) => (await settings.find(tx, checkName)) === undefined);
}

/**
 * Makes the account and its root access key where there is none, or proves that the master key is the one that sealed
 * what is there. One transaction: two processes that start together on one PostgreSQL agree on one root.
 */
export function firstStart(
  environment: Pick<Environment, "store" | "seal" | "random" | "clock">,
  wanted: { readonly accountId: string; readonly credentials: RootCredentials | undefined },
): Promise<{ accountId: string; credentials: RootCredentials; isFirst: boolean }> {
  const { store, seal, random, clock } = environment;
  return store.write(async (tx) => {
    const check = await settings.find(tx, checkName);
    if (check !== undefined) {
      if (!opens(environment, Buffer.from(check, "base64"))) {
        throw new WrongMasterKey("the master key is not the one this database was made with");
      }
      return { ...(await storedRoot(environment, tx)), isFirst: false };
    }
    const now = clock.now();
    const { accountId } = wanted;
    const credentials = wanted.credentials ?? {
      accessKeyId: accessKeyId(random, "AKIA", accountId),
      secretAccessKey: secretAccessKey(random),
    };
    await settings.set(
      tx,
      checkName,
      Buffer.from(seal.seal(checkText, checkName, random.bytes(12))).toString("base64"),
    );
    await accounts.insert(tx, { account_id: accountId, created_at: now, alias: null, password_policy_json: null });
    await settings.set(tx, "root_account", accountId);
    await accessKeys.insert(tx, {
      access_key_id: credentials.accessKeyId,
      account_id: accountId,
      user_id: null,
      secret_sealed: seal.seal(credentials.secretAccessKey, `access_keys:${credentials.accessKeyId}`, random.bytes(12)),
      status: "Active",
      created_at: now,
      changed_at: now,
    });
    return { accountId, credentials, isFirst: true };
  });
}

function opens({ seal }: Pick<Environment, "seal">, sealed: Uint8Array): boolean {
  try {
    return Buffer.from(seal.open(sealed, checkName)).toString() === checkText;
  } catch {
    // Whatever the reason, the answer is the same: this key does not open what is stored.
    return false;
  }
}

/** Root's oldest key: the one made at the first start, unless root has replaced it since. */
async function storedRoot(
  { seal }: Pick<Environment, "seal">,
  tx: Tx,
): Promise<{ accountId: string; credentials: RootCredentials }> {
  const accountId = (await settings.find(tx, "root_account")) ?? "";
  const [key] = await accessKeys.list(tx, accountId, null);
  return {
    accountId,
    credentials:
      key === undefined
        ? { accessKeyId: "", secretAccessKey: "" }
        : {
            accessKeyId: key.access_key_id,
            secretAccessKey: Buffer.from(seal.open(key.secret_sealed, `access_keys:${key.access_key_id}`)).toString(),
          },
  };
}
