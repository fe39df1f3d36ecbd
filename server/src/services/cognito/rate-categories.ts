/**
 * The categories that AWS counts requests in, with what may come in a second, and their operations (developer guide,
 * "Amazon Cognito user pools API operation categories and request rate quotas", 2026). What the guide does not name is put
 * with its like. Requests to a pool's domain count as the operations that do the same, and here is what no operation does.
 */
import type { CognitoApi } from "../../contract/cognito.ts";

/** Requests per second. */
export const rates = {
  UserAuthentication: 120,
  UserCreation: 50,
  UserFederation: 25,
  UserAccountRecovery: 30,
  UserRead: 120,
  UserUpdate: 25,
  UserToken: 120,
  UserResourceRead: 50,
  UserResourceUpdate: 25,
  UserList: 30,
  UserPoolRead: 15,
  UserPoolUpdate: 15,
  UserPoolResourceRead: 20,
  UserPoolResourceUpdate: 15,
  UserPoolClientRead: 15,
  UserPoolClientUpdate: 15,
  ClientAuthentication: 150,
} as const;

export type CategoryName = keyof typeof rates;

type Name = keyof CognitoApi;

const operations: Readonly<Record<Exclude<CategoryName, "UserFederation">, readonly Name[]>> = {
  UserAuthentication: [
    "InitiateAuth",
    "AdminInitiateAuth",
    "RespondToAuthChallenge",
    "AdminRespondToAuthChallenge",
    "GetTokensFromRefreshToken",
  ],
  UserCreation: ["SignUp", "ConfirmSignUp", "AdminCreateUser", "AdminConfirmSignUp"],
  UserAccountRecovery: [
    "ForgotPassword",
    "ConfirmForgotPassword",
    "ChangePassword",
    "AdminSetUserPassword",
    "AdminResetUserPassword",
  ],
  UserRead: ["GetUser", "AdminGetUser"],
  UserUpdate: [
    "AdminAddUserToGroup",
    "AdminDeleteUser",
    "AdminDeleteUserAttributes",
    "AdminDisableProviderForUser",
    "AdminDisableUser",
    "AdminEnableUser",
    "AdminLinkProviderForUser",
    "AdminRemoveUserFromGroup",
    "AdminUpdateUserAttributes",
    "AdminUserGlobalSignOut",
    "DeleteUser",
    "DeleteUserAttributes",
    "GlobalSignOut",
    "UpdateUserAttributes",
    "VerifyUserAttribute",
  ],
  UserToken: ["RevokeToken"],
  UserResourceRead: [
    "AdminGetDevice",
    "AdminGetUserAuthFactors",
    "AdminListDevices",
    "AdminListGroupsForUser",
    "AdminListUserAuthEvents",
    "AdminListUserSessions",
    "GetDevice",
    "GetUserAttributeVerificationCode",
    "GetUserAuthFactors",
    "ListDevices",
    "ListUserSessions",
    "ListWebAuthnCredentials",
    "ResendConfirmationCode",
  ],
  UserResourceUpdate: [
    "AdminDeleteSoftwareToken",
    "AdminForgetDevice",
    "AdminRevokeUserSession",
    "AdminSetUserMFAPreference",
    "AdminSetUserSettings",
    "AdminUpdateAuthEventFeedback",
    "AdminUpdateDeviceStatus",
    "AssociateSoftwareToken",
    "CompleteWebAuthnRegistration",
    "ConfirmDevice",
    "DeleteWebAuthnCredential",
    "ForgetDevice",
    "RevokeUserSession",
    "SetUserMFAPreference",
    "SetUserSettings",
    "StartWebAuthnRegistration",
    "UpdateAuthEventFeedback",
    "UpdateDeviceStatus",
    "VerifySoftwareToken",
  ],
  UserList: ["ListUsers", "ListUsersInGroup"],
  UserPoolRead: ["DescribeUserPool", "ListUserPools", "ListUserPoolReplicas"],
  UserPoolUpdate: [
    "CreateUserPool",
    "CreateUserPoolReplica",
    "DeleteUserPool",
    "DeleteUserPoolReplica",
    "UpdateUserPool",
    "UpdateUserPoolReplica",
  ],
  UserPoolResourceRead: [
    "DescribeIdentityProvider",
    "DescribeManagedLoginBranding",
    "DescribeManagedLoginBrandingByClient",
    "DescribeResourceServer",
    "DescribeRiskConfiguration",
    "DescribeTerms",
    "DescribeTermsByClient",
    "DescribeUserImportJob",
    "DescribeUserPoolDomain",
    "GetCSVHeader",
    "GetGroup",
    "GetIdentityProviderByIdentifier",
    "GetLogDeliveryConfiguration",
    "GetProvisionedLimit",
    "GetSigningCertificate",
    "GetUICustomization",
    "GetUserPoolClientSessionConfiguration",
    "GetUserPoolMfaConfig",
    "GetUserPoolSessionConfiguration",
    "ListGroups",
    "ListIdentityProviders",
    "ListResourceServers",
    "ListTagsForResource",
    "ListTerms",
    "ListUserImportJobs",
  ],
  UserPoolResourceUpdate: [
    "AddCustomAttributes",
    "CreateGroup",
    "CreateIdentityProvider",
    "CreateManagedLoginBranding",
    "CreateResourceServer",
    "CreateTerms",
    "CreateUserImportJob",
    "CreateUserPoolDomain",
    "DeleteGroup",
    "DeleteIdentityProvider",
    "DeleteManagedLoginBranding",
    "DeleteResourceServer",
    "DeleteTerms",
    "DeleteUserPoolDomain",
    "SetLogDeliveryConfiguration",
    "SetRiskConfiguration",
    "SetUICustomization",
    "SetUserPoolClientSessionConfiguration",
    "SetUserPoolMfaConfig",
    "SetUserPoolSessionConfiguration",
    "StartUserImportJob",
    "StopUserImportJob",
    "TagResource",
    "UntagResource",
    "UpdateGroup",
    "UpdateIdentityProvider",
    "UpdateManagedLoginBranding",
    "UpdateProvisionedLimit",
    "UpdateResourceServer",
    "UpdateTerms",
    "UpdateUserPoolDomain",
  ],
  UserPoolClientRead: ["DescribeUserPoolClient", "ListUserPoolClientSecrets", "ListUserPoolClients"],
  UserPoolClientUpdate: [
    "AddUserPoolClientSecret",
    "CreateUserPoolClient",
    "DeleteUserPoolClient",
    "DeleteUserPoolClientSecret",
    "UpdateUserPoolClient",
  ],
  ClientAuthentication: ["GetClientToken"],
};

