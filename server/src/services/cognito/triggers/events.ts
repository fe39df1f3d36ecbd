/*
 * The Lambda triggers of a user pool: what each is told and what it may answer, with the members of the Cognito
 * Developer Guide's pages "… Lambda trigger parameters" (2026), in their spelling.
 */

export type StringMap = Readonly<Record<string, string>>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** What ClientMetadata of an API request brings, and for a few triggers ValidationData. */
interface WithClientMetadata {
  readonly clientMetadata?: StringMap | undefined;
}

interface WithUser extends WithClientMetadata {
  /** Of a user that exists: its attributes, `sub` and `cognito:user_status` among them. */
  readonly userAttributes: StringMap;
}

interface WithValidation {
  readonly validationData?: StringMap | undefined;
}

interface MaybeUser extends WithUser {
  /** Given where the app client's PreventUserExistenceErrors is ENABLED. */
  readonly userNotFound?: boolean | undefined;
}

/** One step of a custom authentication. */
export interface ChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string | undefined;
}

export interface GroupConfiguration {
  readonly groupsToOverride?: readonly string[] | undefined;
  readonly iamRolesToOverride?: readonly string[] | undefined;
  readonly preferredRole?: string | undefined;
}

export interface ClaimChanges {
  /** Version V1_0 takes strings alone. */
  readonly claimsToAddOrOverride: Readonly<Record<string, Json>>;
  readonly claimsToSuppress: readonly string[];
}

export interface AccessClaimChanges extends ClaimChanges {
  readonly scopesToAdd: readonly string[];
  readonly scopesToSuppress: readonly string[];
}

/** Whichever version the function speaks; V1_0 leaves the access token's claims as they are. */
export interface TokenChanges {
  readonly idTokenGeneration: ClaimChanges;
  readonly accessTokenGeneration: AccessClaimChanges;
  /** Undefined leaves the groups as they are; an empty one takes them all away. */
  readonly groupOverrideDetails: GroupConfiguration | undefined;
}

/** What a function answers to look at, not to change anything. */
export type Nothing = Readonly<Record<never, never>>;

export type CodeOccasion =
  | "SignUp"
  | "AdminCreateUser"
  | "ResendCode"
  | "ForgotPassword"
  | "UpdateUserAttribute"
  | "VerifyUserAttribute"
  | "Authentication";

