import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import type { Call } from "../../operation.ts";
import type { Configuration, Settings } from "./configuration.ts";

type Refusing = Call<"FeatureUnavailableInTierException">;

/**
 * Refuses settings that cannot be together. The texts are AWS's, measured in 2026-08 and 2026-09, but for those that are
 * said to be ours.
 */
export function refuseContradictions(call: Refusing, configuration: Configuration, given: Settings): void {
  const reason =
    wrongAttributes(configuration) ??
    wrongMfa(configuration) ??
    wrongFirstFactors(configuration) ??
    wrongDays(configuration, given) ??
    wrongInvitation(configuration) ??
    wrongRecovery(configuration) ??
    wrongSending(call, configuration) ??
    wrongTriggers(call, configuration.LambdaConfig ?? {}) ??
    wrongLevels(configuration);
  if (reason !== undefined) call.fail("InvalidParameterException", reason);
  refuseAbovePlan(call, configuration);
}

function wrongAttributes(configuration: Configuration): string | undefined {
  const { AliasAttributes, UsernameAttributes, AutoVerifiedAttributes, SmsConfiguration } = configuration;
  if (AliasAttributes !== undefined && UsernameAttributes !== undefined) {
    return "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.";
  }
  const autoVerified = new Set(AutoVerifiedAttributes);
  if (autoVerified.has("phone_number") && SmsConfiguration === undefined) {
    return "SMS configuration is required when phone_number is selected for auto verification";
  }
  const verifiedFirst = configuration.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  return verifiedFirst.every((name) => autoVerified.has(name))
    ? undefined
    : "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes";
}

/** Of a pool with another factor, which only SetUserPoolMfaConfig gives it, nothing is asked. */
function wrongMfa(configuration: Configuration): string | undefined {
  const { MfaConfiguration, SmsConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration } = configuration;
  const hasOther = SoftwareTokenMfaConfiguration?.Enabled === true || EmailMfaConfiguration !== undefined;
  return MfaConfiguration !== "OFF" && SmsConfiguration === undefined && !hasOther
    ? "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
    : undefined;
}

function wrongFirstFactors(configuration: Configuration): string | undefined {
  const { Policies, MfaConfiguration, SmsConfiguration, WebAuthnConfiguration } = configuration;
  const factors = new Set(Policies.SignInPolicy?.AllowedFirstAuthFactors);
  if (!factors.has("PASSWORD")) return "Password should be configured as one of the allowed first auth factors.";
  // Ours: the API reference has the word, and says of it that it is a second factor.
  if (factors.has("SOFTWARE_TOKEN")) return "SOFTWARE_TOKEN can not be configured as one of the first auth factors";
  if (factors.has("SMS_OTP") && SmsConfiguration === undefined) {
    return "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration";
  }
  if (MfaConfiguration !== "ON") return undefined;
  if (factors.has("EMAIL_OTP") || factors.has("SMS_OTP")) {
    return "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled";
  }
  const isBoth = WebAuthnConfiguration?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
  return factors.has("WEB_AUTHN") && !isBoth
    ? "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA"
    : undefined;
}

function wrongDays(configuration: Configuration, given: Settings): string | undefined {
  return configuration.hasChosenTemporaryPasswordDays && given.AdminCreateUserConfig?.UnusedAccountValidityDays
    ? "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
    : undefined;
}

/** Where a password is the only way in, an invitation that does not tell it is of no use. */
function wrongInvitation({ AdminCreateUserConfig, Policies }: Configuration): string | undefined {
  const { EmailMessage, SMSMessage } = AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  if (Policies.SignInPolicy?.AllowedFirstAuthFactors?.some((factor) => factor !== "PASSWORD")) return undefined;
  const lacks = (message: string | undefined) => message !== undefined && !message.includes("{####}");
  if (lacks(EmailMessage)) {
    return `1 validation error detected: Value '${EmailMessage}' at 'adminCreateUserConfig.inviteMessage.emailMessage' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*`;
  }
  if (lacks(SMSMessage)) {
    return `1 validation error detected: Value '${SMSMessage}' at 'adminCreateUserConfig.inviteMessage.smsMessage' failed to satisfy constraint: Member must satisfy regular expression pattern: (?s).*\\{####\\}(?s).*`;
  }
  return undefined;
}

