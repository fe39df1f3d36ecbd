import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { snsCaller, totpOptional } from "../../../../test/pool-factors.ts";
import { createPool } from "../../../../test/pool-users.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("SetUserPoolMfaConfig", async () => {
  const h = await harness();
  const set = async (UserPoolId: string, given: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">) => {
    const { $metadata, ...answer } = await h.cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...given }));
    return answer;
  };
  const get = async (UserPoolId: string) => {
    const { $metadata, ...answer } = await h.cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    return answer;
  };
  const everything = {
    MfaConfiguration: "ON",
    SmsMfaConfiguration: { SmsAuthenticationMessage: "Code {####}", SmsConfiguration: snsCaller },
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Subject: "Code", Message: "Your code is {####}" },
    WebAuthnConfiguration: { RelyingPartyId: "auth.example.com", UserVerification: "required" },
  } as const satisfies Partial<SetUserPoolMfaConfigCommandInput>;

  test("answers what it was given, and keeps it", async () => {
    const UserPoolId = await createPool(h);
    assert.deepEqual(await set(UserPoolId, everything), everything);
    assert.deepEqual(await get(UserPoolId), everything);
  });

  test("what a request leaves out is off", async () => {
    const UserPoolId = await createPool(h);
    await set(UserPoolId, everything);
    assert.deepEqual(await set(UserPoolId, totpOptional), totpOptional);
    assert.deepEqual(await set(UserPoolId, { MfaConfiguration: "OFF" }), { MfaConfiguration: "OFF" });
    const explicit = { MfaConfiguration: "OFF", SoftwareTokenMfaConfiguration: { Enabled: false } } as const;
    assert.deepEqual(await set(UserPoolId, explicit), explicit);
  });

  test("UpdateUserPool keeps it, and DescribeUserPool does not show it", async () => {
    const UserPoolId = await createPool(h);
    await set(UserPoolId, everything);
    await h.cognito.send(new UpdateUserPoolCommand({ UserPoolId, MfaConfiguration: "OPTIONAL" }));
    const { SmsMfaConfiguration, ...others } = everything;
    assert.deepEqual(await get(UserPoolId), {
      ...others,
      MfaConfiguration: "OPTIONAL",
      // Of what UpdateUserPool writes itself, what is left out goes.
      SmsMfaConfiguration: { SmsConfiguration: snsCaller },
    });
    const { UserPool = {} } = await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.equal("SoftwareTokenMfaConfiguration" in UserPool || "isSmsMfaEnabled" in UserPool, false);
    assert.deepEqual(UserPool.SmsConfiguration, snsCaller);
  });

  test("a pool that requires apps alone can be updated", async () => {
    const UserPoolId = await createPool(h);
    await set(UserPoolId, { ...totpOptional, MfaConfiguration: "ON" });
    await h.cognito.send(new UpdateUserPoolCommand({ UserPoolId, MfaConfiguration: "ON" }));
    assert.equal((await get(UserPoolId)).MfaConfiguration, "ON");
  });

  test("contradictions are refused", async () => {
    const UserPoolId = await createPool(h);
    const together = invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
    const { SmsMfaConfiguration, EmailMfaConfiguration, SoftwareTokenMfaConfiguration } = everything;
    for (const factor of [{ SmsMfaConfiguration }, { EmailMfaConfiguration }, { SoftwareTokenMfaConfiguration }]) {
      assert.deepEqual(await refused(set(UserPoolId, { MfaConfiguration: "OFF", ...factor })), together);
    }
    assert.deepEqual(
      await refused(set(UserPoolId, { MfaConfiguration: "OPTIONAL" })),
      invalid("Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."),
    );
    assert.deepEqual(
      await refused(set(UserPoolId, { MfaConfiguration: "ON", SmsMfaConfiguration: {} })),
      invalid("SMS configuration and Auto verification for phone_number are required when MFA is required/optional"),
    );
    const byPhone = await createPool(h, { SmsConfiguration: snsCaller, AutoVerifiedAttributes: ["phone_number"] });
    assert.deepEqual(
      await refused(set(byPhone, { MfaConfiguration: "OFF" })),
      invalid("SMS configuration is required when phone_number is selected for auto verification"),
    );
  });

  test("passkeys begin a sign-in of a pool that requires MFA only where they are both factors", async () => {
    const UserPoolId = await createPool(h, {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
    });
    const required = { ...totpOptional, MfaConfiguration: "ON" as const };
    assert.deepEqual(
      await refused(set(UserPoolId, required)),
      invalid("WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA"),
    );
    const WebAuthnConfiguration = { FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION" as const };
    await set(UserPoolId, { ...required, WebAuthnConfiguration });
  });

  test("emails and passkeys as second factors are above the LITE plan", async () => {
    const UserPoolId = await createPool(h, { UserPoolTier: "LITE" });
    const above = (features: string) => ({
      code: "FeatureUnavailableInTierException",
      message: `The following features need to be disabled for the LITE pricing tier configured: ${features}`,
      status: 400,
    });
    const { EmailMfaConfiguration } = everything;
    const byEmail = { MfaConfiguration: "OPTIONAL" as const, EmailMfaConfiguration };
    assert.deepEqual(await refused(set(UserPoolId, byEmail)), above("Email MFA"));
    const WebAuthnConfiguration = { FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION" as const };
    assert.deepEqual(await refused(set(UserPoolId, { WebAuthnConfiguration })), above("Passkey MFA"));
  });

  test("is refused where there is no such pool", async () => {
    assert.deepEqual(await refused(set("us-east-1_missing00", {})), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_missing00 does not exist.",
      status: 400,
    });
  });
});
