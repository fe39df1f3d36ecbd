// Made by tools/contract (npm run contract); do not edit: correct tools/contract/overrides.ts and run it again.
// From @aws-sdk/client-cognito-identity-provider 3.1169.0 and the AWS API model of botocore 1.43.107.
import type {
  AddCustomAttributesRequest,
  AddUserPoolClientSecretRequest,
  AddUserPoolClientSecretResponse,
  AdminAddUserToGroupRequest,
  AdminConfirmSignUpRequest,
  AdminCreateUserRequest,
  AdminCreateUserResponse,
  AdminDeleteSoftwareTokenRequest,
  AdminDeleteUserAttributesRequest,
  AdminDeleteUserRequest,
  AdminDisableProviderForUserRequest,
  AdminDisableUserRequest,
  AdminEnableUserRequest,
  AdminForgetDeviceRequest,
  AdminGetDeviceRequest,
  AdminGetDeviceResponse,
  AdminGetUserAuthFactorsRequest,
  AdminGetUserAuthFactorsResponse,
  AdminGetUserRequest,
  AdminGetUserResponse,
  AdminInitiateAuthRequest,
  AdminInitiateAuthResponse,
  AdminLinkProviderForUserRequest,
  AdminListDevicesRequest,
  AdminListDevicesResponse,
  AdminListGroupsForUserRequest,
  AdminListGroupsForUserResponse,
  AdminListUserAuthEventsRequest,
  AdminListUserAuthEventsResponse,
  AdminListUserSessionsRequest,
  AdminListUserSessionsResponse,
  AdminRemoveUserFromGroupRequest,
  AdminResetUserPasswordRequest,
  AdminRespondToAuthChallengeRequest,
  AdminRespondToAuthChallengeResponse,
  AdminRevokeUserSessionRequest,
  AdminSetUserMFAPreferenceRequest,
  AdminSetUserPasswordRequest,
  AdminSetUserSettingsRequest,
  AdminUpdateAuthEventFeedbackRequest,
  AdminUpdateDeviceStatusRequest,
  AdminUpdateUserAttributesRequest,
  AdminUserGlobalSignOutRequest,
  AssociateSoftwareTokenRequest,
  AssociateSoftwareTokenResponse,
  ChangePasswordRequest,
  CompleteWebAuthnRegistrationRequest,
  ConfirmDeviceRequest,
  ConfirmDeviceResponse,
  ConfirmForgotPasswordRequest,
  ConfirmSignUpRequest,
  ConfirmSignUpResponse,
  CreateGroupRequest,
  CreateGroupResponse,
  CreateIdentityProviderRequest,
  CreateIdentityProviderResponse,
  CreateManagedLoginBrandingRequest,
  CreateManagedLoginBrandingResponse,
  CreateResourceServerRequest,
  CreateResourceServerResponse,
  CreateTermsRequest,
  CreateTermsResponse,
  CreateUserImportJobRequest,
  CreateUserImportJobResponse,
  CreateUserPoolClientRequest,
  CreateUserPoolClientResponse,
  CreateUserPoolDomainRequest,
  CreateUserPoolDomainResponse,
  CreateUserPoolReplicaRequest,
  CreateUserPoolReplicaResponse,
  CreateUserPoolRequest,
  CreateUserPoolResponse,
  DeleteGroupRequest,
  DeleteIdentityProviderRequest,
  DeleteManagedLoginBrandingRequest,
  DeleteResourceServerRequest,
  DeleteTermsRequest,
  DeleteUserAttributesRequest,
  DeleteUserPoolClientRequest,
  DeleteUserPoolClientSecretRequest,
  DeleteUserPoolDomainRequest,
  DeleteUserPoolReplicaRequest,
  DeleteUserPoolReplicaResponse,
  DeleteUserPoolRequest,
  DeleteUserRequest,
  DeleteWebAuthnCredentialRequest,
  DescribeIdentityProviderRequest,
  DescribeIdentityProviderResponse,
  DescribeManagedLoginBrandingByClientRequest,
  DescribeManagedLoginBrandingByClientResponse,
  DescribeManagedLoginBrandingRequest,
  DescribeManagedLoginBrandingResponse,
  DescribeResourceServerRequest,
  DescribeResourceServerResponse,
  DescribeRiskConfigurationRequest,
  DescribeRiskConfigurationResponse,
  DescribeTermsByClientRequest,
  DescribeTermsByClientResponse,
  DescribeTermsRequest,
  DescribeTermsResponse,
  DescribeUserImportJobRequest,
  DescribeUserImportJobResponse,
  DescribeUserPoolClientRequest,
  DescribeUserPoolClientResponse,
  DescribeUserPoolDomainRequest,
  DescribeUserPoolDomainResponse,
  DescribeUserPoolRequest,
  DescribeUserPoolResponse,
  ForgetDeviceRequest,
  ForgotPasswordRequest,
  ForgotPasswordResponse,
  GetCSVHeaderRequest,
  GetCSVHeaderResponse,
  GetClientTokenRequest,
  GetClientTokenResponse,
  GetDeviceRequest,
  GetDeviceResponse,
  GetGroupRequest,
  GetGroupResponse,
  GetIdentityProviderByIdentifierRequest,
  GetIdentityProviderByIdentifierResponse,
  GetLogDeliveryConfigurationRequest,
  GetLogDeliveryConfigurationResponse,
  GetProvisionedLimitRequest,
  GetProvisionedLimitResponse,
  GetSigningCertificateRequest,
  GetSigningCertificateResponse,
  GetTokensFromRefreshTokenRequest,
  GetTokensFromRefreshTokenResponse,
  GetUICustomizationRequest,
  GetUICustomizationResponse,
  GetUserAttributeVerificationCodeRequest,
  GetUserAttributeVerificationCodeResponse,
  GetUserAuthFactorsRequest,
  GetUserAuthFactorsResponse,
  GetUserPoolClientSessionConfigurationRequest,
  GetUserPoolClientSessionConfigurationResponse,
  GetUserPoolMfaConfigRequest,
  GetUserPoolMfaConfigResponse,
  GetUserPoolSessionConfigurationRequest,
  GetUserPoolSessionConfigurationResponse,
  GetUserRequest,
  GetUserResponse,
  GlobalSignOutRequest,
  InitiateAuthRequest,
  InitiateAuthResponse,
  ListDevicesRequest,
  ListDevicesResponse,
  ListGroupsRequest,
  ListGroupsResponse,
  ListIdentityProvidersRequest,
  ListIdentityProvidersResponse,
  ListResourceServersRequest,
  ListResourceServersResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTermsRequest,
  ListTermsResponse,
  ListUserImportJobsRequest,
  ListUserImportJobsResponse,
  ListUserPoolClientSecretsRequest,
  ListUserPoolClientSecretsResponse,
  ListUserPoolClientsRequest,
  ListUserPoolClientsResponse,
  ListUserPoolReplicasRequest,
  ListUserPoolReplicasResponse,
  ListUserPoolsRequest,
  ListUserPoolsResponse,
  ListUserSessionsRequest,
  ListUserSessionsResponse,
  ListUsersInGroupRequest,
  ListUsersInGroupResponse,
  ListUsersRequest,
  ListUsersResponse,
  ListWebAuthnCredentialsRequest,
  ListWebAuthnCredentialsResponse,
  ResendConfirmationCodeRequest,
  ResendConfirmationCodeResponse,
  RespondToAuthChallengeRequest,
  RespondToAuthChallengeResponse,
  RevokeTokenRequest,
  RevokeUserSessionRequest,
  SetLogDeliveryConfigurationRequest,
  SetLogDeliveryConfigurationResponse,
  SetRiskConfigurationRequest,
  SetRiskConfigurationResponse,
  SetUICustomizationRequest,
  SetUICustomizationResponse,
  SetUserMFAPreferenceRequest,
  SetUserPoolClientSessionConfigurationRequest,
  SetUserPoolClientSessionConfigurationResponse,
  SetUserPoolMfaConfigRequest,
  SetUserPoolMfaConfigResponse,
  SetUserPoolSessionConfigurationRequest,
  SetUserPoolSessionConfigurationResponse,
  SetUserSettingsRequest,
  SignUpRequest,
  SignUpResponse,
  StartUserImportJobRequest,
  StartUserImportJobResponse,
  StartWebAuthnRegistrationRequest,
  StartWebAuthnRegistrationResponse,
  StopUserImportJobRequest,
  StopUserImportJobResponse,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateAuthEventFeedbackRequest,
  UpdateDeviceStatusRequest,
  UpdateGroupRequest,
  UpdateGroupResponse,
  UpdateIdentityProviderRequest,
  UpdateIdentityProviderResponse,
  UpdateManagedLoginBrandingRequest,
  UpdateManagedLoginBrandingResponse,
  UpdateProvisionedLimitRequest,
  UpdateProvisionedLimitResponse,
  UpdateResourceServerRequest,
  UpdateResourceServerResponse,
  UpdateTermsRequest,
  UpdateTermsResponse,
  UpdateUserAttributesRequest,
  UpdateUserAttributesResponse,
  UpdateUserPoolClientRequest,
  UpdateUserPoolClientResponse,
  UpdateUserPoolDomainRequest,
  UpdateUserPoolDomainResponse,
  UpdateUserPoolReplicaRequest,
  UpdateUserPoolReplicaResponse,
  UpdateUserPoolRequest,
  VerifySoftwareTokenRequest,
  VerifySoftwareTokenResponse,
  VerifyUserAttributeRequest,
} from "@aws-sdk/client-cognito-identity-provider";
import { loadModel } from "./model.ts";
import type { Model, Validated } from "./shape.ts";

