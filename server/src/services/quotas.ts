/** IAM User Guide, "IAM and AWS STS quotas", and GetAccountSummary as recorded from AWS in 2026; by AWS's own names in errors. */
export const defaultQuotas = {
  UsersPerAccount: 5000,
  GroupsPerAccount: 300,
  PoliciesPerAccount: 1500,
  RolesPerAccount: 1000,
  InstanceProfilesPerAccount: 1000,
  InstanceSessionsPerInstanceProfile: 1,
  GroupsPerUser: 10,
  AccessKeysPerUser: 2,
  CertificatesPerUser: 2,
  MFADevicesPerUser: 8,
  SSHPublicKeysPerUser: 5,
  /** Service-specific credentials, for each service. */
  ContextSpecificCredentialsPerUserPerContext: 2,
  ServerCertificatesPerAccount: 20,
  SAMLProvidersPerAccount: 100,
  OpenIdConnectProvidersPerAccount: 100,
  ClientIdsPerOpenIdConnectProvider: 100,
  PoliciesPerUser: 10,
  PoliciesPerGroup: 10,
  PoliciesPerRole: 10,
  VersionsPerPolicy: 5,
  TagsPerUser: 50,
  TagsPerRole: 50,
  TagsPerInstanceProfile: 50,
  TagsPerPolicy: 50,
  TagsPerMFADevice: 50,
  TagsPerServerCertificate: 50,
  TagsPerSAMLProvider: 50,
  TagsPerOpenIdConnectProvider: 50,
  /** Characters, white space not counted. */
  PolicySize: 6144,
  UserPolicySize: 2048,
  GroupPolicySize: 5120,
  RolePolicySize: 10240,
  AssumeRolePolicySize: 2048,
  /** Cognito Developer Guide, "Quotas in Amazon Cognito", as the next one. */
  UserPoolsPerRegion: 1000,
  TagsPerUserPool: 50,
  AppClientsPerUserPool: 1000,
  ResourceServersPerUserPool: 25,
  IdentityProvidersPerUserPool: 300,
  CustomDomainsPerRegion: 4,
  ManagedLoginBrandingsPerUserPool: 20,
  /** Ours, as the next one: AWS tells neither number. */
  ReplicasPerUserPool: 20,
  RequestsPerSecondPerApiCategory: 10_000,
  /** API reference, AddUserPoolClientSecret. */
  SecretsPerAppClient: 2,
  /** Cognito Developer Guide, "Quotas in Amazon Cognito", as the next ones. */
  GroupsPerUserPool: 10_000,
  GroupsPerPoolUser: 100,
  CustomAttributesPerUserPool: 50,
  LinkedIdentitiesPerPoolUser: 5,
  ImportJobsPerUserPool: 1000,
} as const;

export type Quotas = { readonly [Name in keyof typeof defaultQuotas]: number };
