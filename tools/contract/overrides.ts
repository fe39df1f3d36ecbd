import type { Shape } from "../../server/src/contract/shape.ts";

/**
 * What neither source says, or says wrongly. Every line has its reason and the date it was written; join.ts refuses a
 * line that no longer changes anything, so that this file shrinks as the API models catch up.
 */
export interface Overrides {
  /** `Structure.Member` to a shape, for members that only the SDK knows and that have no name there. */
  readonly members: Readonly<Record<string, Line<string>>>;
  /** Shapes that the API model lacks altogether; members above refer to them. */
  readonly shapes: Readonly<Record<string, Line<Shape>>>;
  /** What to compile instead of a pattern that JavaScript does not accept, or that AWS does not hold callers to. */
  readonly patterns: Readonly<Record<string, PatternLine>>;
  /** The HTTP status observed on the wire, where it is not the model's. */
  readonly statuses: Readonly<Record<string, Line<number>>>;
}

export interface Line<T> {
  readonly is: T;
  readonly because: string;
  readonly on: string;
}

export interface PatternLine extends Line<string> {
  /** True where the model's pattern would compile, and AWS accepts what it refuses. */
  readonly widens?: true;
}

const on = "2026-11-22";

const sameMember = { on, because: "103 of the 105 UserPoolId members in the model have this shape" };
const onlyKind = { on, because: "the model's general shape of this kind; neither kind has limits" };
const example = { on, because: "list and map names as in the SDK's command examples" };
const pageKey = { on, because: "NextToken of the user lists (AdminListGroupsForUser) has this shape" };
const sessionId = { on, because: "documented: 28 letters and digits; which ones is left to the operation" };
const enumOrder = { on, because: "the SDK sorts its enums; AWS's order is that of the SDK's command examples" };
const acr = { on, because: "Level1 to Level4 and free names in prose; the declarations say string, so not an enum" };
const noLimit = { on, because: "output only: the lengths in its prose bind the service, not a caller" };

export const iamOverrides: Overrides = { members: {}, shapes: {}, patterns: {}, statuses: {} };

export const stsOverrides: Overrides = {
  members: {},
  shapes: {},
  patterns: {
    federatedIdType: { is: "[\\w+=,.@:-]*", on, because: "`\\:` is not an escape with the u flag; the colon is meant" },
  },
  statuses: {},
};

const observed400 = {
  on,
  because: "recorded answers carry 400: aws-sdk-cpp#1789, aws-sdk-php#2183, amazon-cognito-identity-js#192",
};
const always400 = {
  on,
  because: "inferred: httpError says otherwise, but every recorded client error of this service is a 400",
};