export interface CognitoApi {
  AddCustomAttributes: {
    input: Validated<AddCustomAttributesRequest, "UserPoolId" | "CustomAttributes">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "UserImportInProgressException" | "InternalErrorException";
    auth: "sigv4";
  };
  AddUserPoolClientSecret: {
    input: Validated<AddUserPoolClientSecretRequest, "UserPoolId" | "ClientId">;
    output: AddUserPoolClientSecretResponse;
    error: "InvalidParameterException" | "InternalServerException" | "TooManyRequestsException" | "LimitExceededException" | "AccessDeniedException" | "ResourceNotFoundException";
    auth: "sigv4";
  };
  AdminAddUserToGroup: {
    input: Validated<AdminAddUserToGroupRequest, "UserPoolId" | "Username" | "GroupName">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminConfirmSignUp: {
    input: Validated<AdminConfirmSignUpRequest, "UserPoolId" | "Username">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "TooManyFailedAttemptsException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminCreateUser: {
    input: Validated<AdminCreateUserRequest, "UserPoolId" | "Username">;
    output: AdminCreateUserResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "UserNotFoundException" | "UsernameExistsException" | "InvalidPasswordException" | "CodeDeliveryFailureException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "PreconditionNotMetException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "TooManyRequestsException" | "NotAuthorizedException" | "UnsupportedUserStateException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminDeleteSoftwareToken: {
    input: Validated<AdminDeleteSoftwareTokenRequest, "UserPoolId" | "Username">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminDeleteUser: {
    input: Validated<AdminDeleteUserRequest, "UserPoolId" | "Username">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminDeleteUserAttributes: {
    input: Validated<AdminDeleteUserAttributesRequest, "UserPoolId" | "Username" | "UserAttributeNames">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminDisableProviderForUser: {
    input: Validated<AdminDisableProviderForUserRequest, "UserPoolId" | "User">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "AliasExistsException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminDisableUser: {
    input: Validated<AdminDisableUserRequest, "UserPoolId" | "Username">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminEnableUser: {
    input: Validated<AdminEnableUserRequest, "UserPoolId" | "Username">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminForgetDevice: {
    input: Validated<AdminForgetDeviceRequest, "UserPoolId" | "Username" | "DeviceKey">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "UserNotFoundException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminGetDevice: {
    input: Validated<AdminGetDeviceRequest, "DeviceKey" | "UserPoolId" | "Username">;
    output: AdminGetDeviceResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "OperationNotEnabledException" | "InternalErrorException" | "NotAuthorizedException";
    auth: "sigv4";
  };
  AdminGetUser: {
    input: Validated<AdminGetUserRequest, "UserPoolId" | "Username">;
    output: AdminGetUserResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminGetUserAuthFactors: {
    input: Validated<AdminGetUserAuthFactorsRequest, "UserPoolId" | "Username">;
    output: AdminGetUserAuthFactorsResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "TooManyRequestsException" | "UserNotFoundException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminInitiateAuth: {
    input: Validated<AdminInitiateAuthRequest, "UserPoolId" | "ClientId" | "AuthFlow">;
    output: AdminInitiateAuthResponse;
    error: "ResourceNotFoundException" | "UnsupportedOperationException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" | "UnexpectedLambdaException" | "InvalidUserPoolConfigurationException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "MFAMethodNotFoundException" | "InvalidSmsRoleAccessPolicyException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  AdminLinkProviderForUser: {
    input: Validated<AdminLinkProviderForUserRequest, "UserPoolId" | "DestinationUser" | "SourceUser">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "AliasExistsException" | "LimitExceededException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminListDevices: {
    input: Validated<AdminListDevicesRequest, "UserPoolId" | "Username">;
    output: AdminListDevicesResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "OperationNotEnabledException" | "InternalErrorException" | "NotAuthorizedException";
    auth: "sigv4";
  };
  AdminListGroupsForUser: {
    input: Validated<AdminListGroupsForUserRequest, "Username" | "UserPoolId">;
    output: AdminListGroupsForUserResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminListUserAuthEvents: {
    input: Validated<AdminListUserAuthEventsRequest, "UserPoolId" | "Username">;
    output: AdminListUserAuthEventsResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "UserPoolAddOnNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminListUserSessions: {
    input: Validated<AdminListUserSessionsRequest, "UserPoolId" | "Username">;
    output: AdminListUserSessionsResponse;
    error: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotFoundException";
    auth: "sigv4";
  };
  AdminRemoveUserFromGroup: {
    input: Validated<AdminRemoveUserFromGroupRequest, "UserPoolId" | "Username" | "GroupName">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminResetUserPassword: {
    input: Validated<AdminResetUserPasswordRequest, "UserPoolId" | "Username">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "UserNotFoundException" | "InvalidSmsRoleAccessPolicyException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminRespondToAuthChallenge: {
    input: Validated<AdminRespondToAuthChallengeRequest, "UserPoolId" | "ClientId" | "ChallengeName">;
    output: AdminRespondToAuthChallengeResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "CodeMismatchException" | "ExpiredCodeException" | "UnexpectedLambdaException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "InvalidUserPoolConfigurationException" | "InternalErrorException" | "MFAMethodNotFoundException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "AliasExistsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "SoftwareTokenMFANotFoundException" | "OperationNotEnabledException";
    auth: "sigv4";
  };
  AdminRevokeUserSession: {
    input: Validated<AdminRevokeUserSessionRequest, "UserPoolId" | "Username" | "SessionId">;
    output: Record<string, never>;
    error: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotFoundException";
    auth: "sigv4";
  };
  AdminSetUserMFAPreference: {
    input: Validated<AdminSetUserMFAPreferenceRequest, "Username" | "UserPoolId">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminSetUserPassword: {
    input: Validated<AdminSetUserPasswordRequest, "UserPoolId" | "Username" | "Password">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" | "TooManyRequestsException" | "InvalidParameterException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "OperationNotEnabledException";
    auth: "sigv4";
  };
  AdminSetUserSettings: {
    input: Validated<AdminSetUserSettingsRequest, "UserPoolId" | "Username" | "MFAOptions">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminUpdateAuthEventFeedback: {
    input: Validated<AdminUpdateAuthEventFeedbackRequest, "UserPoolId" | "Username" | "EventId" | "FeedbackValue">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "UserPoolAddOnNotEnabledException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminUpdateDeviceStatus: {
    input: Validated<AdminUpdateDeviceStatusRequest, "UserPoolId" | "Username" | "DeviceKey">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "UserNotFoundException" | "InternalErrorException";
    auth: "sigv4";
  };
  AdminUpdateUserAttributes: {
    input: Validated<AdminUpdateUserAttributesRequest, "UserPoolId" | "Username" | "UserAttributes">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "AliasExistsException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "InternalErrorException" | "InvalidSmsRoleAccessPolicyException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "OperationNotEnabledException";
    auth: "sigv4";
  };
  AdminUserGlobalSignOut: {
    input: Validated<AdminUserGlobalSignOutRequest, "UserPoolId" | "Username">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  AssociateSoftwareToken: {
    input: AssociateSoftwareTokenRequest;
    output: AssociateSoftwareTokenResponse;
    error: "ConcurrentModificationException" | "InvalidParameterException" | "NotAuthorizedException" | "ResourceNotFoundException" | "InternalErrorException" | "SoftwareTokenMFANotFoundException" | "ForbiddenException" | "OperationNotEnabledException";
    auth: "token";
  };
  ChangePassword: {
    input: Validated<ChangePasswordRequest, "ProposedPassword" | "AccessToken">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "NotAuthorizedException" | "TooManyRequestsException" | "LimitExceededException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  CompleteWebAuthnRegistration: {
    input: Validated<CompleteWebAuthnRegistrationRequest, "AccessToken" | "Credential">;
    output: Record<string, never>;
    error: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "LimitExceededException" | "NotAuthorizedException" | "TooManyRequestsException" | "WebAuthnNotEnabledException" | "WebAuthnChallengeNotFoundException" | "WebAuthnRelyingPartyMismatchException" | "WebAuthnClientMismatchException" | "WebAuthnOriginNotAllowedException" | "PasswordResetRequiredException" | "WebAuthnCredentialNotSupportedException" | "OperationNotEnabledException";
    auth: "token";
  };
  ConfirmDevice: {
    input: Validated<ConfirmDeviceRequest, "AccessToken" | "DeviceKey">;
    output: ConfirmDeviceResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "InvalidPasswordException" | "InvalidLambdaResponseException" | "UsernameExistsException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "OperationNotEnabledException" | "DeviceKeyExistsException" | "ForbiddenException";
    auth: "token";
  };
  ConfirmForgotPassword: {
    input: Validated<ConfirmForgotPasswordRequest, "ClientId" | "Username" | "ConfirmationCode" | "Password">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidParameterException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "NotAuthorizedException" | "CodeMismatchException" | "ExpiredCodeException" | "TooManyFailedAttemptsException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "none";
  };
  ConfirmSignUp: {
    input: Validated<ConfirmSignUpRequest, "ClientId" | "Username" | "ConfirmationCode">;
    output: ConfirmSignUpResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "TooManyFailedAttemptsException" | "CodeMismatchException" | "ExpiredCodeException" | "InvalidLambdaResponseException" | "AliasExistsException" | "TooManyRequestsException" | "LimitExceededException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "none";
  };
  CreateGroup: {
    input: Validated<CreateGroupRequest, "GroupName" | "UserPoolId">;
    output: CreateGroupResponse;
    error: "InvalidParameterException" | "GroupExistsException" | "ResourceNotFoundException" | "TooManyRequestsException" | "LimitExceededException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  CreateIdentityProvider: {
    input: Validated<CreateIdentityProviderRequest, "UserPoolId" | "ProviderName" | "ProviderType" | "ProviderDetails">;
    output: CreateIdentityProviderResponse;
    error: "InvalidParameterException" | "DuplicateProviderException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "LimitExceededException" | "InternalErrorException";
    auth: "sigv4";
  };
  CreateManagedLoginBranding: {
    input: Validated<CreateManagedLoginBrandingRequest, "UserPoolId" | "ClientId">;
    output: CreateManagedLoginBrandingResponse;
    error: "ResourceNotFoundException" | "ConcurrentModificationException" | "ManagedLoginBrandingExistsException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "LimitExceededException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  CreateResourceServer: {
    input: Validated<CreateResourceServerRequest, "UserPoolId" | "Identifier" | "Name">;
    output: CreateResourceServerResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "LimitExceededException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  CreateTerms: {
    input: Validated<CreateTermsRequest, "UserPoolId" | "ClientId" | "TermsName" | "TermsSource" | "Enforcement">;
    output: CreateTermsResponse;
    error: "ResourceNotFoundException" | "ConcurrentModificationException" | "TermsExistsException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "LimitExceededException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  CreateUserImportJob: {
    input: Validated<CreateUserImportJobRequest, "JobName" | "UserPoolId" | "CloudWatchLogsRoleArn">;
    output: CreateUserImportJobResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "PreconditionNotMetException" | "NotAuthorizedException" | "LimitExceededException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  CreateUserPool: {
    input: Validated<CreateUserPoolRequest, "PoolName">;
    output: CreateUserPoolResponse;
    error: "InvalidParameterException" | "TooManyRequestsException" | "LimitExceededException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "NotAuthorizedException" | "UserPoolTaggingException" | "InternalErrorException" | "TierChangeNotAllowedException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  CreateUserPoolClient: {
    input: Validated<CreateUserPoolClientRequest, "UserPoolId" | "ClientName">;
    output: CreateUserPoolClientResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "LimitExceededException" | "NotAuthorizedException" | "ScopeDoesNotExistException" | "InvalidOAuthFlowException" | "OperationNotEnabledException" | "InternalErrorException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  CreateUserPoolDomain: {
    input: Validated<CreateUserPoolDomainRequest, "Domain" | "UserPoolId">;
    output: CreateUserPoolDomainResponse;
    error: "InvalidParameterException" | "NotAuthorizedException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "LimitExceededException" | "InternalErrorException" | "OperationNotEnabledException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  CreateUserPoolReplica: {
    input: Validated<CreateUserPoolReplicaRequest, "UserPoolId" | "RegionName">;
    output: CreateUserPoolReplicaResponse;
    error: "InvalidParameterException" | "TooManyRequestsException" | "LimitExceededException" | "NotAuthorizedException" | "UserPoolTaggingException" | "OperationNotEnabledException" | "InternalErrorException" | "ResourceNotFoundException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  DeleteGroup: {
    input: Validated<DeleteGroupRequest, "GroupName" | "UserPoolId">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DeleteIdentityProvider: {
    input: Validated<DeleteIdentityProviderRequest, "UserPoolId" | "ProviderName">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "UnsupportedIdentityProviderException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException";
    auth: "sigv4";
  };
  DeleteManagedLoginBranding: {
    input: Validated<DeleteManagedLoginBrandingRequest, "ManagedLoginBrandingId" | "UserPoolId">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "ConcurrentModificationException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DeleteResourceServer: {
    input: Validated<DeleteResourceServerRequest, "UserPoolId" | "Identifier">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DeleteTerms: {
    input: Validated<DeleteTermsRequest, "TermsId" | "UserPoolId">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "ConcurrentModificationException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DeleteUser: {
    input: Validated<DeleteUserRequest, "AccessToken">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  DeleteUserAttributes: {
    input: Validated<DeleteUserAttributesRequest, "UserAttributeNames" | "AccessToken">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  DeleteUserPool: {
    input: Validated<DeleteUserPoolRequest, "UserPoolId">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserImportInProgressException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DeleteUserPoolClient: {
    input: Validated<DeleteUserPoolClientRequest, "UserPoolId" | "ClientId">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "ConcurrentModificationException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DeleteUserPoolClientSecret: {
    input: Validated<DeleteUserPoolClientSecretRequest, "UserPoolId" | "ClientId" | "ClientSecretId">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "InternalServerException" | "TooManyRequestsException" | "LimitExceededException" | "ResourceNotFoundException";
    auth: "sigv4";
  };
  DeleteUserPoolDomain: {
    input: Validated<DeleteUserPoolDomainRequest, "Domain" | "UserPoolId">;
    output: Record<string, never>;
    error: "NotAuthorizedException" | "InvalidParameterException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DeleteUserPoolReplica: {
    input: Validated<DeleteUserPoolReplicaRequest, "UserPoolId" | "RegionName">;
    output: DeleteUserPoolReplicaResponse;
    error: "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException" | "ResourceNotFoundException";
    auth: "sigv4";
  };
  DeleteWebAuthnCredential: {
    input: Validated<DeleteWebAuthnCredentialRequest, "AccessToken" | "CredentialId">;
    output: Record<string, never>;
    error: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "TooManyRequestsException" | "LimitExceededException" | "PasswordResetRequiredException" | "NotAuthorizedException" | "ResourceNotFoundException" | "OperationNotEnabledException";
    auth: "token";
  };
  DescribeIdentityProvider: {
    input: Validated<DescribeIdentityProviderRequest, "UserPoolId" | "ProviderName">;
    output: DescribeIdentityProviderResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeManagedLoginBranding: {
    input: Validated<DescribeManagedLoginBrandingRequest, "UserPoolId" | "ManagedLoginBrandingId">;
    output: DescribeManagedLoginBrandingResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeManagedLoginBrandingByClient: {
    input: Validated<DescribeManagedLoginBrandingByClientRequest, "UserPoolId" | "ClientId">;
    output: DescribeManagedLoginBrandingByClientResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeResourceServer: {
    input: Validated<DescribeResourceServerRequest, "UserPoolId" | "Identifier">;
    output: DescribeResourceServerResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeRiskConfiguration: {
    input: Validated<DescribeRiskConfigurationRequest, "UserPoolId">;
    output: DescribeRiskConfigurationResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserPoolAddOnNotEnabledException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeTerms: {
    input: Validated<DescribeTermsRequest, "TermsId" | "UserPoolId">;
    output: DescribeTermsResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeTermsByClient: {
    input: Validated<DescribeTermsByClientRequest, "ClientId" | "UserPoolId" | "TermsName">;
    output: DescribeTermsByClientResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeUserImportJob: {
    input: Validated<DescribeUserImportJobRequest, "UserPoolId" | "JobId">;
    output: DescribeUserImportJobResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeUserPool: {
    input: Validated<DescribeUserPoolRequest, "UserPoolId">;
    output: DescribeUserPoolResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserPoolTaggingException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeUserPoolClient: {
    input: Validated<DescribeUserPoolClientRequest, "UserPoolId" | "ClientId">;
    output: DescribeUserPoolClientResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "OperationNotEnabledException" | "NotAuthorizedException" | "InternalErrorException";
    auth: "sigv4";
  };
  DescribeUserPoolDomain: {
    input: Validated<DescribeUserPoolDomainRequest, "Domain">;
    output: DescribeUserPoolDomainResponse;
    error: "NotAuthorizedException" | "InvalidParameterException" | "ResourceNotFoundException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ForgetDevice: {
    input: Validated<ForgetDeviceRequest, "DeviceKey">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "InvalidUserPoolConfigurationException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  ForgotPassword: {
    input: Validated<ForgotPasswordRequest, "ClientId" | "Username">;
    output: ForgotPasswordResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "none";
  };
  GetCSVHeader: {
    input: Validated<GetCSVHeaderRequest, "UserPoolId">;
    output: GetCSVHeaderResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  GetClientToken: {
    input: Validated<GetClientTokenRequest, "ClientId" | "Secret">;
    output: GetClientTokenResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException" | "OperationNotEnabledException" | "ForbiddenException";
    auth: "sigv4";
  };
  GetDevice: {
    input: Validated<GetDeviceRequest, "DeviceKey">;
    output: GetDeviceResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "InvalidUserPoolConfigurationException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  GetGroup: {
    input: Validated<GetGroupRequest, "GroupName" | "UserPoolId">;
    output: GetGroupResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  GetIdentityProviderByIdentifier: {
    input: Validated<GetIdentityProviderByIdentifierRequest, "UserPoolId" | "IdpIdentifier">;
    output: GetIdentityProviderByIdentifierResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException";
    auth: "sigv4";
  };
  GetLogDeliveryConfiguration: {
    input: Validated<GetLogDeliveryConfigurationRequest, "UserPoolId">;
    output: GetLogDeliveryConfigurationResponse;
    error: "InvalidParameterException" | "InternalErrorException" | "TooManyRequestsException" | "NotAuthorizedException" | "ResourceNotFoundException";
    auth: "sigv4";
  };
  GetProvisionedLimit: {
    input: Validated<GetProvisionedLimitRequest, "LimitDefinition">;
    output: GetProvisionedLimitResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException";
    auth: "sigv4";
  };
  GetSigningCertificate: {
    input: Validated<GetSigningCertificateRequest, "UserPoolId">;
    output: GetSigningCertificateResponse;
    error: "InternalErrorException" | "InvalidParameterException" | "ResourceNotFoundException" | "OperationNotEnabledException";
    auth: "sigv4";
  };
  GetTokensFromRefreshToken: {
    input: Validated<GetTokensFromRefreshTokenRequest, "RefreshToken" | "ClientId">;
    output: GetTokensFromRefreshTokenResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "UserNotFoundException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "ForbiddenException" | "RefreshTokenReuseException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "none";
  };
  GetUICustomization: {
    input: Validated<GetUICustomizationRequest, "UserPoolId">;
    output: GetUICustomizationResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "OperationNotEnabledException" | "TooManyRequestsException" | "InternalErrorException";
    auth: "sigv4";
  };
  GetUser: {
    input: Validated<GetUserRequest, "AccessToken">;
    output: GetUserResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  GetUserAttributeVerificationCode: {
    input: Validated<GetUserAttributeVerificationCodeRequest, "AccessToken" | "AttributeName">;
    output: GetUserAttributeVerificationCodeResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "LimitExceededException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  GetUserAuthFactors: {
    input: Validated<GetUserAuthFactorsRequest, "AccessToken">;
    output: GetUserAuthFactorsResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  GetUserPoolClientSessionConfiguration: {
    input: Validated<GetUserPoolClientSessionConfigurationRequest, "UserPoolId" | "ClientId">;
    output: GetUserPoolClientSessionConfigurationResponse;
    error: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException";
    auth: "sigv4";
  };
  GetUserPoolMfaConfig: {
    input: Validated<GetUserPoolMfaConfigRequest, "UserPoolId">;
    output: GetUserPoolMfaConfigResponse;
    error: "InvalidParameterException" | "TooManyRequestsException" | "ResourceNotFoundException" | "NotAuthorizedException" | "InternalErrorException";
    auth: "sigv4";
  };
  GetUserPoolSessionConfiguration: {
    input: Validated<GetUserPoolSessionConfigurationRequest, "UserPoolId">;
    output: GetUserPoolSessionConfigurationResponse;
    error: "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException";
    auth: "sigv4";
  };
  GlobalSignOut: {
    input: Validated<GlobalSignOutRequest, "AccessToken">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  InitiateAuth: {
    input: Validated<InitiateAuthRequest, "AuthFlow" | "ClientId">;
    output: InitiateAuthResponse;
    error: "UnsupportedOperationException" | "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "TooManyRequestsException" | "UnexpectedLambdaException" | "InvalidUserPoolConfigurationException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "InvalidSmsRoleAccessPolicyException" | "InvalidEmailRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "OperationNotEnabledException" | "ForbiddenException" | "FeatureUnavailableInTierException";
    auth: "none";
  };
  ListDevices: {
    input: Validated<ListDevicesRequest, "AccessToken">;
    output: ListDevicesResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  ListGroups: {
    input: Validated<ListGroupsRequest, "UserPoolId">;
    output: ListGroupsResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListIdentityProviders: {
    input: Validated<ListIdentityProvidersRequest, "UserPoolId">;
    output: ListIdentityProvidersResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListResourceServers: {
    input: Validated<ListResourceServersRequest, "UserPoolId">;
    output: ListResourceServersResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListTagsForResource: {
    input: Validated<ListTagsForResourceRequest, "ResourceArn">;
    output: ListTagsForResourceResponse;
    error: "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InvalidParameterException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListTerms: {
    input: Validated<ListTermsRequest, "UserPoolId">;
    output: ListTermsResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListUserImportJobs: {
    input: Validated<ListUserImportJobsRequest, "UserPoolId" | "MaxResults">;
    output: ListUserImportJobsResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListUserPoolClientSecrets: {
    input: Validated<ListUserPoolClientSecretsRequest, "UserPoolId" | "ClientId">;
    output: ListUserPoolClientSecretsResponse;
    error: "InvalidParameterException" | "InternalServerException" | "TooManyRequestsException" | "LimitExceededException" | "ResourceNotFoundException";
    auth: "sigv4";
  };
  ListUserPoolClients: {
    input: Validated<ListUserPoolClientsRequest, "UserPoolId">;
    output: ListUserPoolClientsResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListUserPoolReplicas: {
    input: Validated<ListUserPoolReplicasRequest, "UserPoolId">;
    output: ListUserPoolReplicasResponse;
    error: "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException" | "ResourceNotFoundException";
    auth: "sigv4";
  };
  ListUserPools: {
    input: Validated<ListUserPoolsRequest, "MaxResults">;
    output: ListUserPoolsResponse;
    error: "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListUserSessions: {
    input: Validated<ListUserSessionsRequest, "AccessToken">;
    output: ListUserSessionsResponse;
    error: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "PasswordResetRequiredException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotConfirmedException" | "UserNotFoundException";
    auth: "token";
  };
  ListUsers: {
    input: Validated<ListUsersRequest, "UserPoolId">;
    output: ListUsersResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListUsersInGroup: {
    input: Validated<ListUsersInGroupRequest, "UserPoolId" | "GroupName">;
    output: ListUsersInGroupResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  ListWebAuthnCredentials: {
    input: Validated<ListWebAuthnCredentialsRequest, "AccessToken">;
    output: ListWebAuthnCredentialsResponse;
    error: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "TooManyRequestsException" | "LimitExceededException" | "PasswordResetRequiredException" | "NotAuthorizedException" | "OperationNotEnabledException";
    auth: "token";
  };
  ResendConfirmationCode: {
    input: Validated<ResendConfirmationCodeRequest, "ClientId" | "Username">;
    output: ResendConfirmationCodeResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "LimitExceededException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "UserNotFoundException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "none";
  };
  RespondToAuthChallenge: {
    input: Validated<RespondToAuthChallengeRequest, "ClientId" | "ChallengeName">;
    output: RespondToAuthChallengeResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "CodeMismatchException" | "ExpiredCodeException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidPasswordException" | "PasswordHistoryPolicyViolationException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "InvalidUserPoolConfigurationException" | "MFAMethodNotFoundException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "AliasExistsException" | "InternalErrorException" | "SoftwareTokenMFANotFoundException" | "ForbiddenException" | "OperationNotEnabledException";
    auth: "none";
  };
  RevokeToken: {
    input: Validated<RevokeTokenRequest, "Token" | "ClientId">;
    output: Record<string, never>;
    error: "TooManyRequestsException" | "InternalErrorException" | "UnauthorizedException" | "InvalidParameterException" | "UnsupportedOperationException" | "UnsupportedTokenTypeException" | "ForbiddenException" | "OperationNotEnabledException";
    auth: "none";
  };
  RevokeUserSession: {
    input: Validated<RevokeUserSessionRequest, "AccessToken" | "SessionId">;
    output: Record<string, never>;
    error: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "PasswordResetRequiredException" | "ResourceNotFoundException" | "TooManyRequestsException" | "UserNotConfirmedException" | "UserNotFoundException";
    auth: "token";
  };
  SetLogDeliveryConfiguration: {
    input: Validated<SetLogDeliveryConfigurationRequest, "UserPoolId" | "LogConfigurations">;
    output: SetLogDeliveryConfigurationResponse;
    error: "InvalidParameterException" | "InternalErrorException" | "TooManyRequestsException" | "NotAuthorizedException" | "ResourceNotFoundException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  SetRiskConfiguration: {
    input: Validated<SetRiskConfigurationRequest, "UserPoolId">;
    output: SetRiskConfigurationResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserPoolAddOnNotEnabledException" | "CodeDeliveryFailureException" | "InvalidEmailRoleAccessPolicyException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  SetUICustomization: {
    input: Validated<SetUICustomizationRequest, "UserPoolId">;
    output: SetUICustomizationResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  SetUserMFAPreference: {
    input: Validated<SetUserMFAPreferenceRequest, "AccessToken">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  SetUserPoolClientSessionConfiguration: {
    input: Validated<SetUserPoolClientSessionConfigurationRequest, "UserPoolId" | "ClientId" | "SSOSession">;
    output: SetUserPoolClientSessionConfigurationResponse;
    error: "ConcurrentModificationException" | "FeatureUnavailableInTierException" | "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException";
    auth: "sigv4";
  };
  SetUserPoolMfaConfig: {
    input: Validated<SetUserPoolMfaConfigRequest, "UserPoolId">;
    output: SetUserPoolMfaConfigResponse;
    error: "InvalidParameterException" | "TooManyRequestsException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  SetUserPoolSessionConfiguration: {
    input: Validated<SetUserPoolSessionConfigurationRequest, "UserPoolId" | "UserSessionTracking" | "TokenSession">;
    output: SetUserPoolSessionConfigurationResponse;
    error: "ConcurrentModificationException" | "FeatureUnavailableInTierException" | "InternalErrorException" | "InvalidParameterException" | "NotAuthorizedException" | "OperationNotEnabledException" | "ResourceNotFoundException" | "TooManyRequestsException";
    auth: "sigv4";
  };
  SetUserSettings: {
    input: Validated<SetUserSettingsRequest, "AccessToken" | "MFAOptions">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "NotAuthorizedException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  SignUp: {
    input: Validated<SignUpRequest, "ClientId" | "Username">;
    output: SignUpResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "NotAuthorizedException" | "InvalidPasswordException" | "InvalidLambdaResponseException" | "UsernameExistsException" | "TooManyRequestsException" | "InternalErrorException" | "LimitExceededException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "OperationNotEnabledException" | "ForbiddenException";
    auth: "none";
  };
  StartUserImportJob: {
    input: Validated<StartUserImportJobRequest, "UserPoolId" | "JobId">;
    output: StartUserImportJobResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "InternalErrorException" | "PreconditionNotMetException" | "OperationNotEnabledException" | "NotAuthorizedException";
    auth: "sigv4";
  };
  StartWebAuthnRegistration: {
    input: Validated<StartWebAuthnRegistrationRequest, "AccessToken">;
    output: StartWebAuthnRegistrationResponse;
    error: "ForbiddenException" | "InternalErrorException" | "InvalidParameterException" | "LimitExceededException" | "NotAuthorizedException" | "TooManyRequestsException" | "WebAuthnNotEnabledException" | "PasswordResetRequiredException" | "WebAuthnConfigurationMissingException" | "OperationNotEnabledException";
    auth: "token";
  };
  StopUserImportJob: {
    input: Validated<StopUserImportJobRequest, "UserPoolId" | "JobId">;
    output: StopUserImportJobResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "InternalErrorException" | "PreconditionNotMetException" | "OperationNotEnabledException" | "NotAuthorizedException";
    auth: "sigv4";
  };
  TagResource: {
    input: Validated<TagResourceRequest, "ResourceArn" | "Tags">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InvalidParameterException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  UntagResource: {
    input: Validated<UntagResourceRequest, "ResourceArn" | "TagKeys">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "InvalidParameterException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  UpdateAuthEventFeedback: {
    input: Validated<UpdateAuthEventFeedbackRequest, "UserPoolId" | "Username" | "EventId" | "FeedbackToken" | "FeedbackValue">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserNotFoundException" | "UserPoolAddOnNotEnabledException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "none";
  };
  UpdateDeviceStatus: {
    input: Validated<UpdateDeviceStatusRequest, "AccessToken" | "DeviceKey">;
    output: Record<string, never>;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "InvalidUserPoolConfigurationException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  UpdateGroup: {
    input: Validated<UpdateGroupRequest, "GroupName" | "UserPoolId">;
    output: UpdateGroupResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  UpdateIdentityProvider: {
    input: Validated<UpdateIdentityProviderRequest, "UserPoolId" | "ProviderName">;
    output: UpdateIdentityProviderResponse;
    error: "InvalidParameterException" | "UnsupportedIdentityProviderException" | "ResourceNotFoundException" | "ConcurrentModificationException" | "NotAuthorizedException" | "TooManyRequestsException" | "InternalErrorException";
    auth: "sigv4";
  };
  UpdateManagedLoginBranding: {
    input: UpdateManagedLoginBrandingRequest;
    output: UpdateManagedLoginBrandingResponse;
    error: "ResourceNotFoundException" | "ConcurrentModificationException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  UpdateProvisionedLimit: {
    input: Validated<UpdateProvisionedLimitRequest, "LimitDefinition" | "RequestedLimitValue">;
    output: UpdateProvisionedLimitResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "ServiceQuotaExceededException" | "InternalErrorException";
    auth: "sigv4";
  };
  UpdateResourceServer: {
    input: Validated<UpdateResourceServerRequest, "UserPoolId" | "Identifier" | "Name">;
    output: UpdateResourceServerResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "NotAuthorizedException" | "TooManyRequestsException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  UpdateTerms: {
    input: Validated<UpdateTermsRequest, "TermsId" | "UserPoolId">;
    output: UpdateTermsResponse;
    error: "ResourceNotFoundException" | "ConcurrentModificationException" | "TermsExistsException" | "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException";
    auth: "sigv4";
  };
  UpdateUserAttributes: {
    input: Validated<UpdateUserAttributesRequest, "UserAttributes" | "AccessToken">;
    output: UpdateUserAttributesResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "CodeMismatchException" | "ExpiredCodeException" | "NotAuthorizedException" | "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException" | "TooManyRequestsException" | "AliasExistsException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "InvalidEmailRoleAccessPolicyException" | "CodeDeliveryFailureException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "ForbiddenException";
    auth: "token";
  };
  UpdateUserPool: {
    input: Validated<UpdateUserPoolRequest, "UserPoolId">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "ConcurrentModificationException" | "TooManyRequestsException" | "NotAuthorizedException" | "UserImportInProgressException" | "InternalErrorException" | "InvalidSmsRoleAccessPolicyException" | "InvalidSmsRoleTrustRelationshipException" | "UserPoolTaggingException" | "InvalidEmailRoleAccessPolicyException" | "OperationNotEnabledException" | "TierChangeNotAllowedException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  UpdateUserPoolClient: {
    input: Validated<UpdateUserPoolClientRequest, "UserPoolId" | "ClientId">;
    output: UpdateUserPoolClientResponse;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "ConcurrentModificationException" | "TooManyRequestsException" | "NotAuthorizedException" | "ScopeDoesNotExistException" | "InvalidOAuthFlowException" | "OperationNotEnabledException" | "InternalErrorException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  UpdateUserPoolDomain: {
    input: Validated<UpdateUserPoolDomainRequest, "Domain" | "UserPoolId">;
    output: UpdateUserPoolDomainResponse;
    error: "InvalidParameterException" | "NotAuthorizedException" | "ConcurrentModificationException" | "ResourceNotFoundException" | "TooManyRequestsException" | "OperationNotEnabledException" | "InternalErrorException" | "FeatureUnavailableInTierException";
    auth: "sigv4";
  };
  UpdateUserPoolReplica: {
    input: Validated<UpdateUserPoolReplicaRequest, "UserPoolId" | "RegionName" | "Status">;
    output: UpdateUserPoolReplicaResponse;
    error: "InvalidParameterException" | "TooManyRequestsException" | "NotAuthorizedException" | "OperationNotEnabledException" | "InternalErrorException" | "ResourceNotFoundException";
    auth: "sigv4";
  };
  VerifySoftwareToken: {
    input: Validated<VerifySoftwareTokenRequest, "UserCode">;
    output: VerifySoftwareTokenResponse;
    error: "InvalidParameterException" | "ResourceNotFoundException" | "InvalidUserPoolConfigurationException" | "NotAuthorizedException" | "TooManyRequestsException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "InternalErrorException" | "EnableSoftwareTokenMFAException" | "SoftwareTokenMFANotFoundException" | "CodeMismatchException" | "ForbiddenException" | "OperationNotEnabledException";
    auth: "token";
  };
  VerifyUserAttribute: {
    input: Validated<VerifyUserAttributeRequest, "AccessToken" | "AttributeName" | "Code">;
    output: Record<string, never>;
    error: "ResourceNotFoundException" | "InvalidParameterException" | "CodeMismatchException" | "ExpiredCodeException" | "NotAuthorizedException" | "TooManyRequestsException" | "LimitExceededException" | "PasswordResetRequiredException" | "UserNotFoundException" | "UserNotConfirmedException" | "OperationNotEnabledException" | "InternalErrorException" | "AliasExistsException" | "ForbiddenException";
    auth: "token";
  };
}

export const cognito: Model = loadModel("cognito");
