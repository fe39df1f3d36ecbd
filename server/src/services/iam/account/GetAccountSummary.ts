import { accessKeys } from "../../../store/access-keys.ts";
import { groups } from "../../../store/groups.ts";
import { policies } from "../../../store/policies.ts";
import { policyUses } from "../../../store/policy-uses.ts";
import { signingCertificates } from "../../../store/signing-certificates.ts";
import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";

export const GetAccountSummary = iam("GetAccountSummary", {
  resource: () => wholeAccount,

  // The keys are those recorded from AWS in 2026. What this release cannot make, an account has none of.
  async handle(_input, call) {
    const { tx, accountId } = call;
    const { quotas } = call.environment;
    const present = (count: number) => (count > 0 ? 1 : 0);
    return {
      SummaryMap: {
        AccessKeysPerUserQuota: quotas.AccessKeysPerUser,
        AccountAccessKeysPresent: present(await accessKeys.count(tx, accountId, null)),
        AccountMFAEnabled: 0,
        AccountPasswordPresent: 0,
        AccountSigningCertificatesPresent: present(await signingCertificates.count(tx, accountId, accountId)),
        AssumeRolePolicySizeQuota: 2048,
        AttachedPoliciesPerGroupQuota: quotas.PoliciesPerGroup,
        AttachedPoliciesPerRoleQuota: 10,
        AttachedPoliciesPerUserQuota: quotas.PoliciesPerUser,
        GlobalEndpointTokenVersion: 1,
        GroupPolicySizeQuota: quotas.GroupPolicySize,
        Groups: await groups.count(tx, accountId),
        GroupsPerUserQuota: quotas.GroupsPerUser,
        GroupsQuota: quotas.GroupsPerAccount,
        InstanceProfiles: 0,
        InstanceProfilesQuota: 1000,
        MFADevices: 0,
        MFADevicesInUse: 0,
        Policies: await policies.count(tx, accountId),
        PoliciesQuota: quotas.PoliciesPerAccount,
        PolicySizeQuota: quotas.PolicySize,
        PolicyVersionsInUse: await policyUses.count(tx, accountId),
        PolicyVersionsInUseQuota: 10000,
        Providers: 0,
        RolePolicySizeQuota: 10240,
        Roles: 0,
        RolesQuota: 1000,
        ServerCertificates: 0,
        ServerCertificatesQuota: 20,
        SigningCertificatesPerUserQuota: quotas.CertificatesPerUser,
        UserPolicySizeQuota: quotas.UserPolicySize,
        Users: await users.count(tx, accountId),
        UsersQuota: quotas.UsersPerAccount,
        VersionsPerPolicyQuota: quotas.VersionsPerPolicy,
      },
    };
  },
});
