import type { CognitoApi } from "../../contract/cognito.ts";
import type { OperationTable } from "../operation.ts";

/** The user pools' table of contents, by resource. */
export const cognitoOperations = {
  CreateUserPool: () => import("./user-pools/CreateUserPool.ts"),
  DescribeUserPool: () => import("./user-pools/DescribeUserPool.ts"),
  ListUserPools: () => import("./user-pools/ListUserPools.ts"),
  UpdateUserPool: () => import("./user-pools/UpdateUserPool.ts"),
  DeleteUserPool: () => import("./user-pools/DeleteUserPool.ts"),

  CreateUserPoolClient: () => import("./app-clients/CreateUserPoolClient.ts"),
  DescribeUserPoolClient: () => import("./app-clients/DescribeUserPoolClient.ts"),
  ListUserPoolClients: () => import("./app-clients/ListUserPoolClients.ts"),
  UpdateUserPoolClient: () => import("./app-clients/UpdateUserPoolClient.ts"),
  DeleteUserPoolClient: () => import("./app-clients/DeleteUserPoolClient.ts"),
  AddUserPoolClientSecret: () => import("./app-clients/AddUserPoolClientSecret.ts"),
  ListUserPoolClientSecrets: () => import("./app-clients/ListUserPoolClientSecrets.ts"),
  DeleteUserPoolClientSecret: () => import("./app-clients/DeleteUserPoolClientSecret.ts"),

  AdminCreateUser: () => import("./users/AdminCreateUser.ts"),
  AdminGetUser: () => import("./users/AdminGetUser.ts"),
  ListUsers: () => import("./users/ListUsers.ts"),
  DeleteUser: () => import("./users/DeleteUser.ts"),
  AdminDeleteUser: () => import("./users/AdminDeleteUser.ts"),
  AdminEnableUser: () => import("./users/AdminEnableUser.ts"),
  AdminDisableUser: () => import("./users/AdminDisableUser.ts"),

  AdminLinkProviderForUser: () => import("./federated-users/AdminLinkProviderForUser.ts"),
  AdminDisableProviderForUser: () => import("./federated-users/AdminDisableProviderForUser.ts"),

  AddCustomAttributes: () => import("./attributes/AddCustomAttributes.ts"),
  UpdateUserAttributes: () => import("./attributes/UpdateUserAttributes.ts"),
  DeleteUserAttributes: () => import("./attributes/DeleteUserAttributes.ts"),
  GetUserAttributeVerificationCode: () => import("./attributes/GetUserAttributeVerificationCode.ts"),
  VerifyUserAttribute: () => import("./attributes/VerifyUserAttribute.ts"),
  AdminUpdateUserAttributes: () => import("./attributes/AdminUpdateUserAttributes.ts"),
  AdminDeleteUserAttributes: () => import("./attributes/AdminDeleteUserAttributes.ts"),

  CreateGroup: () => import("./groups/CreateGroup.ts"),
  GetGroup: () => import("./groups/GetGroup.ts"),
  ListGroups: () => import("./groups/ListGroups.ts"),
  UpdateGroup: () => import("./groups/UpdateGroup.ts"),
  DeleteGroup: () => import("./groups/DeleteGroup.ts"),
  AdminAddUserToGroup: () => import("./groups/AdminAddUserToGroup.ts"),
  AdminRemoveUserFromGroup: () => import("./groups/AdminRemoveUserFromGroup.ts"),
  AdminListGroupsForUser: () => import("./groups/AdminListGroupsForUser.ts"),
  ListUsersInGroup: () => import("./groups/ListUsersInGroup.ts"),

  CreateUserPoolDomain: () => import("./domains/CreateUserPoolDomain.ts"),
  DescribeUserPoolDomain: () => import("./domains/DescribeUserPoolDomain.ts"),
  UpdateUserPoolDomain: () => import("./domains/UpdateUserPoolDomain.ts"),
  DeleteUserPoolDomain: () => import("./domains/DeleteUserPoolDomain.ts"),

  CreateIdentityProvider: () => import("./identity-providers/CreateIdentityProvider.ts"),
  DescribeIdentityProvider: () => import("./identity-providers/DescribeIdentityProvider.ts"),
  GetIdentityProviderByIdentifier: () => import("./identity-providers/GetIdentityProviderByIdentifier.ts"),
  ListIdentityProviders: () => import("./identity-providers/ListIdentityProviders.ts"),
  UpdateIdentityProvider: () => import("./identity-providers/UpdateIdentityProvider.ts"),
  DeleteIdentityProvider: () => import("./identity-providers/DeleteIdentityProvider.ts"),

  CreateResourceServer: () => import("./resource-servers/CreateResourceServer.ts"),
  DescribeResourceServer: () => import("./resource-servers/DescribeResourceServer.ts"),
  ListResourceServers: () => import("./resource-servers/ListResourceServers.ts"),
  UpdateResourceServer: () => import("./resource-servers/UpdateResourceServer.ts"),
  DeleteResourceServer: () => import("./resource-servers/DeleteResourceServer.ts"),

  InitiateAuth: () => import("./sign-in/InitiateAuth.ts"),
  AdminInitiateAuth: () => import("./sign-in/AdminInitiateAuth.ts"),
  RespondToAuthChallenge: () => import("./sign-in/RespondToAuthChallenge.ts"),
  AdminRespondToAuthChallenge: () => import("./sign-in/AdminRespondToAuthChallenge.ts"),

  SignUp: () => import("./sign-up/SignUp.ts"),
  ConfirmSignUp: () => import("./sign-up/ConfirmSignUp.ts"),
  ResendConfirmationCode: () => import("./sign-up/ResendConfirmationCode.ts"),
  AdminConfirmSignUp: () => import("./sign-up/AdminConfirmSignUp.ts"),

  ForgotPassword: () => import("./passwords/ForgotPassword.ts"),
  ConfirmForgotPassword: () => import("./passwords/ConfirmForgotPassword.ts"),
  ChangePassword: () => import("./passwords/ChangePassword.ts"),
  AdminSetUserPassword: () => import("./passwords/AdminSetUserPassword.ts"),
  AdminResetUserPassword: () => import("./passwords/AdminResetUserPassword.ts"),

  AssociateSoftwareToken: () => import("./mfa/AssociateSoftwareToken.ts"),
  VerifySoftwareToken: () => import("./mfa/VerifySoftwareToken.ts"),
  AdminDeleteSoftwareToken: () => import("./mfa/AdminDeleteSoftwareToken.ts"),
  SetUserMFAPreference: () => import("./mfa/SetUserMFAPreference.ts"),
  AdminSetUserMFAPreference: () => import("./mfa/AdminSetUserMFAPreference.ts"),
  SetUserSettings: () => import("./mfa/SetUserSettings.ts"),
  AdminSetUserSettings: () => import("./mfa/AdminSetUserSettings.ts"),
  SetUserPoolMfaConfig: () => import("./mfa/SetUserPoolMfaConfig.ts"),
  GetUserPoolMfaConfig: () => import("./mfa/GetUserPoolMfaConfig.ts"),
  GetUserAuthFactors: () => import("./mfa/GetUserAuthFactors.ts"),
  AdminGetUserAuthFactors: () => import("./mfa/AdminGetUserAuthFactors.ts"),

  StartWebAuthnRegistration: () => import("./webauthn/StartWebAuthnRegistration.ts"),
  CompleteWebAuthnRegistration: () => import("./webauthn/CompleteWebAuthnRegistration.ts"),
  ListWebAuthnCredentials: () => import("./webauthn/ListWebAuthnCredentials.ts"),
  DeleteWebAuthnCredential: () => import("./webauthn/DeleteWebAuthnCredential.ts"),

  ConfirmDevice: () => import("./devices/ConfirmDevice.ts"),
  GetDevice: () => import("./devices/GetDevice.ts"),
  ListDevices: () => import("./devices/ListDevices.ts"),
  UpdateDeviceStatus: () => import("./devices/UpdateDeviceStatus.ts"),
  ForgetDevice: () => import("./devices/ForgetDevice.ts"),
  AdminGetDevice: () => import("./devices/AdminGetDevice.ts"),
  AdminListDevices: () => import("./devices/AdminListDevices.ts"),
  AdminUpdateDeviceStatus: () => import("./devices/AdminUpdateDeviceStatus.ts"),
  AdminForgetDevice: () => import("./devices/AdminForgetDevice.ts"),

  GetUser: () => import("./users/GetUser.ts"),
  RevokeToken: () => import("./sessions/RevokeToken.ts"),
  GetTokensFromRefreshToken: () => import("./sessions/GetTokensFromRefreshToken.ts"),
  GetClientToken: () => import("./sessions/GetClientToken.ts"),
  GlobalSignOut: () => import("./sessions/GlobalSignOut.ts"),
  AdminUserGlobalSignOut: () => import("./sessions/AdminUserGlobalSignOut.ts"),
  ListUserSessions: () => import("./sessions/ListUserSessions.ts"),
  AdminListUserSessions: () => import("./sessions/AdminListUserSessions.ts"),
  RevokeUserSession: () => import("./sessions/RevokeUserSession.ts"),
  AdminRevokeUserSession: () => import("./sessions/AdminRevokeUserSession.ts"),

  SetUICustomization: () => import("./branding/SetUICustomization.ts"),
  GetUICustomization: () => import("./branding/GetUICustomization.ts"),
  CreateManagedLoginBranding: () => import("./branding/CreateManagedLoginBranding.ts"),
  DescribeManagedLoginBranding: () => import("./branding/DescribeManagedLoginBranding.ts"),
  DescribeManagedLoginBrandingByClient: () => import("./branding/DescribeManagedLoginBrandingByClient.ts"),
  UpdateManagedLoginBranding: () => import("./branding/UpdateManagedLoginBranding.ts"),
  DeleteManagedLoginBranding: () => import("./branding/DeleteManagedLoginBranding.ts"),

  CreateTerms: () => import("./terms/CreateTerms.ts"),
  DescribeTerms: () => import("./terms/DescribeTerms.ts"),
  DescribeTermsByClient: () => import("./terms/DescribeTermsByClient.ts"),
  ListTerms: () => import("./terms/ListTerms.ts"),
  UpdateTerms: () => import("./terms/UpdateTerms.ts"),
  DeleteTerms: () => import("./terms/DeleteTerms.ts"),

  GetUserPoolSessionConfiguration: () => import("./session-configuration/GetUserPoolSessionConfiguration.ts"),
  SetUserPoolSessionConfiguration: () => import("./session-configuration/SetUserPoolSessionConfiguration.ts"),
  GetUserPoolClientSessionConfiguration: () =>
    import("./session-configuration/GetUserPoolClientSessionConfiguration.ts"),
  SetUserPoolClientSessionConfiguration: () =>
    import("./session-configuration/SetUserPoolClientSessionConfiguration.ts"),

  CreateUserPoolReplica: () => import("./replicas/CreateUserPoolReplica.ts"),
  ListUserPoolReplicas: () => import("./replicas/ListUserPoolReplicas.ts"),
  UpdateUserPoolReplica: () => import("./replicas/UpdateUserPoolReplica.ts"),
  DeleteUserPoolReplica: () => import("./replicas/DeleteUserPoolReplica.ts"),

  GetProvisionedLimit: () => import("./limits/GetProvisionedLimit.ts"),
  UpdateProvisionedLimit: () => import("./limits/UpdateProvisionedLimit.ts"),

  SetRiskConfiguration: () => import("./risk/SetRiskConfiguration.ts"),
  DescribeRiskConfiguration: () => import("./risk/DescribeRiskConfiguration.ts"),

  SetLogDeliveryConfiguration: () => import("./log-delivery/SetLogDeliveryConfiguration.ts"),
  GetLogDeliveryConfiguration: () => import("./log-delivery/GetLogDeliveryConfiguration.ts"),

  GetSigningCertificate: () => import("./signing-certificates/GetSigningCertificate.ts"),

  TagResource: () => import("./tags/TagResource.ts"),
  UntagResource: () => import("./tags/UntagResource.ts"),
  ListTagsForResource: () => import("./tags/ListTagsForResource.ts"),
} satisfies OperationTable<CognitoApi>;
