import type {
  GetUserPoolMfaConfigResponse,
  SetUserPoolMfaConfigRequest,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Call } from "../../operation.ts";
import type { Configuration } from "../user-pools/configuration.ts";

/** As GetUserPoolMfaConfig and SetUserPoolMfaConfig answer. What was never set is absent: Terraform tells that from `false`. */
export function poolMfaShape(configuration: Configuration): GetUserPoolMfaConfigResponse {
  const { SmsConfiguration, SmsAuthenticationMessage, isSmsMfaEnabled } = configuration;
  return {
    SmsMfaConfiguration:
      SmsConfiguration === undefined || isSmsMfaEnabled === false
        ? undefined
        : { SmsAuthenticationMessage, SmsConfiguration },
    SoftwareTokenMfaConfiguration: configuration.SoftwareTokenMfaConfiguration,
    EmailMfaConfiguration: configuration.EmailMfaConfiguration,
    MfaConfiguration: configuration.MfaConfiguration,
    WebAuthnConfiguration: configuration.WebAuthnConfiguration,
  };
}

type Given = Omit<SetUserPoolMfaConfigRequest, "UserPoolId">;

/**
 * A request says all of it: a factor that it leaves out is off, and with SMS goes the configuration that sends it
 * (aws-sdk-js#4186, terraform-provider-aws#28294). Contradictions with the rest of the pool are looked for afterwards.
 */
export function configureMfa(call: Call, before: Configuration, given: Given): Configuration {
  const MfaConfiguration = given.MfaConfiguration ?? before.MfaConfiguration;
  const { SmsMfaConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration } = given;
  const isAny =
    SmsMfaConfiguration !== undefined ||
    SoftwareTokenMfaConfiguration?.Enabled === true ||
    EmailMfaConfiguration !== undefined;
  if (MfaConfiguration === "OFF" && isAny) {
    // Measured (cdkd#1923, 2026-08). Passkeys are no second factor in this.
    call.fail(
      "InvalidParameterException",
      "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    );
  }
  if (MfaConfiguration !== "OFF" && !isAny) {
    // Reported from AWS (cdkd#1920, 2026-08); in 2024 it had other words.
    call.fail(
      "InvalidParameterException",
      "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.",
    );
  }
  const SmsConfiguration =
    SmsMfaConfiguration === undefined ? undefined : (SmsMfaConfiguration.SmsConfiguration ?? before.SmsConfiguration);
  if (SmsMfaConfiguration !== undefined && SmsConfiguration === undefined) {
    // AWS's text for a pool that is made so.
    call.fail(
      "InvalidParameterException",
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    );
  }
  return {
    ...before,
    MfaConfiguration,
    SmsConfiguration,
    SmsAuthenticationMessage:
      SmsMfaConfiguration === undefined
        ? before.SmsAuthenticationMessage
        : SmsMfaConfiguration.SmsAuthenticationMessage,
    SoftwareTokenMfaConfiguration: SoftwareTokenMfaConfiguration && {
      Enabled: SoftwareTokenMfaConfiguration.Enabled ?? false,
    },
    EmailMfaConfiguration,
    WebAuthnConfiguration: given.WebAuthnConfiguration,
    isSmsMfaEnabled: SmsConfiguration !== undefined,
  };
}