export const cognitoOverrides: Overrides = {
  members: {
    "AdminListUserSessionsRequest.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "AdminListUserSessionsRequest.NextToken": { is: "PaginationKey", ...pageKey },
    "AdminListUserSessionsResponse.NextToken": { is: "PaginationKey", ...pageKey },
    "AdminRevokeUserSessionRequest.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "AdminRevokeUserSessionRequest.SessionId": { is: "SessionIdType", ...sessionId },
    "GetUserPoolClientSessionConfigurationRequest.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "GetUserPoolClientSessionConfigurationResponse.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "GetUserPoolSessionConfigurationRequest.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "GetUserPoolSessionConfigurationResponse.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "ListUserSessionsRequest.NextToken": { is: "PaginationKey", ...pageKey },
    "ListUserSessionsResponse.NextToken": { is: "PaginationKey", ...pageKey },
    "RevokeUserSessionRequest.SessionId": { is: "SessionIdType", ...sessionId },
    "SetUserPoolClientSessionConfigurationRequest.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "SetUserPoolClientSessionConfigurationResponse.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "SetUserPoolSessionConfigurationRequest.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "SetUserPoolSessionConfigurationResponse.UserPoolId": { is: "UserPoolIdType", ...sameMember },
    "SessionDescriptionType.SessionId": { is: "SessionIdType", ...sessionId },
    "SessionDescriptionType.OriginSessionId": { is: "SessionIdType", ...sessionId },
    "SessionDescriptionType.CreateDate": { is: "DateType", ...onlyKind },
    "SessionDescriptionType.LastActiveDate": { is: "DateType", ...onlyKind },
    "SessionDescriptionType.DeviceType": { is: "StringType", ...noLimit },
    "SessionDescriptionType.IsCurrentSession": { is: "BooleanType", ...onlyKind },
    "SessionLocationType.City": { is: "StringType", ...noLimit },
    "SessionLocationType.Country": { is: "StringType", ...noLimit },
    "ClientSSOSessionConfigType.MaxValidityMinutes": {
      is: "MaxValidityMinutesType",
      on,
      because: "ours: the SDK's integers have no names",
    },
    "UserPoolTokenSessionConfigType.MaxPerUser": {
      is: "MaxPerUserType",
      on,
      because: "ours: the SDK's integers have no names",
    },
    "AdminRespondToAuthChallengeResponse.AvailableChallenges": { is: "AvailableChallengeListType", ...example },
    "RespondToAuthChallengeResponse.AvailableChallenges": { is: "AvailableChallengeListType", ...example },
    "CreateIdentityProviderRequest.AcrMapping": { is: "AcrMappingType", ...example },
    "UpdateIdentityProviderRequest.AcrMapping": { is: "AcrMappingType", ...example },
    "IdentityProviderType.AcrMapping": { is: "AcrMappingType", ...example },
    "AcrMappingType.key": { is: "StringType", ...acr },
    "AcrMappingType.value": { is: "StringType", ...acr },
    "AcrConfigurationType.key": { is: "StringType", ...acr },
    "AcrLevelConfigType.AcrValue": { is: "StringType", ...acr },
    "DcrConfigurationType.OpenDcrEnabled": { is: "BooleanType", ...onlyKind },
    "DcrConfigurationType.AuthenticatedGrantTypes": { is: "OAuthFlowsType", ...example },
    "DcrConfigurationType.OpenDcrGrantTypes": { is: "OAuthFlowsType", ...example },
    "DcrConfigurationType.AllowedScopes": { is: "ScopeListType", ...example },
  },
  shapes: {
    SessionIdType: { is: { type: "string", min: 28, max: 28 }, ...sessionId },
    SessionTypeType: { is: { type: "string", enum: ["TOKEN", "SSO"] }, ...enumOrder },
    RevokeAssociatedSessionsType: { is: { type: "string", enum: ["NONE", "LINKED"] }, ...enumOrder },
    ClientTypeType: { is: { type: "string", enum: ["REGULAR", "DCR"] }, ...enumOrder },
    UserSessionTrackingType: { is: { type: "string", enum: ["ENABLED", "DISABLED"] }, ...enumOrder },
    MaxValidityMinutesType: {
      is: { type: "integer", min: 0, max: 129600 },
      on,
      because: "documented beside ClientSSOSessionConfigType.MaxValidityMinutes; an int in the SDK's example",
    },
    MaxPerUserType: {
      is: { type: "integer", min: 1, max: 100 },
      on,
      because: "documented beside UserPoolTokenSessionConfigType.MaxPerUser; an int in the SDK's example",
    },
  },
  patterns: {
    DomainType: {
      is: "[\\s\\S]*",
      widens: true,
      on,
      because:
        "custom domains have dots; AWS refuses prefixes in words of its own: mineiros-io/terraform-aws-cognito-user-pool#69",
    },
    SmsInviteMessageType: {
      is: "[\\s\\S]*",
      on,
      because: "`(?s)` is Java's way of saying that a dot matches line ends",
    },
  },
  statuses: {
    NotAuthorizedException: { is: 400, ...observed400 },
    ResourceNotFoundException: { is: 400, ...observed400 },
    UserNotFoundException: { is: 400, ...observed400 },
    AccessDeniedException: { is: 400, ...always400 },
    FeatureUnavailableInTierException: { is: 400, ...always400 },
    ForbiddenException: { is: 400, ...always400 },
    TierChangeNotAllowedException: { is: 400, ...always400 },
    TooManyRequestsException: { is: 400, ...always400 },
    UnauthorizedException: { is: 400, ...always400 },
  },
};
