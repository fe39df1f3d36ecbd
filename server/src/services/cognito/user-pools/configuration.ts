import type {
  AdminCreateUserConfigType,
  DcrConfigurationType,
  DeviceConfigurationType,
  EmailConfigurationType,
  EmailMfaConfigType,
  LambdaConfigType,
  PasswordPolicyType,
  SoftwareTokenMfaConfigType,
  UpdateUserPoolRequest,
  UserPoolPolicyType,
  UserPoolType,
  WebAuthnConfigurationType,
} from "@aws-sdk/client-cognito-identity-provider";

/** What CreateUserPool and UpdateUserPool both take. */
export type Settings = Omit<UpdateUserPoolRequest, "UserPoolId" | "PoolName" | "UserPoolTags">;

/** What only CreateUserPool takes: it stays as it is for good. */
type Fixed = "AliasAttributes" | "UsernameAttributes" | "UsernameConfiguration" | "SchemaAttributes";

/** What SetUserPoolMfaConfig alone writes, and GetUserPoolMfaConfig answers. */
export interface MfaSettings {
  readonly SoftwareTokenMfaConfiguration?: SoftwareTokenMfaConfigType | undefined;
  readonly EmailMfaConfiguration?: EmailMfaConfigType | undefined;
  readonly WebAuthnConfiguration?: WebAuthnConfigurationType | undefined;
  /** Whether codes by SMS are a second factor; undefined for a pool that never said, where whatever can send them may. */
  readonly isSmsMfaEnabled?: boolean | undefined;
}

/** A pool's settings as DescribeUserPool answers them, which is how they are stored. */
export interface Configuration extends Pick<UserPoolType, keyof Settings | Fixed>, MfaSettings {
  readonly Policies: UserPoolPolicyType & { readonly PasswordPolicy: PasswordPolicyType };
  /**
   * Whether TemporaryPasswordValidityDays was ever chosen: from then on it is the one to use (API reference,
   * UnusedAccountValidityDays), although answers show both, always the same.
   */
  readonly hasChosenTemporaryPasswordDays: boolean;
}

/** A pool that was given nothing but a name (recorded from AWS, 2026-09). */
export const defaultConfiguration: Configuration = {
  Policies: {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
  },
  DeletionProtection: "INACTIVE",
  LambdaConfig: {},
  MfaConfiguration: "OFF",
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
  AccountRecoverySetting: {
    RecoveryMechanisms: [
      { Priority: 1, Name: "verified_email" },
      { Priority: 2, Name: "verified_phone_number" },
    ],
  },
  UserPoolTier: "ESSENTIALS",
  KeyConfiguration: { KeyType: "AWS_OWNED_KEY" },
  IssuerConfiguration: { Type: "ORIGINAL" },
  hasChosenTemporaryPasswordDays: false,
};

/**
 * The settings of a pool that had those of `before`; a new pool had the default ones.
 *
 * The API reference says of UpdateUserPool that whatever is not given goes back to its default. Pools of 2026-08 and
 * 2026-09 were seen to do that for the settings of the first paragraph only, and to keep all the others.
 */
export function configure(before: Configuration, given: Settings): Configuration {
  return {
    ...before,

    LambdaConfig: lambdaConfig(given.LambdaConfig),
    AutoVerifiedAttributes: unlessEmpty(given.AutoVerifiedAttributes),
    ...verificationMessages(given),
    SmsAuthenticationMessage: given.SmsAuthenticationMessage,
    DeviceConfiguration: deviceConfiguration(given.DeviceConfiguration),
    UserPoolAddOns: given.UserPoolAddOns,
    AcrConfiguration: given.AcrConfiguration,

    ...passwordsOf(before, given),
    DeletionProtection: given.DeletionProtection ?? before.DeletionProtection,
    MfaConfiguration: given.MfaConfiguration ?? before.MfaConfiguration,
    UserAttributeUpdateSettings: given.UserAttributeUpdateSettings
      ? {
          AttributesRequireVerificationBeforeUpdate:
            given.UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate ?? [],
        }
      : before.UserAttributeUpdateSettings,
    EmailConfiguration: emailConfiguration(given.EmailConfiguration) ?? before.EmailConfiguration,
    SmsConfiguration: given.SmsConfiguration ?? before.SmsConfiguration,
    AccountRecoverySetting:
      given.AccountRecoverySetting?.RecoveryMechanisms === undefined
        ? before.AccountRecoverySetting
        : given.AccountRecoverySetting,
    UserPoolTier: given.UserPoolTier ?? before.UserPoolTier,
    DcrConfiguration: dcrConfiguration(given.DcrConfiguration) ?? before.DcrConfiguration,
    KeyConfiguration: given.KeyConfiguration
      ? { ...given.KeyConfiguration, KeyType: given.KeyConfiguration.KeyType ?? "AWS_OWNED_KEY" }
      : before.KeyConfiguration,
    IssuerConfiguration: given.IssuerConfiguration
      ? { Type: given.IssuerConfiguration.Type ?? "ORIGINAL" }
      : before.IssuerConfiguration,
  };
}

