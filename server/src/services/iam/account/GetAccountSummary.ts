import { accessKeys } from "../../../store/access-keys.ts";
import { accountProperties } from "../../../store/account-properties.ts";
import { groups } from "../../../store/groups.ts";
import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { mfaDevices } from "../../../store/mfa-devices.ts";
import { oidcProviders } from "../../../store/oidc-providers.ts";
import { policies } from "../../../store/policies.ts";
import { policyUses } from "../../../store/policy-uses.ts";
import { roles } from "../../../store/roles.ts";
import { samlProviders } from "../../../store/saml-providers.ts";
import { serverCertificates } from "../../../store/server-certificates.ts";
import { signingCertificates } from "../../../store/signing-certificates.ts";
import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";
import { globalEndpointTokenVersion } from "./account-property.ts";

export const GetAccountSummary = iam("GetAccountSummary", {
  resource: () => wholeAccount,

  // The keys are those recorded from AWS in 2026. What this release cannot make, an account has none of.
  async handle(_input, call) {
    const { tx, accountId } = call;
    const { quotas } = call.environment;
    const tokenVersion = await accountProperties.find(tx, accountId, globalEndpointTokenVersion);
    const present = (count: number) => (count > 0 ? 1 : 0);
    return {
      SummaryMap: {
        AccessKeysPerUserQuota: quotas.AccessKeysPerUser,
        AccountAccessKeysPresent: present(await accessKeys.count(tx, accountId, null)),
        AccountMFAEnabled: present(await mfaDevices.countOfOwner(tx, accountId)),
        // Root has no password: there is no console to sign in to.
        AccountPasswordPresent: 0,
        AccountSigningCertificatesPresent: present(await signingCertificates.count(tx, accountId, accountId)),
        AssumeRolePolicySizeQuota: quotas.AssumeRolePolicySize,
        AttachedPoliciesPerGroupQuota: quotas.PoliciesPerGroup,
        AttachedPoliciesPerRoleQuota: quotas.PoliciesPerRole,
        AttachedPoliciesPerUserQuota: quotas.PoliciesPerUser,
        GlobalEndpointTokenVersion: tokenVersion === "v2Token" ? 2 : 1,
        GroupPolicySizeQuota: quotas.GroupPolicySize,
        Groups: await groups.count(tx, accountId),
        GroupsPerUserQuota: quotas.GroupsPerUser,
        GroupsQuota: quotas.GroupsPerAccount,
        InstanceProfiles: await instanceProfiles.count(tx, accountId),
        InstanceProfilesQuota: quotas.InstanceProfilesPerAccount,
        MFADevices: await mfaDevices.count(tx, accountId),
        MFADevicesInUse: await mfaDevices.countInUse(tx, accountId),
        Policies: await policies.count(tx, accountId),
        PoliciesQuota: quotas.PoliciesPerAccount,
        PolicySizeQuota: quotas.PolicySize,
        PolicyVersionsInUse: await policyUses.count(tx, accountId),
        PolicyVersionsInUseQuota: 10000,
        Providers: (await oidcProviders.count(tx, accountId)) + (await samlProviders.count(tx, accountId)),
        RolePolicySizeQuota: quotas.RolePolicySize,
        Roles: await roles.count(tx, accountId),
        RolesQuota: quotas.RolesPerAccount,
        ServerCertificates: await serverCertificates.count(tx, accountId),
        ServerCertificatesQuota: quotas.ServerCertificatesPerAccount,
        SigningCertificatesPerUserQuota: quotas.CertificatesPerUser,
        UserPolicySizeQuota: quotas.UserPolicySize,
        Users: await users.count(tx, accountId),
        UsersQuota: quotas.UsersPerAccount,
        VersionsPerPolicyQuota: quotas.VersionsPerPolicy,
      },
    };
  },
});