export interface RateCategory {
  readonly name: CategoryName;
  /** A further step of a sign-in. */
  readonly isChallenge: boolean;
  /** As often as the category, but counted by itself. */
  readonly apart?: string;
}

/** Codes for tokens are limited as UserAuthentication is, and take nothing from it (AWS re:Post, an answer of AWS's). */
export const redeemingCodes = "domain:authorization_code";
/** A sign-in through an identity provider, where it comes back. */
export const federating = "domain:idpresponse";

const challenges: ReadonlySet<string> = new Set<Name>(["RespondToAuthChallenge", "AdminRespondToAuthChallenge"]);

const byAction: ReadonlyMap<string, RateCategory> = new Map<string, RateCategory>([
  [redeemingCodes, { name: "UserAuthentication", isChallenge: false, apart: "codes" }],
  [federating, { name: "UserFederation", isChallenge: false }],
  ...Object.entries(operations).flatMap(([name, its]) =>
    its.map((operation): [string, RateCategory] => [
      `cognito-idp:${operation}`,
      { name: name as CategoryName, isChallenge: challenges.has(operation) }, // the table's own keys
    ]),
  ),
]);

/** Of an action as policies name it; undefined for services without such limits. */
export function categoryOf(action: string): RateCategory | undefined {
  return byAction.get(action);
}
