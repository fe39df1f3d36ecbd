import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolCommand,
  GetSigningCertificateCommand,
  ListUserPoolsCommand,
  type SchemaAttributeType,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { keyPair, onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { userPoolKeys } from "../../../store/user-pool-keys.ts";

const recorded = JSON.parse(
  readFileSync(new URL("../../../../test/vectors/user-pool.json", import.meta.url), "utf8"),
) as { created: UserPoolType; described: UserPoolType }; // the two members that the file has

const lambda = (name: string, region = "us-east-1") => `arn:aws:lambda:${region}:${testAccount}:function:${name}`;
const sms = { SnsCallerArn: `arn:aws:iam::${testAccount}:role/sms`, ExternalId: "secret-of-sms" };

suite("CreateUserPool", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const create = async (input: Partial<CreateUserPoolCommandInput>, cognito = h.cognito): Promise<UserPoolType> => {
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "example", ...input }));
    assert.ok(UserPool !== undefined);
    return UserPool;
  };
  const describe = async (UserPoolId: string | undefined): Promise<UserPoolType> => {
    const { UserPool } = await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.ok(UserPool !== undefined);
    return UserPool;
  };
  const count = async () => (await h.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools?.length;
  const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

  test("answers what AWS answers for a name and a plan, and so does DescribeUserPool", async () => {
    h.clock.set(startOfTest + 224);
    const { Id, Arn, CreationDate, LastModifiedDate, ...created } = await create({ UserPoolTier: "LITE" });
    assert.deepEqual(created, recorded.created);
    assert.match(Id ?? "", /^us-east-1_[0-9A-Za-z]{9}$/);
    assert.equal(Arn, `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${Id}`);
    assert.deepEqual([CreationDate, LastModifiedDate], [new Date(startOfTest + 224), new Date(startOfTest + 224)]);
    h.clock.set(startOfTest);
    assert.deepEqual(await describe(Id), { Id, Arn, CreationDate, LastModifiedDate, ...recorded.described });
  });

  test("the plan is ESSENTIALS unless another is chosen", async () => {
    assert.equal((await create({})).UserPoolTier, "ESSENTIALS");
    assert.equal((await create({ UserPoolTier: "PLUS" })).UserPoolTier, "PLUS");
  });

  test("pools may share a name; ids differ and begin with the region", async () => {
    const ids = new Set<string | undefined>();
    for (let at = 0; at < 20; at++) ids.add((await create({})).Id);
    assert.equal(ids.size, 20);
    const { Id, Arn } = await create({}, h.as(h.root, "cn-north-1").cognito);
    assert.match(Id ?? "", /^cn-north-1_[0-9A-Za-z]{9}$/);
    assert.equal(Arn, `arn:aws-cn:cognito-idp:cn-north-1:${testAccount}:userpool/${Id}`);
  });

  test("keeps every setting and answers it again", async () => {
    const given = {
      DeletionProtection: "ACTIVE",
      LambdaConfig: {
        PreSignUp: lambda("pre-sign-up"),
        CustomMessage: lambda("custom-message"),
        PostConfirmation: lambda("post-confirmation"),
        PreAuthentication: lambda("pre-authentication"),
        PostAuthentication: lambda("post-authentication"),
        DefineAuthChallenge: lambda("define"),
        CreateAuthChallenge: lambda("create"),
        VerifyAuthChallengeResponse: lambda("verify"),
        UserMigration: lambda("migrate"),
        PreTokenGeneration: lambda("token"),
        PreTokenGenerationConfig: { LambdaVersion: "V3_0", LambdaArn: lambda("token") },
        CustomSMSSender: { LambdaVersion: "V1_0", LambdaArn: lambda("sms") },
        CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: lambda("email") },
        InboundFederation: { LambdaVersion: "V1_0", LambdaArn: lambda("federation") },
        KMSKeyID: `arn:aws:kms:eu-west-1:${testAccount}:key/1`,
      },
      AutoVerifiedAttributes: ["email", "phone_number"],
      AliasAttributes: ["email", "phone_number", "preferred_username"],
      VerificationMessageTemplate: {
        SmsMessage: "Code: {####}",
        EmailMessage: "Your code is {####}",
        EmailSubject: "Code",
        EmailMessageByLink: "Please {##Click Here##}",
        EmailSubjectByLink: "Link",
        DefaultEmailOption: "CONFIRM_WITH_LINK",
      },
      SmsAuthenticationMessage: "In with {####}",
      MfaConfiguration: "OPTIONAL",
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
      EmailConfiguration: {
        SourceArn: `arn:aws:ses:us-east-1:${testAccount}:identity/a@example.com`,
        ReplyToEmailAddress: "b@example.com",
        EmailSendingAccount: "DEVELOPER",
        From: "Ann <a@example.com>",
        ConfigurationSet: "set",
      },
      SmsConfiguration: { ...sms, SnsRegion: "us-east-1" },
      UserPoolTags: { team: "a", ["__proto__"]: "b", empty: "" },
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: true,
        InviteMessageTemplate: {
          SMSMessage: "{username}: {####}",
          EmailMessage: "{username}: {####}",
          EmailSubject: "Come in",
        },
      },
      UserPoolAddOns: {
        AdvancedSecurityMode: "ENFORCED",
        AdvancedSecurityAdditionalFlows: { CustomAuthMode: "AUDIT" },
      },
      DcrConfiguration: {
        EnableStatus: "Enabled",
        OpenDcrEnabled: true,
        AuthenticatedGrantTypes: ["code", "client_credentials"],
        OpenDcrGrantTypes: [],
        AllowedScopes: ["a/read"],
      },
      UsernameConfiguration: { CaseSensitive: false },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "admin_only" }] },
      UserPoolTier: "PLUS",
      KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: `arn:aws:kms:us-east-1:${testAccount}:key/2` },
      IssuerConfiguration: { Type: "UPDATED" },
      AcrConfiguration: { Level1: { AcrValue: "urn:example:1" }, Level4: { AcrValue: "urn:example:4" } },
    } satisfies Partial<CreateUserPoolCommandInput>;
    const Policies = {
      PasswordPolicy: {
        MinimumLength: 12,
        RequireUppercase: true,
        RequireLowercase: false,
        RequireNumbers: true,
        RequireSymbols: false,
        PasswordHistorySize: 3,
        TemporaryPasswordValidityDays: 30,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] },
    } satisfies CreateUserPoolCommandInput["Policies"];
    const { Id, ...created } = await create({ ...given, Policies });
    const expected: Partial<UserPoolType> = {
      ...given,
      Policies,
      AdminCreateUserConfig: { ...given.AdminCreateUserConfig, UnusedAccountValidityDays: 30 },
      SmsVerificationMessage: "Code: {####}",
      EmailVerificationMessage: "Your code is {####}",
      EmailVerificationSubject: "Code",
      Name: "example",
      Arn: `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${Id}`,
      CreationDate: new Date(startOfTest),
      LastModifiedDate: new Date(startOfTest),
      EstimatedNumberOfUsers: 0,
    };
    assert.deepEqual(created, { ...expected, SchemaAttributes: recorded.created.SchemaAttributes });
    assert.deepEqual(await describe(Id), {
      ...expected,
      Id,
      SchemaAttributes: recorded.described.SchemaAttributes,
    });
  });

  const completed: [what: string, given: Partial<CreateUserPoolCommandInput>, answered: Partial<UserPoolType>][] = [
    [
      "a password policy requires only what it says",
      { Policies: { PasswordPolicy: { RequireNumbers: true } } },
      {
        Policies: {
          PasswordPolicy: {
            MinimumLength: 8,
            RequireUppercase: false,
            RequireLowercase: false,
            RequireNumbers: true,
            RequireSymbols: false,
            TemporaryPasswordValidityDays: 7,
          },
          SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
        },
      },
    ],
    [
      "UnusedAccountValidityDays is TemporaryPasswordValidityDays by another name",
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 90 } },
      {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 90 },
        Policies: {
          PasswordPolicy: { ...recorded.created.Policies?.PasswordPolicy, TemporaryPasswordValidityDays: 90 },
          SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
        },
      },
    ],
    [
      "days of zero are none",
      {
        AdminCreateUserConfig: { UnusedAccountValidityDays: 0 },
        Policies: {
          PasswordPolicy: { ...recorded.created.Policies?.PasswordPolicy, TemporaryPasswordValidityDays: 0 },
        },
      },
      {
        AdminCreateUserConfig: recorded.created.AdminCreateUserConfig,
        Policies: recorded.created.Policies,
      },
    ],
    [
      "the older message parameters are those of the template",
      {
        SmsVerificationMessage: "Code: {####}",
        EmailVerificationMessage: "Your code is {####}",
        EmailVerificationSubject: "Code",
      },
      {
        SmsVerificationMessage: "Code: {####}",
        EmailVerificationMessage: "Your code is {####}",
        EmailVerificationSubject: "Code",
        VerificationMessageTemplate: {
          SmsMessage: "Code: {####}",
          EmailMessage: "Your code is {####}",
          EmailSubject: "Code",
          DefaultEmailOption: "CONFIRM_WITH_CODE",
        },
      },
    ],
    [
      "a trigger without a version is of the first",
      { LambdaConfig: { PreTokenGeneration: lambda("token") } },
      {
        LambdaConfig: {
          PreTokenGeneration: lambda("token"),
          PreTokenGenerationConfig: { LambdaVersion: "V1_0", LambdaArn: lambda("token") },
        },
      },
    ],
    [
      "a trigger with a version goes by its older name, too",
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: lambda("token") } } },
      {
        LambdaConfig: {
          PreTokenGeneration: lambda("token"),
          PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: lambda("token") },
        },
      },
    ],
    [
      "settings that are given in part",
      {
        AdminCreateUserConfig: {},
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
        EmailConfiguration: { ReplyToEmailAddress: "b@example.com" },
        DcrConfiguration: { AllowedScopes: ["a/read"] },
        KeyConfiguration: {},
        IssuerConfiguration: {},
        UserAttributeUpdateSettings: {},
        AccountRecoverySetting: {},
        VerificationMessageTemplate: {},
        Policies: { SignInPolicy: {} },
      },
      {
        AdminCreateUserConfig: recorded.created.AdminCreateUserConfig,
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
        EmailConfiguration: { ReplyToEmailAddress: "b@example.com", EmailSendingAccount: "COGNITO_DEFAULT" },
        DcrConfiguration: { EnableStatus: "Enabled", OpenDcrEnabled: false, AllowedScopes: ["a/read"] },
      },
    ],
    ["no attributes chosen are none", { AutoVerifiedAttributes: [], AliasAttributes: [], UsernameAttributes: [] }, {}],
    [
      "names to sign in with",
      { UsernameAttributes: ["email", "phone_number"] },
      { UsernameAttributes: ["email", "phone_number"] },
    ],
  ];

  for (const [what, given, answered] of completed) {
    test(`completes what is left out: ${what}`, async () => {
      const { Id, Arn, CreationDate, LastModifiedDate, ...described } = await describe((await create(given)).Id);
      assert.deepEqual(described, { ...recorded.described, UserPoolTier: "ESSENTIALS", ...answered });
    });
  }

  test("AWS's own attributes can be required, fixed and limited; others come after them under their prefix", async () => {
    const schema: SchemaAttributeType[] = [
      { Name: "team", AttributeDataType: "String" },
      { Name: "email", AttributeDataType: "String", Required: true, Mutable: false },
      { Name: "name", StringAttributeConstraints: { MinLength: "1", MaxLength: "40" } },
      { Name: "updated_at", NumberAttributeConstraints: { MinValue: "5", MaxValue: "6" } },
      { Name: "sub", Required: false, Mutable: true },
      { Name: "age", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "0", MaxValue: "150" } },
      { Name: "since", AttributeDataType: "DateTime", Mutable: false },
      { Name: "is_known", AttributeDataType: "Boolean", DeveloperOnlyAttribute: true },
      { Name: "custom:code", AttributeDataType: "String", StringAttributeConstraints: { MaxLength: "2048" } },
      { Name: "level", AttributeDataType: "Number" },
    ];
    const { Id, SchemaAttributes = [] } = await create({ Schema: schema });
    const common = { DeveloperOnlyAttribute: false, Mutable: true, Required: false };
    const own: SchemaAttributeType[] = [
      { ...common, Name: "custom:team", AttributeDataType: "String", StringAttributeConstraints: {} },
      {
        ...common,
        Name: "custom:age",
        AttributeDataType: "Number",
        NumberAttributeConstraints: { MinValue: "0", MaxValue: "150" },
      },
      { ...common, Name: "custom:since", AttributeDataType: "DateTime", Mutable: false },
      { ...common, Name: "dev:custom:is_known", AttributeDataType: "Boolean", DeveloperOnlyAttribute: true },
      {
        ...common,
        Name: "custom:custom:code",
        AttributeDataType: "String",
        StringAttributeConstraints: { MaxLength: "2048" },
      },
      { ...common, Name: "custom:level", AttributeDataType: "Number" },
    ];
    const changes = new Map<string | undefined, Partial<SchemaAttributeType>>([
      ["email", { Required: true, Mutable: false }],
      ["name", { StringAttributeConstraints: { MinLength: "1", MaxLength: "40" } }],
      ["updated_at", { NumberAttributeConstraints: { MinValue: "5", MaxValue: "6" } }],
    ]);
    const changed = (attributes: readonly SchemaAttributeType[] = []) => [
      ...attributes.map((attribute) => ({ ...attribute, ...changes.get(attribute.Name) })),
      ...own,
    ];
    assert.deepEqual(SchemaAttributes, changed(recorded.created.SchemaAttributes));
    assert.deepEqual((await describe(Id)).SchemaAttributes, changed(recorded.described.SchemaAttributes));
  });

  const refusedSchemas: [schema: SchemaAttributeType[], message: string][] = [
    [
      [{ AttributeDataType: "String" }],
      "1 validation error detected: Value null at 'schema.1.member.name' failed to satisfy constraint: Member must not be null",
    ],
    [
      [{ Name: "email", AttributeDataType: "Number" }],
      "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
    ],
    [
      [{ Name: "email", AttributeDataType: "String", DeveloperOnlyAttribute: true }],
      "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
    ],
    [[{ Name: "team" }], "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."],
    [
      [{ Name: "team", AttributeDataType: "String", Required: true }],
      "Required custom attributes are not supported currently.",
    ],
    [
      [
        { Name: "team", AttributeDataType: "String" },
        { Name: "team", AttributeDataType: "Number" },
      ],
      "Duplicate custom attribute names custom:team are not allowed in a user pool schema.",
    ],
    [
      [{ Name: "email" }, { Name: "email" }],
      "Duplicate standard attribute names email are not allowed in a user pool schema.",
    ],
    [
      [{ Name: "name", StringAttributeConstraints: { MinLength: "2", MaxLength: "1" } }],
      "user.name: Max length cannot be less than min length.",
    ],
    [
      [{ Name: "name", StringAttributeConstraints: { MaxLength: "2049" } }],
      "user.name: String attributes cannot have a length of more than 2048",
    ],
    [
      [{ Name: "team", AttributeDataType: "String", StringAttributeConstraints: { MinLength: "2", MaxLength: "1" } }],
      "Attribute custom:team cannot have a max length shorter than it's min length",
    ],
    [
      [{ Name: "updated_at", NumberAttributeConstraints: { MinValue: "2", MaxValue: "1" } }],
      "user.updated_at: Max value cannot be less than min value.",
    ],
    [
      [{ Name: "age", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "2", MaxValue: "1" } }],
      "Attribute custom:age cannot have a max value smaller than it's min value",
    ],
    [
      [{ Name: "age", AttributeDataType: "Number", NumberAttributeConstraints: { MaxValue: "ten" } }],
      "Invalid NumberAttributeConstraints for schema attribute custom:age",
    ],
  ];

  for (const [Schema, message] of refusedSchemas) {
    test(`refuses a schema: ${message}`, async () => {
      const before = await count();
      assert.deepEqual(await refused(create({ Schema })), invalid(message));
      assert.equal(await count(), before);
    });
  }

  const firstFactors = (
    ...AllowedFirstAuthFactors: ("PASSWORD" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN" | "SOFTWARE_TOKEN")[]
  ) => ({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
  });
  const contradictions: [given: Partial<CreateUserPoolCommandInput>, message: string][] = [
    [
      { AliasAttributes: ["email"], UsernameAttributes: ["email"] },
      "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
    ],
    [
      { AutoVerifiedAttributes: ["phone_number"] },
      "SMS configuration is required when phone_number is selected for auto verification",
    ],
    [
      {
        AutoVerifiedAttributes: ["email"],
        SmsConfiguration: sms,
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["phone_number"] },
      },
      "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes",
    ],
    [
      { MfaConfiguration: "ON" },
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    ],
    [
      { MfaConfiguration: "OPTIONAL" },
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    ],
    [firstFactors("EMAIL_OTP"), "Password should be configured as one of the allowed first auth factors."],
    [
      firstFactors("PASSWORD", "SOFTWARE_TOKEN"),
      "SOFTWARE_TOKEN can not be configured as one of the first auth factors",
    ],
    [
      firstFactors("PASSWORD", "SMS_OTP"),
      "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration",
    ],
    [
      { ...firstFactors("PASSWORD", "EMAIL_OTP"), MfaConfiguration: "ON", SmsConfiguration: sms },
      "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled",
    ],
    [
      { ...firstFactors("PASSWORD", "WEB_AUTHN"), MfaConfiguration: "ON", SmsConfiguration: sms },
      "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA",
    ],
    [
      {
        Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } },
        AdminCreateUserConfig: { UnusedAccountValidityDays: 7 },
      },
      "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    ],
    [
      { AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: "Hi {username}" } } },
      "1 validation error detected: Value 'Hi {username}' at 'adminCreateUserConfig.inviteMessage.emailMessage' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*",
    ],
    [
      { AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: "Hi {username}" } } },
      "1 validation error detected: Value 'Hi {username}' at 'adminCreateUserConfig.inviteMessage.smsMessage' failed to satisfy constraint: Member must satisfy regular expression pattern: (?s).*\\{####\\}(?s).*",
    ],
    [
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Priority: 1, Name: "verified_email" },
            { Priority: 1, Name: "verified_phone_number" },
          ],
        },
      },
      "Invalid account recovery setting parameter. Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.",
    ],
    [
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Priority: 1, Name: "admin_only" },
            { Priority: 2, Name: "verified_email" },
          ],
        },
      },
      "Invalid account recovery setting parameter. Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
    ],
    [
      { EmailConfiguration: { EmailSendingAccount: "DEVELOPER" } },
      "Source ARN is required to use DEVELOPER email sending owner",
    ],
    [{ EmailConfiguration: { From: "Ann at home" } }, "Provided From email address is invalid"],
    [
      {
        SmsConfiguration: {
          SnsCallerArn: sms.SnsCallerArn,
          EumsSms: { CallerArn: sms.SnsCallerArn, Region: "eu-west-1" },
        },
      },
      "The Region of EumsSms must be us-east-1, the Region of the user pool",
    ],
    [{ LambdaConfig: { PreSignUp: lambda("a", "eu-west-1") } }, "Cross-region lambda functions are not supported"],
    [
      { LambdaConfig: { InboundFederation: { LambdaVersion: "V1_0", LambdaArn: lambda("a", "eu-west-1") } } },
      "Cross-region lambda functions are not supported",
    ],
    [
      { LambdaConfig: { CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: lambda("a") } } },
      "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
    ],
    [
      {
        LambdaConfig: {
          PreTokenGeneration: lambda("a"),
          PreTokenGenerationConfig: { LambdaVersion: "V1_0", LambdaArn: lambda("b") },
        },
      },
      "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
    ],
    [
      { AcrConfiguration: { Level5: { AcrValue: "urn:example" } } },
      "Invalid AcrConfiguration: Level5 is not one of Level1, Level2, Level3, Level4",
    ],
    [
      { AcrConfiguration: { Level1: { AcrValue: "urn:cognito:loa:2" } } },
      "Invalid AcrConfiguration: each level must have a name of its own",
    ],
  ];

  for (const [given, message] of contradictions) {
    test(`refuses: ${message} (${Object.keys(given).join(", ")})`, async () => {
      const before = await count();
      assert.deepEqual(await refused(create(given)), invalid(message));
      assert.equal(await count(), before);
    });
  }

  test("an invitation need not tell a password where there are other ways in", async () => {
    const AdminCreateUserConfig = { InviteMessageTemplate: { EmailMessage: "Hi {username}" } };
    const pool = await create({ ...firstFactors("PASSWORD", "EMAIL_OTP"), AdminCreateUserConfig });
    assert.equal(pool.AdminCreateUserConfig?.InviteMessageTemplate?.EmailMessage, "Hi {username}");
  });

  test("an id that a test chose, once, and of the region", async () => {
    const tagged = (id: string) => create({ UserPoolTags: { _custom_id_: id } });
    assert.equal((await tagged("us-east-1_mypool")).Id, "us-east-1_mypool");
    assert.deepEqual(
      await refused(tagged("us-east-1_mypool")),
      invalid("There is a user pool us-east-1_mypool already."),
    );
    for (const id of ["eu-west-1_mypool", "mypool", "us-east-1_my/pool"]) {
      assert.deepEqual(
        await refused(tagged(id)),
        invalid("The tag _custom_id_ must be an id of a user pool in us-east-1."),
      );
    }
  });

  const abovePlan: [plan: "LITE" | "ESSENTIALS", features: string, given: Partial<CreateUserPoolCommandInput>][] = [
    ["ESSENTIALS", "Threat Protection", { UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } }],
    ["LITE", "Passwordless Sign-In", firstFactors("PASSWORD", "EMAIL_OTP")],
    [
      "LITE",
      "Token Customization with Pre-Token Generation Lambda V2_0",
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: lambda("a") } } },
    ],
    ["LITE", "Password History", { Policies: { PasswordPolicy: { PasswordHistorySize: 1 } } }],
    ["LITE", "Dynamic Client Registration", { DcrConfiguration: {} }],
    ["LITE", "Authentication Context Class References", { AcrConfiguration: { Level1: { AcrValue: "urn:example" } } }],
    [
      "LITE",
      "Threat Protection, Passwordless Sign-In",
      { UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" }, ...firstFactors("PASSWORD", "EMAIL_OTP") },
    ],
  ];

  for (const [plan, features, given] of abovePlan) {
    test(`refuses what the plan ${plan} has not: ${features}`, async () => {
      assert.deepEqual(await refused(create({ ...given, UserPoolTier: plan })), {
        code: "FeatureUnavailableInTierException",
        message: `The following features need to be disabled for the ${plan} pricing tier configured: ${features}`,
        status: 400,
      });
      await create({ ...given, UserPoolTier: "PLUS" });
    });
  }

  test("tags: as many as 50, none of AWS's own", async () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`key-${at}`, "value"]));
    assert.deepEqual((await create({ UserPoolTags: tags(50) })).UserPoolTags, tags(50));
    assert.deepEqual(await refused(create({ UserPoolTags: tags(51) })), {
      code: "UserPoolTaggingException",
      message: "A user pool can have as many as 50 tags.",
      status: 400,
    });
    assert.deepEqual(await refused(create({ UserPoolTags: { "AWS:team": "a" } })), {
      code: "UserPoolTaggingException",
      message: "aws: prefixed tag key names are not allowed for external use.",
      status: 400,
    });
  });

  test("what the API's own limits forbid is refused before anything else", async () => {
    assert.deepEqual(
      await refused(create({ PoolName: "no?", AliasAttributes: ["email"], UsernameAttributes: ["email"] })),
      invalid(
        "1 validation error detected: Value 'no?' at 'poolName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+",
      ),
    );
  });

  test("a user needs permission on everything, which tags may narrow", async () => {
    const ann = await userWithKey(
      h,
      "ann",
      allow("cognito-idp:CreateUserPool", "*", { StringEquals: { "aws:RequestTag/team": "a" } }),
    );
    await create({ UserPoolTags: { team: "a" } }, ann.cognito);
    for (const UserPoolTags of [{ team: "b" }, undefined]) {
      assert.deepEqual(await refused(create({ UserPoolTags }, ann.cognito)), {
        code: "AccessDeniedException",
        message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: cognito-idp:CreateUserPool on resource: arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/* because no identity-based policy allows the cognito-idp:CreateUserPool action`,
        status: 400,
      });
    }
    const bob = await userWithKey(
      h,
      "bob",
      allow("cognito-idp:CreateUserPool", "*", { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } }),
    );
    await create({ UserPoolTags: { team: "b" } }, bob.cognito);
    assert.equal((await refused(create({ UserPoolTags: { owner: "b" } }, bob.cognito))).code, "AccessDeniedException");
    const eve = await userWithKey(
      h,
      "eve",
      allow("cognito-idp:CreateUserPool", `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/us-east-1_*`),
    );
    assert.equal((await refused(create({}, eve.cognito))).code, "AccessDeniedException");
  });
});

suite("CreateUserPool, with a key pair ready", async () => {
  const pair = keyPair();
  const h = await harness({ keyPairs: await onlyKeyPairs(pair) });
  const { store } = h.environment;

  test("stores key and certificate with the pool, in one transaction, and tells neither", async () => {
    await h.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    await h.environment.lastUsed.flush();
    await h.environment.serviceUses.flush();
    const before = store.statistics().writes;
    const created = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example" }));
    assert.equal(store.statistics().writes, before + 1);
    const UserPoolId = created.UserPool?.Id ?? "";
    const { Certificate } = await h.cognito.send(new GetSigningCertificateCommand({ UserPoolId }));
    assert.equal(store.statistics().writes, before + 1);
    const der = pair.privateKey.export({ type: "pkcs8", format: "der" });
    const key = await store.read((tx) => userPoolKeys.find(tx, UserPoolId, "saml-signing"));
    const sealed = Buffer.from(key?.private_key_sealed ?? []);
    assert.ok(sealed.length > der.length);
    const answers = JSON.stringify([
      created,
      Certificate,
      await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId })),
      await h.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 })),
    ]);
    // A stretch of the private exponent's part, which nothing else has.
    const part = der.subarray(400, 460);
    assert.ok(!sealed.includes(part));
    assert.ok(!Buffer.from(Certificate ?? "", "base64").includes(part));
    assert.ok(!answers.includes(der.toString("base64").slice(800, 880)));
    assert.ok(!answers.includes(sealed.toString("base64").slice(0, 80)));
  });
});

suite("CreateUserPool, at the quota", async () => {
  const h = await harness({ quotas: { UserPoolsPerRegion: 2 }, keyPairs: await onlyKeyPairs() });

  test("an account has so many pools in each region, also when they are asked for at once", async () => {
    const create = (cognito = h.cognito) => cognito.send(new CreateUserPoolCommand({ PoolName: "example" }));
    const outcomes = await Promise.allSettled([create(), create(), create(), create()]);
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 2);
    assert.deepEqual(await refused(create()), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 2 user pools.",
      status: 400,
    });
    const { UserPools } = await h.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    assert.equal(UserPools?.length, 2);
    await create(h.as(h.root, "eu-west-1").cognito);
  });
});
