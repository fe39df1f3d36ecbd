import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteServerCertificateCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  GetAccountSummaryCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../../../../test/certificates.ts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { enabledDevice, newDevice } from "../../../../test/mfa.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { metadataOf } from "../../../../test/saml-responses.ts";
import { uploadServerCertificate } from "../../../../test/server-certificates.ts";

suite("GetAccountSummary", async () => {
  const h = await harness();
  const summary = async (iam = h.iam) => (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap;
  /** Keys and quotas recorded from AWS, 2026-02; the counts are those of an account that has a root key and nothing else. */
  const fresh = {
    AccessKeysPerUserQuota: 2,
    AccountAccessKeysPresent: 1,
    AccountMFAEnabled: 0,
    AccountPasswordPresent: 0,
    AccountSigningCertificatesPresent: 0,
    AssumeRolePolicySizeQuota: 2048,
    AttachedPoliciesPerGroupQuota: 10,
    AttachedPoliciesPerRoleQuota: 10,
    AttachedPoliciesPerUserQuota: 10,
    GlobalEndpointTokenVersion: 1,
    GroupPolicySizeQuota: 5120,
    Groups: 0,
    GroupsPerUserQuota: 10,
    GroupsQuota: 300,
    InstanceProfiles: 0,
    InstanceProfilesQuota: 1000,
    MFADevices: 0,
    MFADevicesInUse: 0,
    Policies: 0,
    PoliciesQuota: 1500,
    PolicySizeQuota: 6144,
    PolicyVersionsInUse: 0,
    PolicyVersionsInUseQuota: 10000,
    Providers: 0,
    RolePolicySizeQuota: 10240,
    Roles: 0,
    RolesQuota: 1000,
    ServerCertificates: 0,
    ServerCertificatesQuota: 20,
    SigningCertificatesPerUserQuota: 2,
    UserPolicySizeQuota: 2048,
    Users: 0,
    UsersQuota: 5000,
    VersionsPerPolicyQuota: 5,
  };

  test("a fresh account", async () => {
    assert.deepEqual(await summary(), fresh);
  });

  test("counts what there is, and what is root's as present", async () => {
    for (const UserName of ["ann", "bob", "carl"]) await h.iam.send(new CreateUserCommand({ UserName }));
    await h.iam.send(new DeleteUserCommand({ UserName: "bob" }));
    await h.iam.send(new CreateGroupCommand({ GroupName: "crew" }));
    const PolicyDocument = JSON.stringify(allow("sts:*"));
    const { Policy } = await h.iam.send(new CreatePolicyCommand({ PolicyName: "policy", PolicyDocument }));
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: Policy?.Arn }));
    // Of the users' certificates it says nothing, however many.
    for (const [UserName, name] of [
      ["ann", "rsa-2048"],
      ["carl", "ec-p256"],
    ] as const) {
      await h.iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody: certificate(name) }));
    }
    const counted = { ...fresh, Users: 2, Groups: 1, Policies: 1, PolicyVersionsInUse: 1 };
    assert.deepEqual(await summary(), counted);
    for (const name of ["rsa-2048-b", "rsa-2048-c"]) {
      await h.iam.send(new UploadSigningCertificateCommand({ CertificateBody: certificate(name) }));
    }
    assert.deepEqual(await summary(), { ...counted, AccountSigningCertificatesPresent: 1 });
  });

  test("counts devices and server certificates, and root's device as its MFA", async () => {
    const other = await harness();
    const count = async () => (await other.iam.send(new GetAccountSummaryCommand({}))).SummaryMap;
    await other.iam.send(new CreateUserCommand({ UserName: "ann" }));
    const anns = await enabledDevice(other, "anns", "ann");
    await newDevice(other, "free");
    await uploadServerCertificate(other.iam, "server");
    const counted = { ...fresh, Users: 1, MFADevices: 2, MFADevicesInUse: 1, ServerCertificates: 1 };
    assert.deepEqual(await count(), counted);
    const roots = await enabledDevice(other, "roots", testAccount);
    assert.deepEqual(await count(), { ...counted, MFADevices: 3, MFADevicesInUse: 2, AccountMFAEnabled: 1 });
    for (const [UserName, { serialNumber: SerialNumber }] of [
      ["ann", anns],
      [testAccount, roots],
    ] as const) {
      await other.iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
      await other.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
    }
    await other.iam.send(new DeleteServerCertificateCommand({ ServerCertificateName: "server" }));
    assert.deepEqual(await count(), { ...fresh, Users: 1, MFADevices: 1 });
  });

  test("counts identity providers of both kinds together", async () => {
    const other = await harness();
    for (const [index, Url] of ["https://one.example.com", "https://two.example.com"].entries()) {
      assert.equal((await summary(other.iam))?.Providers, index);
      const ThumbprintList = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"];
      await other.iam.send(new CreateOpenIDConnectProviderCommand({ Url, ThumbprintList }));
    }
    const SAMLMetadataDocument = metadataOf({ entityId: "https://idp.example.com" }, [certificate("rsa-2048")]);
    await other.iam.send(new CreateSAMLProviderCommand({ Name: "idp", SAMLMetadataDocument }));
    assert.equal((await summary(other.iam))?.Providers, 3);
  });

  test("shows the quotas that hold", async () => {
    const small = await harness({ quotas: { UsersPerAccount: 7, CertificatesPerUser: 1 } });
    const expected = { ...fresh, UsersQuota: 7, SigningCertificatesPerUserQuota: 1 };
    assert.deepEqual(await summary(small.iam), expected);
  });

  test("a user needs permission on everything", async () => {
    const may = await userWithKey(h, "may", allow("iam:GetAccountSummary"));
    assert.equal((await summary(may.iam))?.Users, 3);
    const mayNot = await userWithKey(h, "may-not");
    assert.deepEqual(await refused(summary(mayNot.iam)), accessDenied("may-not", "iam:GetAccountSummary", "*"));
  });
});
