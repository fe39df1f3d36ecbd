// Made by tools/contract (npm run contract); do not edit: correct tools/contract/overrides.ts and run it again.
// From @aws-sdk/client-iam 3.1169.0 and the AWS API model of botocore 1.43.107.
import type {
  AcceptDelegationRequestRequest,
  AcquireRoleRequest,
  AcquireRoleResponse,
  AddClientIDToOpenIDConnectProviderRequest,
  AddRoleToInstanceProfileRequest,
  AddUserToGroupRequest,
  AssociateDelegationRequestRequest,
  AttachGroupPolicyRequest,
  AttachRolePolicyRequest,
  AttachUserPolicyRequest,
  ChangePasswordRequest,
  CreateAccessKeyRequest,
  CreateAccessKeyResponse,
  CreateAccountAliasRequest,
  CreateDelegationRequestRequest,
  CreateDelegationRequestResponse,
  CreateGroupRequest,
  CreateGroupResponse,
  CreateInstanceProfileRequest,
  CreateInstanceProfileResponse,
  CreateLoginProfileRequest,
  CreateLoginProfileResponse,
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
  CreatePolicyRequest,
  CreatePolicyResponse,
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  CreateRoleRequest,
  CreateRoleResponse,
  CreateSAMLProviderRequest,
  CreateSAMLProviderResponse,
  CreateServiceLinkedRoleRequest,
  CreateServiceLinkedRoleResponse,
  CreateServiceSpecificCredentialRequest,
  CreateServiceSpecificCredentialResponse,
  CreateUserRequest,
  CreateUserResponse,
  CreateVirtualMFADeviceRequest,
  CreateVirtualMFADeviceResponse,
  DeactivateMFADeviceRequest,
  DeleteAccessKeyRequest,
  DeleteAccountAliasRequest,
  DeleteGroupPolicyRequest,
  DeleteGroupRequest,
  DeleteInstanceProfileRequest,
  DeleteLoginProfileRequest,
  DeleteOpenIDConnectProviderRequest,
  DeletePolicyRequest,
  DeletePolicyVersionRequest,
  DeleteRolePermissionsBoundaryRequest,
  DeleteRolePolicyRequest,
  DeleteRoleRequest,
  DeleteSAMLProviderRequest,
  DeleteSSHPublicKeyRequest,
  DeleteServerCertificateRequest,
  DeleteServiceLinkedRoleRequest,
  DeleteServiceLinkedRoleResponse,
  DeleteServiceSpecificCredentialRequest,
  DeleteSigningCertificateRequest,
  DeleteUserPermissionsBoundaryRequest,
  DeleteUserPolicyRequest,
  DeleteUserRequest,
  DeleteVirtualMFADeviceRequest,
  DetachGroupPolicyRequest,
  DetachRolePolicyRequest,
  DetachUserPolicyRequest,
  DisableOrganizationsRootCredentialsManagementResponse,
  DisableOrganizationsRootSessionsResponse,
  EnableMFADeviceRequest,
  EnableOrganizationsRootCredentialsManagementResponse,
  EnableOrganizationsRootSessionsResponse,
  EnableOutboundWebIdentityFederationResponse,
  GenerateCredentialReportResponse,
  GenerateOrganizationsAccessReportRequest,
  GenerateOrganizationsAccessReportResponse,
  GenerateServiceLastAccessedDetailsRequest,
  GenerateServiceLastAccessedDetailsResponse,
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse,
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  GetAccountPasswordPolicyResponse,
  GetAccountPropertiesResponse,
  GetAccountSummaryResponse,
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyRequest,
  GetCredentialReportResponse,
  GetDelegationRequestRequest,
  GetDelegationRequestResponse,
  GetGroupPolicyRequest,
  GetGroupPolicyResponse,
  GetGroupRequest,
  GetGroupResponse,
  GetHumanReadableSummaryRequest,
  GetHumanReadableSummaryResponse,
  GetInstanceProfileRequest,
  GetInstanceProfileResponse,
  GetLoginProfileRequest,
  GetLoginProfileResponse,
  GetMFADeviceRequest,
  GetMFADeviceResponse,
  GetOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderResponse,
  GetOrganizationsAccessReportRequest,
  GetOrganizationsAccessReportResponse,
  GetOutboundWebIdentityFederationInfoResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  GetRolePolicyRequest,
  GetRolePolicyResponse,
  GetRoleRequest,
  GetRoleResponse,
  GetRoleTemplateVersionRequest,
  GetRoleTemplateVersionResponse,
  GetSAMLProviderRequest,
  GetSAMLProviderResponse,
  GetSSHPublicKeyRequest,
  GetSSHPublicKeyResponse,
  GetServerCertificateRequest,
  GetServerCertificateResponse,
  GetServiceLastAccessedDetailsRequest,
  GetServiceLastAccessedDetailsResponse,
  GetServiceLastAccessedDetailsWithEntitiesRequest,
  GetServiceLastAccessedDetailsWithEntitiesResponse,
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse,
  GetUserPolicyRequest,
  GetUserPolicyResponse,
  GetUserRequest,
  GetUserResponse,
  ListAccessKeysRequest,
  ListAccessKeysResponse,
  ListAccountAliasesRequest,
  ListAccountAliasesResponse,
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
  ListDelegationRequestsRequest,
  ListDelegationRequestsResponse,
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse,
  ListGroupPoliciesRequest,
  ListGroupPoliciesResponse,
  ListGroupsForUserRequest,
  ListGroupsForUserResponse,
  ListGroupsRequest,
  ListGroupsResponse,
  ListInstanceProfileTagsRequest,
  ListInstanceProfileTagsResponse,
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
  ListInstanceProfilesRequest,
  ListInstanceProfilesResponse,
  ListMFADeviceTagsRequest,
  ListMFADeviceTagsResponse,
  ListMFADevicesRequest,
  ListMFADevicesResponse,
  ListOpenIDConnectProviderTagsRequest,
  ListOpenIDConnectProviderTagsResponse,
  ListOpenIDConnectProvidersResponse,
  ListOrganizationsFeaturesResponse,
  ListPoliciesGrantingServiceAccessRequest,
  ListPoliciesGrantingServiceAccessResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  ListPolicyTagsRequest,
  ListPolicyTagsResponse,
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse,
  ListRolePoliciesRequest,
  ListRolePoliciesResponse,
  ListRoleTagsRequest,
  ListRoleTagsResponse,
  ListRolesRequest,
  ListRolesResponse,
  ListSAMLProviderTagsRequest,
  ListSAMLProviderTagsResponse,
  ListSAMLProvidersResponse,
  ListSSHPublicKeysRequest,
  ListSSHPublicKeysResponse,
  ListServerCertificateTagsRequest,
  ListServerCertificateTagsResponse,
  ListServerCertificatesRequest,
  ListServerCertificatesResponse,
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse,
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse,
  ListUserPoliciesRequest,
  ListUserPoliciesResponse,
  ListUserTagsRequest,
  ListUserTagsResponse,
  ListUsersRequest,
  ListUsersResponse,
  ListVirtualMFADevicesRequest,
  ListVirtualMFADevicesResponse,
  PutAccountPropertiesRequest,
  PutGroupPolicyRequest,
  PutRolePermissionsBoundaryRequest,
  PutRolePolicyRequest,
  PutUserPermissionsBoundaryRequest,
  PutUserPolicyRequest,
  RejectDelegationRequestRequest,
  RemoveClientIDFromOpenIDConnectProviderRequest,
  RemoveRoleFromInstanceProfileRequest,
  RemoveUserFromGroupRequest,
  ResetServiceSpecificCredentialRequest,
  ResetServiceSpecificCredentialResponse,
  ResyncMFADeviceRequest,
  SendDelegationTokenRequest,
  SetDefaultPolicyVersionRequest,
  SetSecurityTokenServicePreferencesRequest,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
  TagInstanceProfileRequest,
  TagMFADeviceRequest,
  TagOpenIDConnectProviderRequest,
  TagPolicyRequest,
  TagRoleRequest,
  TagSAMLProviderRequest,
  TagServerCertificateRequest,
  TagUserRequest,
  UntagInstanceProfileRequest,
  UntagMFADeviceRequest,
  UntagOpenIDConnectProviderRequest,
  UntagPolicyRequest,
  UntagRoleRequest,
  UntagSAMLProviderRequest,
  UntagServerCertificateRequest,
  UntagUserRequest,
  UpdateAccessKeyRequest,
  UpdateAccountPasswordPolicyRequest,
  UpdateAssumeRolePolicyRequest,
  UpdateDelegationRequestRequest,
  UpdateGroupRequest,
  UpdateLoginProfileRequest,
  UpdateOpenIDConnectProviderThumbprintRequest,
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse,
  UpdateRoleRequest,
  UpdateSAMLProviderRequest,
  UpdateSAMLProviderResponse,
  UpdateSSHPublicKeyRequest,
  UpdateServerCertificateRequest,
  UpdateServiceSpecificCredentialRequest,
  UpdateSigningCertificateRequest,
  UpdateUserRequest,
  UploadSSHPublicKeyRequest,
  UploadSSHPublicKeyResponse,
  UploadServerCertificateRequest,
  UploadServerCertificateResponse,
  UploadSigningCertificateRequest,
  UploadSigningCertificateResponse,
} from "@aws-sdk/client-iam";
import { loadModel } from "./model.ts";
import type { Model, Validated } from "./shape.ts";