/** AWS answers no empty list of attributes: choosing none is not choosing. */
export function unlessEmpty<T>(list: T[] | undefined): T[] | undefined {
  return list?.length === 0 ? undefined : list;
}

/** One number of days goes by two names, and either of them sets it. */
function passwordsOf(
  before: Configuration,
  given: Settings,
): Pick<Configuration, "Policies" | "AdminCreateUserConfig" | "hasChosenTemporaryPasswordDays"> {
  const policy = given.Policies?.PasswordPolicy;
  // Zero is how clients with plain numbers say nothing.
  const chosen = policy?.TemporaryPasswordValidityDays || undefined;
  const days =
    chosen ??
    (given.AdminCreateUserConfig?.UnusedAccountValidityDays ||
      (policy === undefined ? before : defaultConfiguration).Policies.PasswordPolicy.TemporaryPasswordValidityDays);
  return {
    Policies: {
      PasswordPolicy: {
        ...(policy === undefined ? before.Policies.PasswordPolicy : passwordPolicy(policy)),
        TemporaryPasswordValidityDays: days,
      },
      SignInPolicy: given.Policies?.SignInPolicy?.AllowedFirstAuthFactors
        ? given.Policies.SignInPolicy
        : before.Policies.SignInPolicy,
    },
    AdminCreateUserConfig: adminCreateUserConfig(given.AdminCreateUserConfig, days),
    hasChosenTemporaryPasswordDays: before.hasChosenTemporaryPasswordDays || chosen !== undefined,
  };
}

/** A policy replaces the whole one before. What it does not say is not required: AWS's own clients leave `false` out. */
function passwordPolicy(given: PasswordPolicyType): PasswordPolicyType {
  return {
    ...given,
    MinimumLength: given.MinimumLength ?? 8,
    RequireUppercase: given.RequireUppercase ?? false,
    RequireLowercase: given.RequireLowercase ?? false,
    RequireNumbers: given.RequireNumbers ?? false,
    RequireSymbols: given.RequireSymbols ?? false,
  };
}

function adminCreateUserConfig(
  given: AdminCreateUserConfigType = {},
  days: number | undefined,
): AdminCreateUserConfigType {
  return {
    ...given,
    AllowAdminCreateUserOnly: given.AllowAdminCreateUserOnly ?? false,
    UnusedAccountValidityDays: days,
  };
}

/** The older parameters and the template are two names of the same three texts; the template goes first. */
function verificationMessages(
  given: Settings,
): Pick<
  Configuration,
  "VerificationMessageTemplate" | "SmsVerificationMessage" | "EmailVerificationMessage" | "EmailVerificationSubject"
> {
  const template = given.VerificationMessageTemplate ?? {};
  const SmsMessage = template.SmsMessage ?? given.SmsVerificationMessage;
  const EmailMessage = template.EmailMessage ?? given.EmailVerificationMessage;
  const EmailSubject = template.EmailSubject ?? given.EmailVerificationSubject;
  return {
    VerificationMessageTemplate: {
      ...template,
      SmsMessage,
      EmailMessage,
      EmailSubject,
      DefaultEmailOption: template.DefaultEmailOption ?? "CONFIRM_WITH_CODE",
    },
    SmsVerificationMessage: SmsMessage,
    EmailVerificationMessage: EmailMessage,
    EmailVerificationSubject: EmailSubject,
  };
}

/** The trigger that has versions is also known by the name that it had before. */
function lambdaConfig(given: LambdaConfigType = {}): LambdaConfigType {
  const { PreTokenGeneration, PreTokenGenerationConfig } = given;
  if (PreTokenGenerationConfig !== undefined) {
    return { ...given, PreTokenGeneration: PreTokenGeneration ?? PreTokenGenerationConfig.LambdaArn };
  }
  if (PreTokenGeneration === undefined) return given;
  return { ...given, PreTokenGenerationConfig: { LambdaVersion: "V1_0", LambdaArn: PreTokenGeneration } };
}

function deviceConfiguration(given: DeviceConfigurationType | undefined): DeviceConfigurationType | undefined {
  return (
    given && {
      ChallengeRequiredOnNewDevice: given.ChallengeRequiredOnNewDevice ?? false,
      DeviceOnlyRememberedOnUserPrompt: given.DeviceOnlyRememberedOnUserPrompt ?? false,
    }
  );
}

function emailConfiguration(given: EmailConfigurationType | undefined): EmailConfigurationType | undefined {
  return given && { ...given, EmailSendingAccount: given.EmailSendingAccount ?? "COGNITO_DEFAULT" };
}

function dcrConfiguration(given: DcrConfigurationType | undefined): DcrConfigurationType | undefined {
  return (
    given && {
      ...given,
      EnableStatus: given.EnableStatus ?? "Enabled",
      OpenDcrEnabled: given.OpenDcrEnabled ?? false,
    }
  );
}
