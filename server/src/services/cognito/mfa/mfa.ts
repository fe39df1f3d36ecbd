import type { MFAOptionType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { findCode, totpStep } from "../../../crypto/totp.ts";
import { type PoolUserTotpRow, poolUserTotp } from "../../../store/pool-user-totp.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call, Environment } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import type { Configuration } from "../user-pools/configuration.ts";

/** A second factor that is asked for, by the name of its challenge, which is what `mfa_json` calls it. */
export type Factor = "SMS_MFA" | "EMAIL_OTP" | "SOFTWARE_TOKEN_MFA";

export const factors = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] as const satisfies readonly Factor[];

export interface Preference {
  readonly enabled: boolean;
  readonly preferred: boolean;
}

/** What a user chose, as `mfa_json` has it. */
export type MfaPreferences = { readonly [Name in Factor]?: Preference } & {
  /** That a passkey with user verification may stand for both factors. */
  readonly WEB_AUTHN?: Pick<Preference, "enabled"> | undefined;
  /** As SetUserSettings was given them, which nobody else writes. */
  readonly MFAOptions?: MFAOptionType[] | undefined;
};

export function mfaPreferences({ mfa_json }: Pick<PoolUserRow, "mfa_json">): MfaPreferences {
  return mfa_json === null ? {} : (JSON.parse(mfa_json) as MfaPreferences); // `storedPreferences` wrote it
}

export function storedPreferences(preferences: MfaPreferences): string {
  return JSON.stringify(preferences);
}

/** What SetUserSettings wrote, for the answers that have it. */
export function mfaOptions(user: Pick<PoolUserRow, "mfa_json">): Pick<UserType, "MFAOptions"> {
  const { MFAOptions } = mfaPreferences(user);
  return MFAOptions === undefined ? {} : { MFAOptions };
}

/** The factors that a pool lets its users have; none where it is off. */
export function poolFactors(configuration: Configuration): ReadonlySet<Factor> {
  const { MfaConfiguration, SmsConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration } = configuration;
  if (MfaConfiguration === undefined || MfaConfiguration === "OFF") return new Set();
  return new Set<Factor>([
    ...(SmsConfiguration !== undefined && configuration.isSmsMfaEnabled !== false ? (["SMS_MFA"] as const) : []),
    ...(SoftwareTokenMfaConfiguration?.Enabled === true ? (["SOFTWARE_TOKEN_MFA"] as const) : []),
    ...(EmailMfaConfiguration !== undefined ? (["EMAIL_OTP"] as const) : []),
  ]);
}

/** How a sign-in of this user goes on after the first factor. */
export interface SecondFactors {
  /** Those that the user can be asked for, the preferred one first. */
  readonly ready: readonly Factor[];
  /** Whether the first of them is the one to ask for, or the user is to choose. */
  readonly hasPreferred: boolean;
  /** Where a second factor is required and there is none: those that could be set up. */
  readonly setUp: readonly Factor[];
}

/**
 * Where MFA is required, or a sign-in is risky, an address is enough to be asked by it; where it is optional, the user must
 * have chosen (developer guide, "Adding MFA to a user pool").
 */
export async function secondFactorsOf(
  tx: Tx,
  { configuration }: PoolContext,
  user: PoolUserRow,
  isRisky = false,
): Promise<SecondFactors> {
  const allowed = poolFactors(configuration);
  if (allowed.size === 0) return { ready: [], hasPreferred: false, setUp: [] };
  const isRequired = configuration.MfaConfiguration === "ON";
  const chosen = mfaPreferences(user);
  const totp = await poolUserTotp.find(tx, user.user_id);
  const isSetUp: Readonly<Record<Factor, boolean>> = {
    SMS_MFA: user.attributes.phone_number !== undefined,
    EMAIL_OTP: user.attributes.email !== undefined,
    SOFTWARE_TOKEN_MFA: totp?.isVerified === true,
  };
  const isWanted = (factor: Factor) => chosen[factor]?.enabled === true;
  const usable = factors.filter((factor) => allowed.has(factor) && isSetUp[factor]);
  const wanted = usable.filter(isWanted);
  const ready =
    wanted.length > 0 || !(isRequired || isRisky)
      ? wanted
      : usable.filter((factor) => chosen[factor]?.enabled !== false);
  const preferred = ready.find((factor) => chosen[factor]?.preferred === true);
  return {
    ready: preferred === undefined ? ready : [preferred, ...ready.filter((factor) => factor !== preferred)],
    hasPreferred: preferred !== undefined,
    setUp: isRequired && ready.length === 0 ? factors.filter((factor) => allowed.has(factor)) : [],
  };
}

function sealContext(userId: string): string {
  return `pool_user_totp:${userId}`;
}

/** A secret for the row of its user. */
export function sealTotpSecret(
  { seal, random }: Pick<Environment, "seal" | "random">,
  userId: string,
  secret: Uint8Array,
): Uint8Array {
  return seal.seal(secret, sealContext(userId), random.bytes(12));
}

/** Clocks may be a step apart, either way. */
const reach = 1;

/** The step of the code, where it is one of this secret by now. */
export function findTotpStep(
  { environment, now }: Pick<Call, "environment" | "now">,
  row: PoolUserTotpRow,
  code: string,
): number | undefined {
  const secret = environment.seal.open(row.secret_sealed, sealContext(row.user_id));
  const step = findCode(secret, code, totpStep(now), reach, () => false);
  secret.fill(0);
  return step;
}

/**
 * Whether this is a code of the secret. One that matches is used up with all before it, in this transaction, which must be
 * kept; `used` is one that matched before (RFC 6238, 5.2).
 */
export async function checkTotp(
  call: Pick<Call, "environment" | "now">,
  tx: Tx,
  row: PoolUserTotpRow,
  code: string,
): Promise<"match" | "mismatch" | "used"> {
  const step = findTotpStep(call, row, code);
  if (step === undefined) return "mismatch";
  return (await poolUserTotp.use(tx, row.user_id, step)) ? "match" : "used";
}