export interface IamApi {
  AcceptDelegationRequest: {
    input: Validated<AcceptDelegationRequestRequest, "DelegationRequestId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "ServiceFailureException" | "ConcurrentModificationException";
    auth: "sigv4";
  };
  AcquireRole: {
    input: Validated<AcquireRoleRequest, "TemplateArn">;
    output: AcquireRoleResponse;
    error: "LimitExceededException" | "InvalidInputException" | "EntityAlreadyExistsException" | "RoleModifiedException" | "NameConflictException" | "MalformedPolicyDocumentException" | "ConcurrentModificationException" | "ServiceFailureException" | "NoSuchEntityException" | "RoleTemplateDisabledException";
    auth: "sigv4";
  };
  AddClientIDToOpenIDConnectProvider: {
    input: Validated<AddClientIDToOpenIDConnectProviderRequest, "OpenIDConnectProviderArn" | "ClientID">;
    output: Record<string, never>;
    error: "ConcurrentModificationException" | "InvalidInputException" | "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  AddRoleToInstanceProfile: {
    input: Validated<AddRoleToInstanceProfileRequest, "InstanceProfileName" | "RoleName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "EntityAlreadyExistsException" | "LimitExceededException" | "UnmodifiableEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  AddUserToGroup: {
    input: Validated<AddUserToGroupRequest, "GroupName" | "UserName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  AssociateDelegationRequest: {
    input: Validated<AssociateDelegationRequestRequest, "DelegationRequestId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "ServiceFailureException" | "ConcurrentModificationException" | "InvalidInputException";
    auth: "sigv4";
  };
  AttachGroupPolicy: {
    input: Validated<AttachGroupPolicyRequest, "GroupName" | "PolicyArn">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "PolicyNotAttachableException" | "ServiceFailureException";
    auth: "sigv4";
  };
  AttachRolePolicy: {
    input: Validated<AttachRolePolicyRequest, "RoleName" | "PolicyArn">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "UnmodifiableEntityException" | "PolicyNotAttachableException" | "ServiceFailureException";
    auth: "sigv4";
  };
  AttachUserPolicy: {
    input: Validated<AttachUserPolicyRequest, "UserName" | "PolicyArn">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "PolicyNotAttachableException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ChangePassword: {
    input: Validated<ChangePasswordRequest, "OldPassword" | "NewPassword">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidUserTypeException" | "LimitExceededException" | "EntityTemporarilyUnmodifiableException" | "PasswordPolicyViolationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateAccessKey: {
    input: CreateAccessKeyRequest;
    output: CreateAccessKeyResponse;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateAccountAlias: {
    input: Validated<CreateAccountAliasRequest, "AccountAlias">;
    output: Record<string, never>;
    error: "ConcurrentModificationException" | "EntityAlreadyExistsException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateDelegationRequest: {
    input: Validated<CreateDelegationRequestRequest, "Description" | "Permissions" | "RequestorWorkflowId" | "NotificationChannel" | "SessionDuration">;
    output: CreateDelegationRequestResponse;
    error: "EntityAlreadyExistsException" | "ServiceFailureException" | "InvalidInputException" | "LimitExceededException" | "ConcurrentModificationException";
    auth: "sigv4";
  };
  CreateGroup: {
    input: Validated<CreateGroupRequest, "GroupName">;
    output: CreateGroupResponse;
    error: "LimitExceededException" | "EntityAlreadyExistsException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateInstanceProfile: {
    input: Validated<CreateInstanceProfileRequest, "InstanceProfileName">;
    output: CreateInstanceProfileResponse;
    error: "EntityAlreadyExistsException" | "InvalidInputException" | "LimitExceededException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateLoginProfile: {
    input: CreateLoginProfileRequest;
    output: CreateLoginProfileResponse;
    error: "EntityAlreadyExistsException" | "NoSuchEntityException" | "PasswordPolicyViolationException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateOpenIDConnectProvider: {
    input: Validated<CreateOpenIDConnectProviderRequest, "Url">;
    output: CreateOpenIDConnectProviderResponse;
    error: "InvalidInputException" | "EntityAlreadyExistsException" | "LimitExceededException" | "ConcurrentModificationException" | "ServiceFailureException" | "OpenIdIdpCommunicationErrorException";
    auth: "sigv4";
  };
  CreatePolicy: {
    input: Validated<CreatePolicyRequest, "PolicyName" | "PolicyDocument">;
    output: CreatePolicyResponse;
    error: "InvalidInputException" | "LimitExceededException" | "EntityAlreadyExistsException" | "MalformedPolicyDocumentException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreatePolicyVersion: {
    input: Validated<CreatePolicyVersionRequest, "PolicyArn" | "PolicyDocument">;
    output: CreatePolicyVersionResponse;
    error: "NoSuchEntityException" | "MalformedPolicyDocumentException" | "InvalidInputException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateRole: {
    input: Validated<CreateRoleRequest, "RoleName" | "AssumeRolePolicyDocument">;
    output: CreateRoleResponse;
    error: "LimitExceededException" | "InvalidInputException" | "EntityAlreadyExistsException" | "MalformedPolicyDocumentException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateSAMLProvider: {
    input: Validated<CreateSAMLProviderRequest, "SAMLMetadataDocument" | "Name">;
    output: CreateSAMLProviderResponse;
    error: "InvalidInputException" | "EntityAlreadyExistsException" | "LimitExceededException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateServiceLinkedRole: {
    input: Validated<CreateServiceLinkedRoleRequest, "AWSServiceName">;
    output: CreateServiceLinkedRoleResponse;
    error: "InvalidInputException" | "LimitExceededException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateServiceSpecificCredential: {
    input: Validated<CreateServiceSpecificCredentialRequest, "UserName" | "ServiceName">;
    output: CreateServiceSpecificCredentialResponse;
    error: "LimitExceededException" | "NoSuchEntityException" | "ServiceNotSupportedException";
    auth: "sigv4";
  };
  CreateUser: {
    input: Validated<CreateUserRequest, "UserName">;
    output: CreateUserResponse;
    error: "LimitExceededException" | "EntityAlreadyExistsException" | "NoSuchEntityException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  CreateVirtualMFADevice: {
    input: Validated<CreateVirtualMFADeviceRequest, "VirtualMFADeviceName">;
    output: CreateVirtualMFADeviceResponse;
    error: "LimitExceededException" | "InvalidInputException" | "EntityAlreadyExistsException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeactivateMFADevice: {
    input: Validated<DeactivateMFADeviceRequest, "SerialNumber">;
    output: Record<string, never>;
    error: "EntityTemporarilyUnmodifiableException" | "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException" | "ConcurrentModificationException";
    auth: "sigv4";
  };
  DeleteAccessKey: {
    input: Validated<DeleteAccessKeyRequest, "AccessKeyId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteAccountAlias: {
    input: Validated<DeleteAccountAliasRequest, "AccountAlias">;
    output: Record<string, never>;
    error: "ConcurrentModificationException" | "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteAccountPasswordPolicy: {
    input: Record<string, never>;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteGroup: {
    input: Validated<DeleteGroupRequest, "GroupName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "DeleteConflictException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteGroupPolicy: {
    input: Validated<DeleteGroupPolicyRequest, "GroupName" | "PolicyName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteInstanceProfile: {
    input: Validated<DeleteInstanceProfileRequest, "InstanceProfileName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "DeleteConflictException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteLoginProfile: {
    input: DeleteLoginProfileRequest;
    output: Record<string, never>;
    error: "EntityTemporarilyUnmodifiableException" | "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteOpenIDConnectProvider: {
    input: Validated<DeleteOpenIDConnectProviderRequest, "OpenIDConnectProviderArn">;
    output: Record<string, never>;
    error: "InvalidInputException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeletePolicy: {
    input: Validated<DeletePolicyRequest, "PolicyArn">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "DeleteConflictException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeletePolicyVersion: {
    input: Validated<DeletePolicyVersionRequest, "PolicyArn" | "VersionId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "DeleteConflictException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteRole: {
    input: Validated<DeleteRoleRequest, "RoleName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "DeleteConflictException" | "LimitExceededException" | "UnmodifiableEntityException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteRolePermissionsBoundary: {
    input: Validated<DeleteRolePermissionsBoundaryRequest, "RoleName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "UnmodifiableEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteRolePolicy: {
    input: Validated<DeleteRolePolicyRequest, "RoleName" | "PolicyName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "UnmodifiableEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteSAMLProvider: {
    input: Validated<DeleteSAMLProviderRequest, "SAMLProviderArn">;
    output: Record<string, never>;
    error: "InvalidInputException" | "LimitExceededException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteSSHPublicKey: {
    input: Validated<DeleteSSHPublicKeyRequest, "UserName" | "SSHPublicKeyId">;
    output: Record<string, never>;
    error: "NoSuchEntityException";
    auth: "sigv4";
  };
  DeleteServerCertificate: {
    input: Validated<DeleteServerCertificateRequest, "ServerCertificateName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "DeleteConflictException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteServiceLinkedRole: {
    input: Validated<DeleteServiceLinkedRoleRequest, "RoleName">;
    output: DeleteServiceLinkedRoleResponse;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteServiceSpecificCredential: {
    input: Validated<DeleteServiceSpecificCredentialRequest, "ServiceSpecificCredentialId">;
    output: Record<string, never>;
    error: "NoSuchEntityException";
    auth: "sigv4";
  };
  DeleteSigningCertificate: {
    input: Validated<DeleteSigningCertificateRequest, "CertificateId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteUser: {
    input: Validated<DeleteUserRequest, "UserName">;
    output: Record<string, never>;
    error: "LimitExceededException" | "NoSuchEntityException" | "DeleteConflictException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteUserPermissionsBoundary: {
    input: Validated<DeleteUserPermissionsBoundaryRequest, "UserName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteUserPolicy: {
    input: Validated<DeleteUserPolicyRequest, "UserName" | "PolicyName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DeleteVirtualMFADevice: {
    input: Validated<DeleteVirtualMFADeviceRequest, "SerialNumber">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "DeleteConflictException" | "LimitExceededException" | "ServiceFailureException" | "ConcurrentModificationException";
    auth: "sigv4";
  };
  DetachGroupPolicy: {
    input: Validated<DetachGroupPolicyRequest, "GroupName" | "PolicyArn">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DetachRolePolicy: {
    input: Validated<DetachRolePolicyRequest, "RoleName" | "PolicyArn">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "UnmodifiableEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DetachUserPolicy: {
    input: Validated<DetachUserPolicyRequest, "UserName" | "PolicyArn">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  DisableOrganizationsRootCredentialsManagement: {
    input: Record<string, never>;
    output: DisableOrganizationsRootCredentialsManagementResponse;
    error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException";
    auth: "sigv4";
  };
  DisableOrganizationsRootSessions: {
    input: Record<string, never>;
    output: DisableOrganizationsRootSessionsResponse;
    error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException";
    auth: "sigv4";
  };
  DisableOutboundWebIdentityFederation: {
    input: Record<string, never>;
    output: Record<string, never>;
    error: "FeatureDisabledException";
    auth: "sigv4";
  };
  EnableMFADevice: {
    input: Validated<EnableMFADeviceRequest, "UserName" | "SerialNumber" | "AuthenticationCode1" | "AuthenticationCode2">;
    output: Record<string, never>;
    error: "EntityAlreadyExistsException" | "EntityTemporarilyUnmodifiableException" | "InvalidAuthenticationCodeException" | "LimitExceededException" | "NoSuchEntityException" | "ServiceFailureException" | "ConcurrentModificationException";
    auth: "sigv4";
  };
  EnableOrganizationsRootCredentialsManagement: {
    input: Record<string, never>;
    output: EnableOrganizationsRootCredentialsManagementResponse;
    error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException" | "CallerIsNotManagementAccountException";
    auth: "sigv4";
  };
  EnableOrganizationsRootSessions: {
    input: Record<string, never>;
    output: EnableOrganizationsRootSessionsResponse;
    error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException" | "CallerIsNotManagementAccountException";
    auth: "sigv4";
  };
  EnableOutboundWebIdentityFederation: {
    input: Record<string, never>;
    output: EnableOutboundWebIdentityFederationResponse;
    error: "FeatureEnabledException";
    auth: "sigv4";
  };
  GenerateCredentialReport: {
    input: Record<string, never>;
    output: GenerateCredentialReportResponse;
    error: "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GenerateOrganizationsAccessReport: {
    input: Validated<GenerateOrganizationsAccessReportRequest, "EntityPath">;
    output: GenerateOrganizationsAccessReportResponse;
    error: "ReportGenerationLimitExceededException";
    auth: "sigv4";
  };
  GenerateServiceLastAccessedDetails: {
    input: Validated<GenerateServiceLastAccessedDetailsRequest, "Arn">;
    output: GenerateServiceLastAccessedDetailsResponse;
    error: "NoSuchEntityException" | "InvalidInputException";
    auth: "sigv4";
  };
  GetAccessKeyLastUsed: {
    input: Validated<GetAccessKeyLastUsedRequest, "AccessKeyId">;
    output: GetAccessKeyLastUsedResponse;
    error: never;
    auth: "sigv4";
  };
  GetAccountAuthorizationDetails: {
    input: GetAccountAuthorizationDetailsRequest;
    output: GetAccountAuthorizationDetailsResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  GetAccountPasswordPolicy: {
    input: Record<string, never>;
    output: GetAccountPasswordPolicyResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetAccountProperties: {
    input: Record<string, never>;
    output: GetAccountPropertiesResponse;
    error: "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetAccountSummary: {
    input: Record<string, never>;
    output: GetAccountSummaryResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  GetContextKeysForCustomPolicy: {
    input: Validated<GetContextKeysForCustomPolicyRequest, "PolicyInputList">;
    output: GetContextKeysForPolicyResponse;
    error: "InvalidInputException";
    auth: "sigv4";
  };
  GetContextKeysForPrincipalPolicy: {
    input: Validated<GetContextKeysForPrincipalPolicyRequest, "PolicySourceArn">;
    output: GetContextKeysForPolicyResponse;
    error: "NoSuchEntityException" | "InvalidInputException";
    auth: "sigv4";
  };
  GetCredentialReport: {
    input: Record<string, never>;
    output: GetCredentialReportResponse;
    error: "CredentialReportNotPresentException" | "CredentialReportExpiredException" | "CredentialReportNotReadyException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetDelegationRequest: {
    input: Validated<GetDelegationRequestRequest, "DelegationRequestId">;
    output: GetDelegationRequestResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetGroup: {
    input: Validated<GetGroupRequest, "GroupName">;
    output: GetGroupResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetGroupPolicy: {
    input: Validated<GetGroupPolicyRequest, "GroupName" | "PolicyName">;
    output: GetGroupPolicyResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetHumanReadableSummary: {
    input: Validated<GetHumanReadableSummaryRequest, "EntityArn">;
    output: GetHumanReadableSummaryResponse;
    error: "InvalidInputException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetInstanceProfile: {
    input: Validated<GetInstanceProfileRequest, "InstanceProfileName">;
    output: GetInstanceProfileResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetLoginProfile: {
    input: GetLoginProfileRequest;
    output: GetLoginProfileResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetMFADevice: {
    input: Validated<GetMFADeviceRequest, "SerialNumber">;
    output: GetMFADeviceResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetOpenIDConnectProvider: {
    input: Validated<GetOpenIDConnectProviderRequest, "OpenIDConnectProviderArn">;
    output: GetOpenIDConnectProviderResponse;
    error: "InvalidInputException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetOrganizationsAccessReport: {
    input: Validated<GetOrganizationsAccessReportRequest, "JobId">;
    output: GetOrganizationsAccessReportResponse;
    error: "NoSuchEntityException";
    auth: "sigv4";
  };
  GetOutboundWebIdentityFederationInfo: {
    input: Record<string, never>;
    output: GetOutboundWebIdentityFederationInfoResponse;
    error: "FeatureDisabledException";
    auth: "sigv4";
  };
  GetPolicy: {
    input: Validated<GetPolicyRequest, "PolicyArn">;
    output: GetPolicyResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetPolicyVersion: {
    input: Validated<GetPolicyVersionRequest, "PolicyArn" | "VersionId">;
    output: GetPolicyVersionResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetRole: {
    input: Validated<GetRoleRequest, "RoleName">;
    output: GetRoleResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetRolePolicy: {
    input: Validated<GetRolePolicyRequest, "RoleName" | "PolicyName">;
    output: GetRolePolicyResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetRoleTemplateVersion: {
    input: Validated<GetRoleTemplateVersionRequest, "TemplateArn">;
    output: GetRoleTemplateVersionResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetSAMLProvider: {
    input: Validated<GetSAMLProviderRequest, "SAMLProviderArn">;
    output: GetSAMLProviderResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetSSHPublicKey: {
    input: Validated<GetSSHPublicKeyRequest, "UserName" | "SSHPublicKeyId" | "Encoding">;
    output: GetSSHPublicKeyResponse;
    error: "NoSuchEntityException" | "UnrecognizedPublicKeyEncodingException";
    auth: "sigv4";
  };
  GetServerCertificate: {
    input: Validated<GetServerCertificateRequest, "ServerCertificateName">;
    output: GetServerCertificateResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetServiceLastAccessedDetails: {
    input: Validated<GetServiceLastAccessedDetailsRequest, "JobId">;
    output: GetServiceLastAccessedDetailsResponse;
    error: "NoSuchEntityException" | "InvalidInputException";
    auth: "sigv4";
  };
  GetServiceLastAccessedDetailsWithEntities: {
    input: Validated<GetServiceLastAccessedDetailsWithEntitiesRequest, "JobId" | "ServiceNamespace">;
    output: GetServiceLastAccessedDetailsWithEntitiesResponse;
    error: "NoSuchEntityException" | "InvalidInputException";
    auth: "sigv4";
  };
  GetServiceLinkedRoleDeletionStatus: {
    input: Validated<GetServiceLinkedRoleDeletionStatusRequest, "DeletionTaskId">;
    output: GetServiceLinkedRoleDeletionStatusResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetUser: {
    input: GetUserRequest;
    output: GetUserResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  GetUserPolicy: {
    input: Validated<GetUserPolicyRequest, "UserName" | "PolicyName">;
    output: GetUserPolicyResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListAccessKeys: {
    input: ListAccessKeysRequest;
    output: ListAccessKeysResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListAccountAliases: {
    input: ListAccountAliasesRequest;
    output: ListAccountAliasesResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListAttachedGroupPolicies: {
    input: Validated<ListAttachedGroupPoliciesRequest, "GroupName">;
    output: ListAttachedGroupPoliciesResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListAttachedRolePolicies: {
    input: Validated<ListAttachedRolePoliciesRequest, "RoleName">;
    output: ListAttachedRolePoliciesResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListAttachedUserPolicies: {
    input: Validated<ListAttachedUserPoliciesRequest, "UserName">;
    output: ListAttachedUserPoliciesResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListDelegationRequests: {
    input: ListDelegationRequestsRequest;
    output: ListDelegationRequestsResponse;
    error: "NoSuchEntityException" | "ServiceFailureException" | "InvalidInputException";
    auth: "sigv4";
  };
  ListEntitiesForPolicy: {
    input: Validated<ListEntitiesForPolicyRequest, "PolicyArn">;
    output: ListEntitiesForPolicyResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListGroupPolicies: {
    input: Validated<ListGroupPoliciesRequest, "GroupName">;
    output: ListGroupPoliciesResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListGroups: {
    input: ListGroupsRequest;
    output: ListGroupsResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListGroupsForUser: {
    input: Validated<ListGroupsForUserRequest, "UserName">;
    output: ListGroupsForUserResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListInstanceProfileTags: {
    input: Validated<ListInstanceProfileTagsRequest, "InstanceProfileName">;
    output: ListInstanceProfileTagsResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListInstanceProfiles: {
    input: ListInstanceProfilesRequest;
    output: ListInstanceProfilesResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListInstanceProfilesForRole: {
    input: Validated<ListInstanceProfilesForRoleRequest, "RoleName">;
    output: ListInstanceProfilesForRoleResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListMFADeviceTags: {
    input: Validated<ListMFADeviceTagsRequest, "SerialNumber">;
    output: ListMFADeviceTagsResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListMFADevices: {
    input: ListMFADevicesRequest;
    output: ListMFADevicesResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListOpenIDConnectProviderTags: {
    input: Validated<ListOpenIDConnectProviderTagsRequest, "OpenIDConnectProviderArn">;
    output: ListOpenIDConnectProviderTagsResponse;
    error: "NoSuchEntityException" | "ServiceFailureException" | "InvalidInputException";
    auth: "sigv4";
  };
  ListOpenIDConnectProviders: {
    input: Record<string, never>;
    output: ListOpenIDConnectProvidersResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListOrganizationsFeatures: {
    input: Record<string, never>;
    output: ListOrganizationsFeaturesResponse;
    error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException";
    auth: "sigv4";
  };
  ListPolicies: {
    input: ListPoliciesRequest;
    output: ListPoliciesResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListPoliciesGrantingServiceAccess: {
    input: Validated<ListPoliciesGrantingServiceAccessRequest, "Arn" | "ServiceNamespaces">;
    output: ListPoliciesGrantingServiceAccessResponse;
    error: "NoSuchEntityException" | "InvalidInputException";
    auth: "sigv4";
  };
  ListPolicyTags: {
    input: Validated<ListPolicyTagsRequest, "PolicyArn">;
    output: ListPolicyTagsResponse;
    error: "NoSuchEntityException" | "ServiceFailureException" | "InvalidInputException";
    auth: "sigv4";
  };
  ListPolicyVersions: {
    input: Validated<ListPolicyVersionsRequest, "PolicyArn">;
    output: ListPolicyVersionsResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListRolePolicies: {
    input: Validated<ListRolePoliciesRequest, "RoleName">;
    output: ListRolePoliciesResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListRoleTags: {
    input: Validated<ListRoleTagsRequest, "RoleName">;
    output: ListRoleTagsResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListRoles: {
    input: ListRolesRequest;
    output: ListRolesResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListSAMLProviderTags: {
    input: Validated<ListSAMLProviderTagsRequest, "SAMLProviderArn">;
    output: ListSAMLProviderTagsResponse;
    error: "NoSuchEntityException" | "ServiceFailureException" | "InvalidInputException";
    auth: "sigv4";
  };
  ListSAMLProviders: {
    input: Record<string, never>;
    output: ListSAMLProvidersResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListSSHPublicKeys: {
    input: ListSSHPublicKeysRequest;
    output: ListSSHPublicKeysResponse;
    error: "NoSuchEntityException";
    auth: "sigv4";
  };
  ListServerCertificateTags: {
    input: Validated<ListServerCertificateTagsRequest, "ServerCertificateName">;
    output: ListServerCertificateTagsResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListServerCertificates: {
    input: ListServerCertificatesRequest;
    output: ListServerCertificatesResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListServiceSpecificCredentials: {
    input: ListServiceSpecificCredentialsRequest;
    output: ListServiceSpecificCredentialsResponse;
    error: "NoSuchEntityException" | "ServiceNotSupportedException";
    auth: "sigv4";
  };
  ListSigningCertificates: {
    input: ListSigningCertificatesRequest;
    output: ListSigningCertificatesResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListUserPolicies: {
    input: Validated<ListUserPoliciesRequest, "UserName">;
    output: ListUserPoliciesResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListUserTags: {
    input: Validated<ListUserTagsRequest, "UserName">;
    output: ListUserTagsResponse;
    error: "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ListUsers: {
    input: ListUsersRequest;
    output: ListUsersResponse;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  ListVirtualMFADevices: {
    input: ListVirtualMFADevicesRequest;
    output: ListVirtualMFADevicesResponse;
    error: never;
    auth: "sigv4";
  };
  PutAccountProperties: {
    input: Validated<PutAccountPropertiesRequest, "Properties">;
    output: Record<string, never>;
    error: "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  PutGroupPolicy: {
    input: Validated<PutGroupPolicyRequest, "GroupName" | "PolicyName" | "PolicyDocument">;
    output: Record<string, never>;
    error: "LimitExceededException" | "MalformedPolicyDocumentException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  PutRolePermissionsBoundary: {
    input: Validated<PutRolePermissionsBoundaryRequest, "RoleName" | "PermissionsBoundary">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "UnmodifiableEntityException" | "PolicyNotAttachableException" | "ServiceFailureException";
    auth: "sigv4";
  };
  PutRolePolicy: {
    input: Validated<PutRolePolicyRequest, "RoleName" | "PolicyName" | "PolicyDocument">;
    output: Record<string, never>;
    error: "LimitExceededException" | "MalformedPolicyDocumentException" | "NoSuchEntityException" | "UnmodifiableEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  PutUserPermissionsBoundary: {
    input: Validated<PutUserPermissionsBoundaryRequest, "UserName" | "PermissionsBoundary">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "PolicyNotAttachableException" | "ServiceFailureException";
    auth: "sigv4";
  };
  PutUserPolicy: {
    input: Validated<PutUserPolicyRequest, "UserName" | "PolicyName" | "PolicyDocument">;
    output: Record<string, never>;
    error: "LimitExceededException" | "MalformedPolicyDocumentException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  RejectDelegationRequest: {
    input: Validated<RejectDelegationRequestRequest, "DelegationRequestId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "ServiceFailureException" | "ConcurrentModificationException" | "InvalidInputException";
    auth: "sigv4";
  };
  RemoveClientIDFromOpenIDConnectProvider: {
    input: Validated<RemoveClientIDFromOpenIDConnectProviderRequest, "OpenIDConnectProviderArn" | "ClientID">;
    output: Record<string, never>;
    error: "ConcurrentModificationException" | "InvalidInputException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  RemoveRoleFromInstanceProfile: {
    input: Validated<RemoveRoleFromInstanceProfileRequest, "InstanceProfileName" | "RoleName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "UnmodifiableEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  RemoveUserFromGroup: {
    input: Validated<RemoveUserFromGroupRequest, "GroupName" | "UserName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  ResetServiceSpecificCredential: {
    input: Validated<ResetServiceSpecificCredentialRequest, "ServiceSpecificCredentialId">;
    output: ResetServiceSpecificCredentialResponse;
    error: "NoSuchEntityException";
    auth: "sigv4";
  };
  ResyncMFADevice: {
    input: Validated<ResyncMFADeviceRequest, "UserName" | "SerialNumber" | "AuthenticationCode1" | "AuthenticationCode2">;
    output: Record<string, never>;
    error: "InvalidAuthenticationCodeException" | "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException" | "ConcurrentModificationException";
    auth: "sigv4";
  };
  SendDelegationToken: {
    input: Validated<SendDelegationTokenRequest, "DelegationRequestId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "ServiceFailureException" | "ConcurrentModificationException" | "InvalidInputException";
    auth: "sigv4";
  };
  SetDefaultPolicyVersion: {
    input: Validated<SetDefaultPolicyVersionRequest, "PolicyArn" | "VersionId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  SetSecurityTokenServicePreferences: {
    input: Validated<SetSecurityTokenServicePreferencesRequest, "GlobalEndpointTokenVersion">;
    output: Record<string, never>;
    error: "ServiceFailureException";
    auth: "sigv4";
  };
  SimulateCustomPolicy: {
    input: Validated<SimulateCustomPolicyRequest, "PolicyInputList" | "ActionNames">;
    output: SimulatePolicyResponse;
    error: "InvalidInputException" | "PolicyEvaluationException";
    auth: "sigv4";
  };
  SimulatePrincipalPolicy: {
    input: Validated<SimulatePrincipalPolicyRequest, "PolicySourceArn" | "ActionNames">;
    output: SimulatePolicyResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "PolicyEvaluationException";
    auth: "sigv4";
  };
  TagInstanceProfile: {
    input: Validated<TagInstanceProfileRequest, "InstanceProfileName" | "Tags">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "LimitExceededException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  TagMFADevice: {
    input: Validated<TagMFADeviceRequest, "SerialNumber" | "Tags">;
    output: Record<string, never>;
    error: "InvalidInputException" | "NoSuchEntityException" | "LimitExceededException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  TagOpenIDConnectProvider: {
    input: Validated<TagOpenIDConnectProviderRequest, "OpenIDConnectProviderArn" | "Tags">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  TagPolicy: {
    input: Validated<TagPolicyRequest, "PolicyArn" | "Tags">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  TagRole: {
    input: Validated<TagRoleRequest, "RoleName" | "Tags">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  TagSAMLProvider: {
    input: Validated<TagSAMLProviderRequest, "SAMLProviderArn" | "Tags">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  TagServerCertificate: {
    input: Validated<TagServerCertificateRequest, "ServerCertificateName" | "Tags">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "LimitExceededException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  TagUser: {
    input: Validated<TagUserRequest, "UserName" | "Tags">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UntagInstanceProfile: {
    input: Validated<UntagInstanceProfileRequest, "InstanceProfileName" | "TagKeys">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UntagMFADevice: {
    input: Validated<UntagMFADeviceRequest, "SerialNumber" | "TagKeys">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UntagOpenIDConnectProvider: {
    input: Validated<UntagOpenIDConnectProviderRequest, "OpenIDConnectProviderArn" | "TagKeys">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UntagPolicy: {
    input: Validated<UntagPolicyRequest, "PolicyArn" | "TagKeys">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UntagRole: {
    input: Validated<UntagRoleRequest, "RoleName" | "TagKeys">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UntagSAMLProvider: {
    input: Validated<UntagSAMLProviderRequest, "SAMLProviderArn" | "TagKeys">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UntagServerCertificate: {
    input: Validated<UntagServerCertificateRequest, "ServerCertificateName" | "TagKeys">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UntagUser: {
    input: Validated<UntagUserRequest, "UserName" | "TagKeys">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateAccessKey: {
    input: Validated<UpdateAccessKeyRequest, "AccessKeyId" | "Status">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException" | "InvalidInputException";
    auth: "sigv4";
  };
  UpdateAccountPasswordPolicy: {
    input: UpdateAccountPasswordPolicyRequest;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "MalformedPolicyDocumentException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateAssumeRolePolicy: {
    input: Validated<UpdateAssumeRolePolicyRequest, "RoleName" | "PolicyDocument">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "MalformedPolicyDocumentException" | "LimitExceededException" | "UnmodifiableEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateDelegationRequest: {
    input: Validated<UpdateDelegationRequestRequest, "DelegationRequestId">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "ServiceFailureException" | "ConcurrentModificationException" | "InvalidInputException";
    auth: "sigv4";
  };
  UpdateGroup: {
    input: Validated<UpdateGroupRequest, "GroupName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "EntityAlreadyExistsException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateLoginProfile: {
    input: Validated<UpdateLoginProfileRequest, "UserName">;
    output: Record<string, never>;
    error: "EntityTemporarilyUnmodifiableException" | "NoSuchEntityException" | "PasswordPolicyViolationException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateOpenIDConnectProviderThumbprint: {
    input: Validated<UpdateOpenIDConnectProviderThumbprintRequest, "OpenIDConnectProviderArn" | "ThumbprintList">;
    output: Record<string, never>;
    error: "ConcurrentModificationException" | "InvalidInputException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateRole: {
    input: Validated<UpdateRoleRequest, "RoleName">;
    output: Record<string, never>;
    error: "UnmodifiableEntityException" | "NoSuchEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateRoleDescription: {
    input: Validated<UpdateRoleDescriptionRequest, "RoleName" | "Description">;
    output: UpdateRoleDescriptionResponse;
    error: "NoSuchEntityException" | "UnmodifiableEntityException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateSAMLProvider: {
    input: Validated<UpdateSAMLProviderRequest, "SAMLProviderArn">;
    output: UpdateSAMLProviderResponse;
    error: "NoSuchEntityException" | "InvalidInputException" | "LimitExceededException" | "ServiceFailureException" | "ConcurrentModificationException";
    auth: "sigv4";
  };
  UpdateSSHPublicKey: {
    input: Validated<UpdateSSHPublicKeyRequest, "UserName" | "SSHPublicKeyId" | "Status">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "InvalidInputException";
    auth: "sigv4";
  };
  UpdateServerCertificate: {
    input: Validated<UpdateServerCertificateRequest, "ServerCertificateName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "EntityAlreadyExistsException" | "LimitExceededException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UpdateServiceSpecificCredential: {
    input: Validated<UpdateServiceSpecificCredentialRequest, "ServiceSpecificCredentialId" | "Status">;
    output: Record<string, never>;
    error: "NoSuchEntityException";
    auth: "sigv4";
  };
  UpdateSigningCertificate: {
    input: Validated<UpdateSigningCertificateRequest, "CertificateId" | "Status">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException" | "InvalidInputException";
    auth: "sigv4";
  };
  UpdateUser: {
    input: Validated<UpdateUserRequest, "UserName">;
    output: Record<string, never>;
    error: "NoSuchEntityException" | "LimitExceededException" | "EntityAlreadyExistsException" | "EntityTemporarilyUnmodifiableException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UploadSSHPublicKey: {
    input: Validated<UploadSSHPublicKeyRequest, "UserName" | "SSHPublicKeyBody">;
    output: UploadSSHPublicKeyResponse;
    error: "LimitExceededException" | "NoSuchEntityException" | "InvalidPublicKeyException" | "DuplicateSSHPublicKeyException" | "UnrecognizedPublicKeyEncodingException";
    auth: "sigv4";
  };
  UploadServerCertificate: {
    input: Validated<UploadServerCertificateRequest, "ServerCertificateName" | "CertificateBody" | "PrivateKey">;
    output: UploadServerCertificateResponse;
    error: "LimitExceededException" | "InvalidInputException" | "EntityAlreadyExistsException" | "MalformedCertificateException" | "KeyPairMismatchException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
  UploadSigningCertificate: {
    input: Validated<UploadSigningCertificateRequest, "CertificateBody">;
    output: UploadSigningCertificateResponse;
    error: "LimitExceededException" | "EntityAlreadyExistsException" | "MalformedCertificateException" | "InvalidCertificateException" | "DuplicateCertificateException" | "NoSuchEntityException" | "ConcurrentModificationException" | "ServiceFailureException";
    auth: "sigv4";
  };
}

export const iam: Model = loadModel("iam");
