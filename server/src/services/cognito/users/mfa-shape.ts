import type { PoolUserRow } from "../../../store/pool-users.ts";
import { factors, mfaPreferences } from "../mfa/mfa.ts";

/** What GetUser and AdminGetUser answer of the second factors that a user chose; absent where there is none. */
export function mfaShape(user: Pick<PoolUserRow, "mfa_json">): {
  readonly UserMFASettingList: string[] | undefined;
  readonly PreferredMfaSetting: string | undefined;
} {
  const chosen = mfaPreferences(user);
  const enabled = factors.filter((factor) => chosen[factor]?.enabled === true);
  return {
    UserMFASettingList: enabled.length === 0 ? undefined : enabled,
    PreferredMfaSetting: enabled.find((factor) => chosen[factor]?.preferred === true),
  };
}
