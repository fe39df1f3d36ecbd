import type { AccountRow } from "../../../store/accounts.ts";
import type { Call } from "../../operation.ts";
import { requireAccount } from "./account.ts";

/** What an account's password policy holds; kept as JSON in the account's row. */
export interface PasswordPolicy {
  readonly MinimumPasswordLength: number;
  readonly RequireSymbols: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireUppercaseCharacters: boolean;
  readonly RequireLowercaseCharacters: boolean;
  readonly AllowUsersToChangePassword: boolean;
  readonly MaxPasswordAge?: number;
  readonly PasswordReusePrevention?: number;
  readonly HardExpiry?: boolean;
}

export async function passwordPolicy(call: Call): Promise<PasswordPolicy | undefined> {
  return readPasswordPolicy(await requireAccount(call));
}

export function readPasswordPolicy(account: Pick<AccountRow, "password_policy_json">): PasswordPolicy | undefined {
  const json = account.password_policy_json;
  return json === null ? undefined : (JSON.parse(json) as PasswordPolicy); // UpdateAccountPasswordPolicy wrote it
}
