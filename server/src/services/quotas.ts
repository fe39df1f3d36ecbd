/** IAM User Guide, "IAM and AWS STS quotas", and GetAccountSummary as recorded from AWS in 2026; by AWS's own names in errors. */
export const defaultQuotas = {
  UsersPerAccount: 5000,
  GroupsPerAccount: 300,
  PoliciesPerAccount: 1500,
  GroupsPerUser: 10,
  AccessKeysPerUser: 2,
  CertificatesPerUser: 2,
  PoliciesPerUser: 10,
  PoliciesPerGroup: 10,
  VersionsPerPolicy: 5,
  TagsPerUser: 50,
  TagsPerPolicy: 50,
  /** Characters, white space not counted. */
  PolicySize: 6144,
  UserPolicySize: 2048,
  GroupPolicySize: 5120,
  /** Cognito Developer Guide, "Quotas in Amazon Cognito", as the next one. */
  UserPoolsPerRegion: 1000,
  TagsPerUserPool: 50,
} as const;

export type Quotas = { readonly [Name in keyof typeof defaultQuotas]: number };
