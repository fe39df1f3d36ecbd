export { AccessKey, type AccessKeyAttributes } from "./access-key.ts";
export { AccessKeyPair, type AccessKeyPairAttributes } from "./access-key-pair.ts";
export { AccountPasswordPolicy, type AccountPasswordPolicyAttributes } from "./account-password-policy.ts";
export { AccountSummary, type AccountSummaryAttributes } from "./account-summary.ts";
export { AssumeRolePolicy } from "./assume-role-policy.ts";
export { Collection, type Page, type PageFetch, type PageInput } from "./collection.ts";
export { CurrentUser, type CurrentUserAttributes } from "./current-user.ts";
export { AnswerError, ResourceLoadError, WaiterError } from "./errors.ts";
export { Group, type GroupAttachedPolicyFilter, type GroupAttributes } from "./group.ts";
export { GroupPolicy, type GroupPolicyAttributes } from "./group-policy.ts";
export {
  type GroupFilter,
  Iam,
  type InstanceProfileFilter,
  type PolicyFilter,
  type ResourcesOptions,
  type RoleFilter,
  resources,
  type ServerCertificateFilter,
  type UserFilter,
  type VirtualMfaDeviceFilter,
} from "./iam.ts";
export { InstanceProfile, type InstanceProfileAttributes } from "./instance-profile.ts";
export { LoginProfile, type LoginProfileAttributes } from "./login-profile.ts";
export { MfaDevice, type MfaDeviceAttributes } from "./mfa-device.ts";
export { Policy, type PolicyAttributes, type PolicyEntityFilter } from "./policy.ts";
export { PolicyVersion, type PolicyVersionAttributes } from "./policy-version.ts";
export {
  type Attributes,
  DescribedResource,
  type Input,
  LoadableResource,
  type RequestOptions,
  Resource,
} from "./resource.ts";
export { Role, type RoleAttachedPolicyFilter, type RoleAttributes } from "./role.ts";
export { RolePolicy, type RolePolicyAttributes } from "./role-policy.ts";
export { SamlProvider, type SamlProviderAttributes } from "./saml-provider.ts";
export { ServerCertificate, type ServerCertificateAttributes } from "./server-certificate.ts";
export { SigningCertificate, type SigningCertificateAttributes } from "./signing-certificate.ts";
export { User, type UserAttachedPolicyFilter, type UserAttributes } from "./user.ts";
export { UserPolicy, type UserPolicyAttributes } from "./user-policy.ts";
export { VirtualMfaDevice, type VirtualMfaDeviceAttributes } from "./virtual-mfa-device.ts";
export type { WaiterOptions } from "./waiter.ts";
