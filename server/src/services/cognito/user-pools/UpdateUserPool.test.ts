import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

const lambda = `arn:aws:lambda:us-east-1:${testAccount}:function:a`;

suite("UpdateUserPool", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const create = async (input: Partial<CreateUserPoolCommandInput> = {}) => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example", ...input }));
    return UserPool?.Id ?? "";
  };
  const update = async (UserPoolId: string, input: Partial<UpdateUserPoolCommandInput> = {}, cognito = h.cognito) => {
    const { $metadata, ...answer } = await cognito.send(new UpdateUserPoolCommand({ UserPoolId, ...input }));
    return answer;
  };
  const describe = async (UserPoolId: string): Promise<UserPoolType> => {
    const { UserPool } = await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.ok(UserPool !== undefined);
    return UserPool;
  };
  const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

  test("answers nothing, and moves the date of the last change", async () => {
    const id = await create();
    const before = await describe(id);
    h.clock.set(startOfTest + 1500);
    assert.deepEqual(await update(id), {});
    h.clock.set(startOfTest);
    assert.deepEqual(await describe(id), { ...before, LastModifiedDate: new Date(startOfTest + 1500) });
  });

  test("changes what is given, the name included", async () => {
    const id = await create();
    const before = await describe(id);
    const given = {
      LambdaConfig: { PreSignUp: lambda },
      AutoVerifiedAttributes: ["email"],
      SmsAuthenticationMessage: "In with {####}",
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
      AcrConfiguration: { Level2: { AcrValue: "urn:example:2" } },
      DeletionProtection: "ACTIVE",
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT", ReplyToEmailAddress: "a@example.com" },
      SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${testAccount}:role/sms` },
      MfaConfiguration: "OPTIONAL",
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
      UserPoolTier: "PLUS",
      DcrConfiguration: { EnableStatus: "Disabled", OpenDcrEnabled: false },
      KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: `arn:aws:kms:us-east-1:${testAccount}:key/2` },
      IssuerConfiguration: { Type: "UPDATED" },
    } satisfies Partial<UpdateUserPoolCommandInput>;
    await update(id, { PoolName: "renamed", ...given });
    assert.deepEqual(await describe(id), { ...before, Name: "renamed", ...given });
  });

  test("what is left out goes back to its default, or stays: as seen on AWS in 2026-08 and 2026-09", async () => {
    const stays = {
      DeletionProtection: "ACTIVE",
      AliasAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: true },
      MfaConfiguration: "ON",
      EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT", ReplyToEmailAddress: "a@example.com" },
      SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${testAccount}:role/sms` },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
      UserPoolTier: "PLUS",
      DcrConfiguration: { EnableStatus: "Disabled", OpenDcrEnabled: true },
      KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: `arn:aws:kms:us-east-1:${testAccount}:key/2` },
      IssuerConfiguration: { Type: "UPDATED" },
      UserPoolTags: { team: "a" },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 20,
          RequireUppercase: false,
          RequireLowercase: true,
          RequireNumbers: false,
          RequireSymbols: false,
          TemporaryPasswordValidityDays: 3,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
      },
    } satisfies Partial<CreateUserPoolCommandInput>;
    const id = await create({
      ...stays,
      LambdaConfig: { PreSignUp: lambda },
      AutoVerifiedAttributes: ["email"],
      VerificationMessageTemplate: { EmailMessage: "{####}", EmailSubject: "Code", SmsMessage: "{####}" },
      SmsAuthenticationMessage: "In with {####}",
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
      AcrConfiguration: { Level2: { AcrValue: "urn:example:2" } },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Schema: [{ Name: "team", AttributeDataType: "String" }],
    });
    const { SchemaAttributes } = await describe(id);
    await update(id);
    const { Id, Arn, Name, CreationDate, LastModifiedDate, ...described } = await describe(id);
    assert.deepEqual([Id, Name], [id, "example"]);
    assert.deepEqual(described, {
      ...stays,
      SchemaAttributes,
      LambdaConfig: {},
      VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 3 },
      EstimatedNumberOfUsers: 0,
    });
  });

  test("each policy is replaced or stays on its own", async () => {
    const id = await create({ Policies: { PasswordPolicy: { MinimumLength: 20, RequireSymbols: true } } });
    const SignInPolicy = { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] }; // members of an enum
    await update(id, { Policies: { SignInPolicy } });
    const PasswordPolicy = {
      MinimumLength: 20,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    };
    assert.deepEqual((await describe(id)).Policies, { PasswordPolicy, SignInPolicy });
    await update(id, { Policies: { PasswordPolicy: { RequireNumbers: true }, SignInPolicy: {} } });
    assert.deepEqual((await describe(id)).Policies, {
      PasswordPolicy: { ...PasswordPolicy, MinimumLength: 8, RequireSymbols: false, RequireNumbers: true },
      SignInPolicy,
    });
  });

  test("once TemporaryPasswordValidityDays was chosen, UnusedAccountValidityDays no longer can be", async () => {
    const id = await create();
    const days = async () => {
      const { Policies, AdminCreateUserConfig } = await describe(id);
      return [
        Policies?.PasswordPolicy?.TemporaryPasswordValidityDays,
        AdminCreateUserConfig?.UnusedAccountValidityDays,
      ];
    };
    await update(id, { AdminCreateUserConfig: { UnusedAccountValidityDays: 9 } });
    assert.deepEqual(await days(), [9, 9]);
    await update(id, { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 30 } } });
    assert.deepEqual(await days(), [30, 30]);
    await update(id, { Policies: { PasswordPolicy: { MinimumLength: 9 } } });
    assert.deepEqual(
      await refused(update(id, { AdminCreateUserConfig: { UnusedAccountValidityDays: 9 } })),
      invalid("Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"),
    );
    assert.deepEqual(await days(), [7, 7]);
  });

  test("tags that are given replace all", async () => {
    const id = await create({ UserPoolTags: { team: "a", owner: "b" } });
    const tags = async () => (await describe(id)).UserPoolTags;
    await update(id, { UserPoolTags: { team: "c" } });
    assert.deepEqual(await tags(), { team: "c" });
    assert.deepEqual(await refused(update(id, { PoolName: "renamed", UserPoolTags: { "aws:team": "a" } })), {
      code: "UserPoolTaggingException",
      message: "aws: prefixed tag key names are not allowed for external use.",
      status: 400,
    });
    assert.deepEqual(await tags(), { team: "c" });
    assert.equal((await describe(id)).Name, "example");
    await update(id, { UserPoolTags: {} });
    assert.deepEqual(await tags(), {});
  });

  test("refuses what cannot be together with what stays, and changes nothing", async () => {
    const id = await create({
      AutoVerifiedAttributes: ["email"],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    const before = await describe(id);
    assert.deepEqual(
      await refused(update(id, { PoolName: "renamed" })),
      invalid("All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes"),
    );
    assert.deepEqual(
      await refused(update(id, { AutoVerifiedAttributes: ["email"], MfaConfiguration: "ON" })),
      invalid("SMS configuration and Auto verification for phone_number are required when MFA is required/optional"),
    );
    assert.deepEqual(await describe(id), before);
  });

  test("a plan can be left only without its features", async () => {
    const PasswordPolicy = { PasswordHistorySize: 2 };
    const id = await create({ Policies: { PasswordPolicy } });
    assert.deepEqual(await refused(update(id, { UserPoolTier: "LITE" })), {
      code: "FeatureUnavailableInTierException",
      message: "The following features need to be disabled for the LITE pricing tier configured: Password History",
      status: 400,
    });
    await update(id, { UserPoolTier: "LITE", Policies: { PasswordPolicy: {} } });
    assert.equal((await describe(id)).UserPoolTier, "LITE");
    await update(id, { Policies: { PasswordPolicy }, UserPoolTier: "ESSENTIALS" });
  });

  test("changes at once each take hold", async () => {
    const id = await create();
    await Promise.all([
      update(id, { DeletionProtection: "ACTIVE" }),
      update(id, { UserPoolTier: "PLUS" }),
      update(id, { PoolName: "renamed" }),
      update(id, { EmailConfiguration: { ReplyToEmailAddress: "a@example.com" } }),
    ]);
    const { DeletionProtection, UserPoolTier, Name, EmailConfiguration } = await describe(id);
    assert.deepEqual(
      [DeletionProtection, UserPoolTier, Name, EmailConfiguration?.ReplyToEmailAddress],
      ["ACTIVE", "PLUS", "renamed", "a@example.com"],
    );
  });

  test("refuses a pool that is not there, or in another region", async () => {
    const id = await create();
    const missing = (poolId: string) => ({
      code: "ResourceNotFoundException",
      message: `User pool ${poolId} does not exist.`,
      status: 400,
    });
    assert.deepEqual(await refused(update("us-east-1_AbCdEfGhI")), missing("us-east-1_AbCdEfGhI"));
    assert.deepEqual(await refused(update(id, {}, h.as(h.root, "eu-west-1").cognito)), missing(id));
  });

  test("a user needs permission on the pool, which tags of either side may narrow", async () => {
    const mine = await create({ UserPoolTags: { team: "a" } });
    const other = await create({ UserPoolTags: { team: "b" } });
    const ann = await userWithKey(
      h,
      "ann",
      allow("cognito-idp:UpdateUserPool", `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/*`, {
        StringEquals: { "aws:ResourceTag/team": "a" },
        StringEqualsIfExists: { "aws:RequestTag/team": "a" },
      }),
    );
    await update(mine, { PoolName: "renamed" }, ann.cognito);
    assert.equal(
      (await refused(update(mine, { UserPoolTags: { team: "b" } }, ann.cognito))).code,
      "AccessDeniedException",
    );
    assert.deepEqual(await refused(update(other, {}, ann.cognito)), {
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: cognito-idp:UpdateUserPool on resource: arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${other} because no identity-based policy allows the cognito-idp:UpdateUserPool action`,
      status: 400,
    });
  });
});