/** Each trigger by its name in LambdaConfig: its sources, the request of its event, and its answer once it is checked. */
export interface TriggerEvents {
  readonly PreSignUp: {
    readonly source: "PreSignUp_SignUp" | "PreSignUp_AdminCreateUser" | "PreSignUp_ExternalProvider";
    readonly request: WithUser & WithValidation;
    readonly response: {
      readonly autoConfirmUser: boolean;
      readonly autoVerifyEmail: boolean;
      readonly autoVerifyPhone: boolean;
    };
  };
  readonly PostConfirmation: {
    readonly source: "PostConfirmation_ConfirmSignUp" | "PostConfirmation_ConfirmForgotPassword";
    readonly request: WithUser;
    readonly response: Nothing;
  };
  readonly PreAuthentication: {
    readonly source: "PreAuthentication_Authentication";
    readonly request: MaybeUser & WithValidation;
    readonly response: Nothing;
  };
  readonly PostAuthentication: {
    readonly source: "PostAuthentication_Authentication";
    readonly request: WithUser & { readonly newDeviceUsed: boolean };
    readonly response: Nothing;
  };
  readonly DefineAuthChallenge: {
    readonly source: "DefineAuthChallenge_Authentication";
    readonly request: MaybeUser & { readonly session: readonly ChallengeResult[] };
    readonly response: {
      readonly challengeName: string | undefined;
      readonly issueTokens: boolean;
      readonly failAuthentication: boolean;
    };
  };
  readonly CreateAuthChallenge: {
    readonly source: "CreateAuthChallenge_Authentication";
    readonly request: MaybeUser & { readonly challengeName: string; readonly session: readonly ChallengeResult[] };
    readonly response: {
      readonly publicChallengeParameters: StringMap;
      readonly privateChallengeParameters: StringMap;
      readonly challengeMetadata: string | undefined;
    };
  };
  readonly VerifyAuthChallengeResponse: {
    readonly source: "VerifyAuthChallengeResponse_Authentication";
    readonly request: MaybeUser & {
      readonly privateChallengeParameters: StringMap;
      readonly challengeAnswer: string;
    };
    readonly response: { readonly answerCorrect: boolean };
  };
  readonly PreTokenGeneration: {
    readonly source:
      | "TokenGeneration_Authentication"
      | "TokenGeneration_NewPasswordChallenge"
      | "TokenGeneration_AuthenticateDevice"
      | "TokenGeneration_RefreshTokens"
      | "TokenGeneration_HostedAuth"
      | "TokenGeneration_ClientCredentials";
    /** `scopes` are told to V2_0 and V3_0 alone. */
    readonly request: WithUser & {
      /** Undefined for machines. */
      readonly groupConfiguration: GroupConfiguration | undefined;
      readonly scopes: readonly string[];
    };
    readonly response: TokenChanges;
  };
  readonly UserMigration: {
    readonly source: "UserMigration_Authentication" | "UserMigration_ForgotPassword";
    readonly request: WithClientMetadata & WithValidation & { readonly password?: string | undefined };
    readonly response: {
      readonly userAttributes: StringMap;
      readonly finalUserStatus: "CONFIRMED" | "RESET_REQUIRED" | undefined;
      readonly messageAction: "SUPPRESS" | "RESEND" | undefined;
      readonly desiredDeliveryMediums: readonly ("SMS" | "EMAIL")[] | undefined;
      readonly forceAliasCreation: boolean;
      readonly enableSMSMFA: boolean;
    };
  };
  readonly CustomMessage: {
    readonly source: `CustomMessage_${CodeOccasion}`;
    readonly request: WithUser & {
      /** The placeholder that the message must hold, never the code itself: `{####}`. */
      readonly codeParameter: string;
      /** The placeholder of the name, in invitations: `{username}`. */
      readonly usernameParameter?: string | undefined;
      /** The placeholder of the link, where the pool verifies by link. */
      readonly linkParameter?: string | undefined;
    };
    readonly response: {
      readonly smsMessage: string | undefined;
      readonly emailMessage: string | undefined;
      readonly emailSubject: string | undefined;
    };
  };
  readonly InboundFederation: {
    readonly source: "InboundFederation_ExternalProvider";
    readonly request: {
      readonly providerName: string;
      readonly providerType: "OIDC" | "SAML" | "Facebook" | "Google" | "SignInWithApple" | "LoginWithAmazon";
      readonly attributes: {
        readonly tokenResponse?: { readonly [member: string]: Json } | undefined;
        readonly idToken?: { readonly [member: string]: Json } | undefined;
        readonly userInfo?: { readonly [member: string]: Json } | undefined;
        readonly samlResponse?: { readonly [member: string]: Json } | undefined;
      };
    };
    readonly response: {
      /** Undefined keeps all attributes as they came; otherwise those that are not named are dropped. */
      readonly userAttributesToMap: StringMap | undefined;
    };
  };
}

export type Trigger = keyof TriggerEvents;

/** Triggers that deliver messages in the pool's place, and are told codes that AWS KMS has encrypted. */
export type SenderTrigger = "CustomEmailSender" | "CustomSMSSender";

/** What a caller says of one event; the pool brings the rest. */
export interface TriggerCall<T extends Trigger> {
  readonly triggerSource: TriggerEvents[T]["source"];
  readonly userName: string;
  /** Undefined where no app client has part in it, as with AdminCreateUser. */
  readonly clientId: string | undefined;
  /** Of the API request, from which `callerContext.awsSdkVersion` is read. */
  readonly userAgent?: string | undefined;
  readonly request: TriggerEvents[T]["request"];
}