function wrongRecovery({ AccountRecoverySetting }: Configuration): string | undefined {
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  const count = mechanisms.length;
  const names = new Set(mechanisms.map(({ Name }) => Name));
  if (names.size < count || new Set(mechanisms.map(({ Priority }) => Priority)).size < count) {
    return "Invalid account recovery setting parameter. Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.";
  }
  return names.has("admin_only") && count > 1
    ? "Invalid account recovery setting parameter. Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms."
    : undefined;
}

/** An address, or a name with an address in angle brackets (API reference, EmailConfigurationType). */
const sender = /^(?:[^<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

function wrongSending(call: Call, { EmailConfiguration, SmsConfiguration }: Configuration): string | undefined {
  const { EmailSendingAccount, SourceArn, From } = EmailConfiguration ?? {};
  if (EmailSendingAccount === "DEVELOPER" && SourceArn === undefined) {
    return "Source ARN is required to use DEVELOPER email sending owner";
  }
  if (From !== undefined && !sender.test(From)) return "Provided From email address is invalid";
  const region = SmsConfiguration?.EumsSms?.Region;
  // Ours. API reference: "must be the same Region as your user pool".
  return region === undefined || region === call.region
    ? undefined
    : `The Region of EumsSms must be ${call.region}, the Region of the user pool`;
}

function wrongTriggers(call: Call, triggers: LambdaConfigType): string | undefined {
  const { KMSKeyID, CustomSMSSender, CustomEmailSender, PreTokenGeneration, PreTokenGenerationConfig } = triggers;
  const { InboundFederation, ...named } = triggers;
  const functions = Object.values({ ...named, KMSKeyID: undefined }).filter((arn) => typeof arn === "string");
  const versioned = [CustomSMSSender, CustomEmailSender, PreTokenGenerationConfig, InboundFederation];
  for (const arn of [...functions, ...versioned.map((trigger) => trigger?.LambdaArn)]) {
    if (arn !== undefined && arn.split(":", 4)[3] !== call.region) {
      return "Cross-region lambda functions are not supported";
    }
  }
  if ((CustomSMSSender !== undefined || CustomEmailSender !== undefined) && KMSKeyID === undefined) {
    return "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.";
  }
  return PreTokenGeneration === PreTokenGenerationConfig?.LambdaArn
    ? undefined
    : "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's";
}

const levels = ["Level1", "Level2", "Level3", "Level4"];

/** Both texts are ours. API reference: four levels, all of different names, the default ones included. */
function wrongLevels({ AcrConfiguration }: Configuration): string | undefined {
  if (AcrConfiguration === undefined) return undefined;
  const given = new Map(Object.entries(AcrConfiguration));
  for (const level of given.keys()) {
    if (!levels.includes(level)) return `Invalid AcrConfiguration: ${level} is not one of ${levels.join(", ")}`;
  }
  const names = levels.map((level, at) => given.get(level)?.AcrValue ?? `urn:cognito:loa:${at + 1}`);
  return new Set(names).size < levels.length
    ? "Invalid AcrConfiguration: each level must have a name of its own"
    : undefined;
}

/** Cognito Developer Guide, "User pool feature plans". The names of the last five features are ours. */
function refuseAbovePlan(call: Refusing, configuration: Configuration): void {
  const { UserPoolTier: plan, Policies, LambdaConfig, UserPoolAddOns } = configuration;
  const features: string[] = [];
  const mode = UserPoolAddOns?.AdvancedSecurityMode;
  if (plan !== "PLUS" && mode !== undefined && mode !== "OFF") features.push("Threat Protection");
  if (plan === "LITE") {
    const version = LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion;
    if (Policies.SignInPolicy?.AllowedFirstAuthFactors?.some((factor) => factor !== "PASSWORD")) {
      features.push("Passwordless Sign-In");
    }
    if (version !== undefined && version !== "V1_0") {
      features.push(`Token Customization with Pre-Token Generation Lambda ${version}`);
    }
    if (Policies.PasswordPolicy.PasswordHistorySize) features.push("Password History");
    if (configuration.DcrConfiguration?.EnableStatus === "Enabled") features.push("Dynamic Client Registration");
    if (configuration.AcrConfiguration !== undefined) features.push("Authentication Context Class References");
    if (configuration.EmailMfaConfiguration !== undefined) features.push("Email MFA");
    if (configuration.WebAuthnConfiguration?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION") {
      features.push("Passkey MFA");
    }
  }
  if (features.length === 0) return;
  call.fail(
    "FeatureUnavailableInTierException",
    `The following features need to be disabled for the ${plan} pricing tier configured: ${features.join(", ")}`,
  );
}
