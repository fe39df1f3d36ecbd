import type {
  EmailMfaSettingsType,
  MFAOptionType,
  SMSMfaSettingsType,
  SoftwareTokenMfaSettingsType,
  WebAuthnMfaSettingsType,
} from "@aws-sdk/client-cognito-identity-provider";
import { poolUserTotp } from "../../../store/pool-user-totp.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import {
  type Factor,
  factors,
  type MfaPreferences,
  mfaPreferences,
  type Preference,
  storedPreferences,
} from "./mfa.ts";

export interface GivenPreferences {
  readonly SMSMfaSettings?: SMSMfaSettingsType | undefined;
  readonly SoftwareTokenMfaSettings?: SoftwareTokenMfaSettingsType | undefined;
  readonly EmailMfaSettings?: EmailMfaSettingsType | undefined;
  readonly WebAuthnMfaSettings?: WebAuthnMfaSettingsType | undefined;
}

/** Factors that are not named stay as they were, but for the preferred one: there is one at most. */
export async function setPreferences(
  call: Call,
  tx: Tx,
  context: PoolContext,
  user: PoolUserRow,
  given: GivenPreferences,
): Promise<void> {
  const named = {
    SMS_MFA: given.SMSMfaSettings,
    SOFTWARE_TOKEN_MFA: given.SoftwareTokenMfaSettings,
    EMAIL_OTP: given.EmailMfaSettings,
  };
  const preferred = factors.filter((factor) => named[factor]?.PreferredMfa === true);
  // The two texts are ours.
  if (preferred.length > 1) call.fail("InvalidParameterException", "Only one MFA method can be preferred.");
  if (preferred.some((factor) => named[factor]?.Enabled !== true)) {
    call.fail("InvalidParameterException", "An MFA method must be enabled to be preferred.");
  }
  const before = mfaPreferences(user);
  const after: { -readonly [Name in Factor]?: Preference } = {};
  for (const factor of factors) {
    const settings = named[factor];
    const known = before[factor];
    if (settings?.Enabled === true) await requireSetUp(call, tx, user, factor);
    const enabled = settings === undefined ? known?.enabled : settings.Enabled === true;
    if (enabled === undefined) continue;
    const wasPreferred = settings === undefined && preferred.length === 0 && known?.preferred === true;
    after[factor] = { enabled, preferred: enabled && (wasPreferred || settings?.PreferredMfa === true) };
  }
  const isPasskeyEnabled = given.WebAuthnMfaSettings?.Enabled ?? before.WEB_AUTHN?.enabled;
  if (given.WebAuthnMfaSettings?.Enabled === true) requirePasskeyMfa(call, context, after);
  await write(call, tx, user, {
    ...before,
    ...after,
    ...(isPasskeyEnabled === undefined ? {} : { WEB_AUTHN: { enabled: isPasskeyEnabled } }),
  });
}

/** Turning off what was never set up is let through: clients send all of their settings, whatever they change. */
async function requireSetUp(call: Call, tx: Tx, user: PoolUserRow, factor: Factor): Promise<void> {
  if (factor === "SOFTWARE_TOKEN_MFA") {
    if ((await poolUserTotp.find(tx, user.user_id)) !== undefined) return;
    // Reported from AWS (amplify-js#7016, 2020).
    if ((await poolUserTotp.findPending(tx, user.user_id)) !== undefined) {
      call.fail("InvalidParameterException", "User has not verified software token mfa");
    }
  } else if (user.attributes[factor === "SMS_MFA" ? "phone_number" : "email"] !== undefined) {
    return;
  }
  // Reported from AWS of SOFTWARE_TOKEN_MFA (aws-sdk-js-v3#4645, 2023) and of SMS_MFA.
  call.fail("InvalidParameterException", `User does not have delivery config set to turn on ${factor}`);
}

/** API reference, WebAuthnMfaSettingsType; the texts are ours. */
function requirePasskeyMfa(call: Call, { configuration }: PoolContext, chosen: MfaPreferences): void {
  if (configuration.WebAuthnConfiguration?.FactorConfiguration !== "MULTI_FACTOR_WITH_USER_VERIFICATION") {
    call.fail("InvalidParameterException", "Passkey MFA is not enabled for the user pool.");
  }
  if (!factors.some((factor) => chosen[factor]?.enabled === true)) {
    call.fail("InvalidParameterException", "Passkey MFA needs another MFA method that is enabled for the user.");
  }
}

/**
 * What came before preferences: SMS, or nothing (API reference, SetUserSettings). It says the same as an SMS factor that is
 * enabled, and is answered as it was given.
 */
export async function setMfaOptions(call: Call, tx: Tx, user: PoolUserRow, options: MFAOptionType[]): Promise<void> {
  for (const { DeliveryMedium, AttributeName } of options) {
    if (DeliveryMedium === "SMS" && AttributeName === "phone_number") continue;
    // The text is ours.
    call.fail("InvalidParameterException", "MFAOptions can only have phone_number, delivered by SMS.");
  }
  const isEnabled = options.length > 0;
  if (isEnabled) await requireSetUp(call, tx, user, "SMS_MFA");
  const before = mfaPreferences(user);
  const preferred = isEnabled && before.SMS_MFA?.preferred === true;
  await write(call, tx, user, { ...before, SMS_MFA: { enabled: isEnabled, preferred }, MFAOptions: options });
}

async function write({ now }: Call, tx: Tx, user: PoolUserRow, preferences: MfaPreferences): Promise<void> {
  await poolUsers.update(tx, user, { ...user, mfa_json: storedPreferences(preferences), modified_at: now });
}
