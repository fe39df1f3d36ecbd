import {
  ChangePasswordCommand,
  type ChangePasswordRequest,
  CreateAccountAliasCommand,
  type CreateAccountAliasRequest,
  type CreateGroupRequest,
  CreateInstanceProfileCommand,
  type CreateInstanceProfileRequest,
  CreatePolicyCommand,
  type CreatePolicyRequest,
  CreateRoleCommand,
  type CreateRoleRequest,
  CreateSAMLProviderCommand,
  type CreateSAMLProviderRequest,
  type CreateUserRequest,
  CreateVirtualMFADeviceCommand,
  type CreateVirtualMFADeviceRequest,
  IAMClient,
  type IAMClientConfig,
  ListGroupsCommand,
  type ListGroupsRequest,
  ListInstanceProfilesCommand,
  type ListInstanceProfilesRequest,
  ListPoliciesCommand,
  type ListPoliciesRequest,
  ListRolesCommand,
  type ListRolesRequest,
  ListSAMLProvidersCommand,
  ListServerCertificatesCommand,
  type ListServerCertificatesRequest,
  ListUsersCommand,
  type ListUsersRequest,
  ListVirtualMFADevicesCommand,
  type ListVirtualMFADevicesRequest,
  type UpdateAccountPasswordPolicyRequest,
  UploadServerCertificateCommand,
  type UploadServerCertificateRequest,
  UploadSigningCertificateCommand,
  type UploadSigningCertificateRequest,
} from "@aws-sdk/client-iam";
import { AccessKey } from "./access-key.ts";
import { AccessKeyPair } from "./access-key-pair.ts";
import { AccountPasswordPolicy } from "./account-password-policy.ts";
import { AccountSummary } from "./account-summary.ts";
import { answered } from "./answer.ts";
import { AssumeRolePolicy } from "./assume-role-policy.ts";
import { Collection } from "./collection.ts";
import { CurrentUser } from "./current-user.ts";
import { Group, groupsFrom } from "./group.ts";
import { GroupPolicy } from "./group-policy.ts";
import { InstanceProfile, instanceProfilesFrom } from "./instance-profile.ts";
import { LoginProfile } from "./login-profile.ts";
import { MfaDevice } from "./mfa-device.ts";
import { Policy } from "./policy.ts";
import { PolicyVersion } from "./policy-version.ts";
import { type Input, type RequestOptions, Resource } from "./resource.ts";
import { Role, rolesFrom } from "./role.ts";
import { RolePolicy } from "./role-policy.ts";
import { SamlProvider } from "./saml-provider.ts";
import { ServerCertificate } from "./server-certificate.ts";
import { SigningCertificate } from "./signing-certificate.ts";
import { User, usersFrom } from "./user.ts";
import { UserPolicy } from "./user-policy.ts";
import { VirtualMfaDevice } from "./virtual-mfa-device.ts";

/** An IAMClient to speak through, or what to make one of. */
export type ResourcesOptions = { readonly client: IAMClient } | IAMClientConfig;

/** What `iam.groups.filter` takes. */
export type GroupFilter = Input<ListGroupsRequest, "Marker" | "MaxItems">;
/** What `iam.instanceProfiles.filter` takes. */
export type InstanceProfileFilter = Input<ListInstanceProfilesRequest, "Marker" | "MaxItems">;
/** What `iam.policies.filter` takes. */
export type PolicyFilter = Input<ListPoliciesRequest, "Marker" | "MaxItems">;
/** What `iam.roles.filter` takes. */
export type RoleFilter = Input<ListRolesRequest, "Marker" | "MaxItems">;
/** What `iam.serverCertificates.filter` takes. */
export type ServerCertificateFilter = Input<ListServerCertificatesRequest, "Marker" | "MaxItems">;
/** What `iam.users.filter` takes. */
export type UserFilter = Input<ListUsersRequest, "Marker" | "MaxItems">;
/** What `iam.virtualMfaDevices.filter` takes. */
export type VirtualMfaDeviceFilter = Input<ListVirtualMFADevicesRequest, "Marker" | "MaxItems">;

/**
 * IAM's resources, as `boto3.resource("iam")` gives them.
 *
 * @example
 * With settings of the SDK client:
 * ```ts
 * import { resources } from "@countersign/resources";
 *
 * const iam = resources({
 *   region: "us-east-1",
 *   endpoint: "http://127.0.0.1:4566",
 *   credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
 * });
 * for await (const user of iam.users) console.log(user.name);
 * ```
 *
 * @example
 * With a client of one's own, which stays usable for everything else:
 * ```ts
 * import { IAMClient } from "@aws-sdk/client-iam";
 * import { resources } from "@countersign/resources";
 *
 * const iam = resources({ client: new IAMClient({ region: "us-east-1" }) });
 * ```
 */
export function resources(options: ResourcesOptions = {}): Iam {
  return new Iam("client" in options ? options.client : new IAMClient(options));
}

/**
 * The IAM service: what creates resources, finds them by their identifiers and lists them. Made by `resources()`.
 *
 * @example
 * ```ts
 * declare const pem: string;
 *
 * const user = await iam.createUser({ UserName: "ann" });
 * const certificate = await iam.createSigningCertificate({ UserName: user.name, CertificateBody: pem });
 * console.log(certificate.id);
 * ```
 */
export class Iam extends Resource {
  constructor(client: IAMClient) {
    super(client, {});
  }

  override get kind(): string {
    return "ServiceResource";
  }

  /**
   * Changes the caller's own console password (ChangePassword).
   *
   * @example
   * ```ts
   * await iam.changePassword({ OldPassword: "correct horse battery", NewPassword: "staple correct horse" });
   * ```
   */
  async changePassword(input: Input<ChangePasswordRequest>, options?: RequestOptions): Promise<void> {
    await this.client.send(new ChangePasswordCommand(input), options);
  }

  /**
   * Gives the account an alias (CreateAccountAlias).
   *
   * @example
   * ```ts
   * await iam.createAccountAlias({ AccountAlias: "example-corp" });
   * ```
   */
  async createAccountAlias(input: Input<CreateAccountAliasRequest>, options?: RequestOptions): Promise<void> {
    await this.client.send(new CreateAccountAliasCommand(input), options);
  }

  /**
   * Sets the account's password policy (UpdateAccountPasswordPolicy).
   *
   * @example
   * ```ts
   * const policy = await iam.createAccountPasswordPolicy({ MinimumPasswordLength: 14, RequireNumbers: true });
   * ```
   */
  async createAccountPasswordPolicy(
    input: Input<UpdateAccountPasswordPolicyRequest> = {},
    options?: RequestOptions,
  ): Promise<AccountPasswordPolicy> {
    const policy = this.accountPasswordPolicy();
    await policy.update(input, options);
    return policy;
  }

  /**
   * Creates a group (CreateGroup).
   *
   * @example
   * ```ts
   * const group = await iam.createGroup({ GroupName: "writers", Path: "/staff/" });
   * ```
   */
  async createGroup(input: Input<CreateGroupRequest>, options?: RequestOptions): Promise<Group> {
    const { GroupName, ...rest } = input;
    return await this.group(GroupName).create(rest, options);
  }

  /**
   * Creates an instance profile (CreateInstanceProfile).
   *
   * @example
   * ```ts
   * const profile = await iam.createInstanceProfile({ InstanceProfileName: "web" });
   * ```
   */
  async createInstanceProfile(
    input: Input<CreateInstanceProfileRequest>,
    options?: RequestOptions,
  ): Promise<InstanceProfile> {
    const answer = await this.client.send(new CreateInstanceProfileCommand(input), options);
    const profile = answered(answer.InstanceProfile, "CreateInstanceProfile", "InstanceProfile");
    return new InstanceProfile(this.client, input.InstanceProfileName, profile);
  }

  /**
   * Creates a managed policy (CreatePolicy).
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
   * const policy = await iam.createPolicy({
   *   PolicyName: "read",
   *   PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
   * });
   * ```
   */
  async createPolicy(input: Input<CreatePolicyRequest>, options?: RequestOptions): Promise<Policy> {
    const answer = await this.client.send(new CreatePolicyCommand(input), options);
    const policy = answered(answer.Policy, "CreatePolicy", "Policy");
    return new Policy(this.client, answered(policy.Arn, "CreatePolicy", "Policy.Arn"), policy);
  }

  /**
   * Creates a role (CreateRole).
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }];
   * const role = await iam.createRole({
   *   RoleName: "deploy",
   *   AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
   * });
   * ```
   */
  async createRole(input: Input<CreateRoleRequest>, options?: RequestOptions): Promise<Role> {
    const answer = await this.client.send(new CreateRoleCommand(input), options);
    return new Role(this.client, input.RoleName, answered(answer.Role, "CreateRole", "Role"));
  }

  /**
   * Creates a SAML provider (CreateSAMLProvider).
   *
   * @example
   * ```ts
   * declare const metadata: string;
   *
   * const provider = await iam.createSamlProvider({ Name: "corp", SAMLMetadataDocument: metadata });
   * ```
   */
  async createSamlProvider(input: Input<CreateSAMLProviderRequest>, options?: RequestOptions): Promise<SamlProvider> {
    const answer = await this.client.send(new CreateSAMLProviderCommand(input), options);
    return new SamlProvider(this.client, answered(answer.SAMLProviderArn, "CreateSAMLProvider", "SAMLProviderArn"));
  }

  /**
   * Hands a server certificate and its private key to IAM (UploadServerCertificate).
   *
   * @example
   * ```ts
   * declare const pem: string;
   * declare const key: string;
   *
   * const certificate = await iam.createServerCertificate({
   *   ServerCertificateName: "www",
   *   CertificateBody: pem,
   *   PrivateKey: key,
   * });
   * ```
   */
  async createServerCertificate(
    input: Input<UploadServerCertificateRequest>,
    options?: RequestOptions,
  ): Promise<ServerCertificate> {
    await this.client.send(new UploadServerCertificateCommand(input), options);
    return new ServerCertificate(this.client, input.ServerCertificateName);
  }

  /**
   * Uploads a signing certificate (UploadSigningCertificate). Without a `UserName` it becomes the caller's own. User and id
   * of the returned certificate are those of the answer, and it carries its attributes. boto3 has this action too, but
   * there it fails once the certificate is uploaded, because it does not take the user's name from the answer.
   *
   * @example
   * ```ts
   * declare const pem: string;
   *
   * const own = await iam.createSigningCertificate({ CertificateBody: pem });
   * console.log(own.userName, own.id, own.loaded?.Status);
   * ```
   */
  async createSigningCertificate(
    input: Input<UploadSigningCertificateRequest>,
    options?: RequestOptions,
  ): Promise<SigningCertificate> {
    const operation = "UploadSigningCertificate";
    const answer = await this.client.send(new UploadSigningCertificateCommand(input), options);
    const certificate = answered(answer.Certificate, operation, "Certificate");
    return new SigningCertificate(
      this.client,
      answered(certificate.UserName, operation, "Certificate.UserName"),
      answered(certificate.CertificateId, operation, "Certificate.CertificateId"),
      certificate,
    );
  }

  /**
   * Creates a user (CreateUser).
   *
   * @example
   * ```ts
   * const user = await iam.createUser({ UserName: "ann", Tags: [{ Key: "team", Value: "press" }] });
   * ```
   */
  async createUser(input: Input<CreateUserRequest>, options?: RequestOptions): Promise<User> {
    const { UserName, ...rest } = input;
    return await this.user(UserName).create(rest, options);
  }

  /**
   * Creates a virtual MFA device (CreateVirtualMFADevice). Its seed is told here and never again.
   *
   * @example
   * ```ts
   * const device = await iam.createVirtualMfaDevice({ VirtualMFADeviceName: "ann" });
   * const png: Uint8Array | undefined = await device.get("QRCodePNG");
   * ```
   */
  async createVirtualMfaDevice(
    input: Input<CreateVirtualMFADeviceRequest>,
    options?: RequestOptions,
  ): Promise<VirtualMfaDevice> {
    const operation = "CreateVirtualMFADevice";
    const answer = await this.client.send(new CreateVirtualMFADeviceCommand(input), options);
    const device = answered(answer.VirtualMFADevice, operation, "VirtualMFADevice");
    const serialNumber = answered(device.SerialNumber, operation, "VirtualMFADevice.SerialNumber");
    return new VirtualMfaDevice(this.client, serialNumber, device);
  }

  /**
   * An access key, by its user and `AccessKeyId`.
   *
   * @example
   * ```ts
   * await iam.accessKey("ann", "AKIAIOSFODNN7EXAMPLE").deactivate();
   * ```
   */
  accessKey(userName: string, id: string): AccessKey {
    return new AccessKey(this.client, userName, id);
  }

  /**
   * An access key with its secret, as kept by the caller.
   *
   * @example
   * ```ts
   * const pair = iam.accessKeyPair("ann", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
   * ```
   */
  accessKeyPair(userName: string, id: string, secret: string): AccessKeyPair {
    return new AccessKeyPair(this.client, userName, id, secret);
  }

  /**
   * The account's password policy.
   *
   * @example
   * ```ts
   * const length = await iam.accountPasswordPolicy().get("MinimumPasswordLength");
   * ```
   */
  accountPasswordPolicy(): AccountPasswordPolicy {
    return new AccountPasswordPolicy(this.client);
  }

  /**
   * The account's counts and quotas.
   *
   * @example
   * ```ts
   * const summary = await iam.accountSummary().get("SummaryMap");
   * ```
   */
  accountSummary(): AccountSummary {
    return new AccountSummary(this.client);
  }

  /**
   * The trust policy of a role, by the role's name.
   *
   * @example
   * ```ts
   * const role = iam.assumeRolePolicy("deploy").role;
   * ```
   */
  assumeRolePolicy(roleName: string): AssumeRolePolicy {
    return new AssumeRolePolicy(this.client, roleName);
  }

  /**
   * The user who signs the requests.
   *
   * @example
   * ```ts
   * const arn = await iam.currentUser().get("Arn");
   * ```
   */
  currentUser(): CurrentUser {
    return new CurrentUser(this.client);
  }

  /**
   * A group, by its name.
   *
   * @example
   * ```ts
   * await iam.group("writers").addUser({ UserName: "ann" });
   * ```
   */
  group(name: string): Group {
    return new Group(this.client, name);
  }

  /**
   * An inline policy of a group, by the names of both.
   *
   * @example
   * ```ts
   * const document = await iam.groupPolicy("writers", "read").get("PolicyDocument");
   * ```
   */
  groupPolicy(groupName: string, name: string): GroupPolicy {
    return new GroupPolicy(this.client, groupName, name);
  }

  /**
   * An instance profile, by its name.
   *
   * @example
   * ```ts
   * const roles = await iam.instanceProfile("web").roles();
   * ```
   */
  instanceProfile(name: string): InstanceProfile {
    return new InstanceProfile(this.client, name);
  }

  /**
   * A user's console password, by the user's name.
   *
   * @example
   * ```ts
   * await iam.loginProfile("ann").delete();
   * ```
   */
  loginProfile(userName: string): LoginProfile {
    return new LoginProfile(this.client, userName);
  }

  /**
   * A user's MFA device, by the user's name and the device's serial number.
   *
   * @example
   * ```ts
   * await iam.mfaDevice("ann", "arn:aws:iam::111122223333:mfa/ann").disassociate();
   * ```
   */
  mfaDevice(userName: string, serialNumber: string): MfaDevice {
    return new MfaDevice(this.client, userName, serialNumber);
  }

  /**
   * A managed policy, by its ARN.
   *
   * @example
   * ```ts
   * await iam.policy("arn:aws:iam::111122223333:policy/read").attachUser({ UserName: "ann" });
   * ```
   */
  policy(arn: string): Policy {
    return new Policy(this.client, arn);
  }

  /**
   * A version of a managed policy, by the policy's ARN and the `VersionId`.
   *
   * @example
   * ```ts
   * const document = await iam.policyVersion("arn:aws:iam::111122223333:policy/read", "v1").get("Document");
   * ```
   */
  policyVersion(arn: string, versionId: string): PolicyVersion {
    return new PolicyVersion(this.client, arn, versionId);
  }

  /**
   * A role, by its name.
   *
   * @example
   * ```ts
   * const arn = await iam.role("deploy").get("Arn");
   * ```
   */
  role(name: string): Role {
    return new Role(this.client, name);
  }

  /**
   * An inline policy of a role, by the names of both.
   *
   * @example
   * ```ts
   * const document = await iam.rolePolicy("deploy", "read").get("PolicyDocument");
   * ```
   */
  rolePolicy(roleName: string, name: string): RolePolicy {
    return new RolePolicy(this.client, roleName, name);
  }

  /**
   * A SAML provider, by its ARN.
   *
   * @example
   * ```ts
   * const until = await iam.samlProvider("arn:aws:iam::111122223333:saml-provider/corp").get("ValidUntil");
   * ```
   */
  samlProvider(arn: string): SamlProvider {
    return new SamlProvider(this.client, arn);
  }

  /**
   * A server certificate, by its name.
   *
   * @example
   * ```ts
   * const body = await iam.serverCertificate("www").get("CertificateBody");
   * ```
   */
  serverCertificate(name: string): ServerCertificate {
    return new ServerCertificate(this.client, name);
  }

  /**
   * A signing certificate, by its user and `CertificateId`.
   *
   * @example
   * ```ts
   * await iam.signingCertificate("ann", "VC5FZ2Q4ZFGPUJ3RPVSSXL5AWVQ5XKCK").deactivate();
   * ```
   */
  signingCertificate(userName: string, id: string): SigningCertificate {
    return new SigningCertificate(this.client, userName, id);
  }

  /**
   * A user, by its name.
   *
   * @example
   * ```ts
   * const arn = await iam.user("ann").get("Arn");
   * ```
   */
  user(name: string): User {
    return new User(this.client, name);
  }

  /**
   * An inline policy of a user, by the names of both.
   *
   * @example
   * ```ts
   * const document = await iam.userPolicy("ann", "read").get("PolicyDocument");
   * ```
   */
  userPolicy(userName: string, name: string): UserPolicy {
    return new UserPolicy(this.client, userName, name);
  }

  /**
   * A virtual MFA device, by its serial number.
   *
   * @example
   * ```ts
   * await iam.virtualMfaDevice("arn:aws:iam::111122223333:mfa/ann").delete();
   * ```
   */
  virtualMfaDevice(serialNumber: string): VirtualMfaDevice {
    return new VirtualMfaDevice(this.client, serialNumber);
  }

  /**
   * The account's groups (ListGroups).
   *
   * @example
   * ```ts
   * for await (const group of iam.groups.filter({ PathPrefix: "/staff/" })) console.log(group.name);
   * ```
   */
  get groups(): Collection<Group, GroupFilter> {
    const operation = "ListGroups";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListGroupsCommand(input), options);
      return { ...answer, items: groupsFrom(this.client, operation, answer.Groups) };
    });
  }

  /**
   * The account's instance profiles (ListInstanceProfiles).
   *
   * @example
   * ```ts
   * for await (const profile of iam.instanceProfiles) console.log(profile.name, (await profile.roles()).length);
   * ```
   */
  get instanceProfiles(): Collection<InstanceProfile, InstanceProfileFilter> {
    const operation = "ListInstanceProfiles";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListInstanceProfilesCommand(input), options);
      return { ...answer, items: instanceProfilesFrom(this.client, operation, answer.InstanceProfiles) };
    });
  }

  /**
   * The managed policies, AWS's own among them (ListPolicies).
   *
   * @example
   * ```ts
   * for await (const policy of iam.policies.filter({ Scope: "Local" })) console.log(policy.arn);
   * ```
   */
  get policies(): Collection<Policy, PolicyFilter> {
    const operation = "ListPolicies";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListPoliciesCommand(input), options);
      const items = answered(answer.Policies, operation, "Policies").map(
        (policy) => new Policy(this.client, answered(policy.Arn, operation, "Policies[].Arn"), policy),
      );
      return { ...answer, items };
    });
  }

  /**
   * The account's roles (ListRoles).
   *
   * @example
   * ```ts
   * for await (const role of iam.roles) console.log(role.name, await role.get("AssumeRolePolicyDocument"));
   * ```
   */
  get roles(): Collection<Role, RoleFilter> {
    const operation = "ListRoles";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListRolesCommand(input), options);
      return { ...answer, items: rolesFrom(this.client, operation, answer.Roles) };
    });
  }

  /**
   * The account's SAML providers (ListSAMLProviders, which knows no pages).
   *
   * @example
   * ```ts
   * for await (const provider of iam.samlProviders) console.log(provider.arn);
   * ```
   */
  get samlProviders(): Collection<SamlProvider> {
    const operation = "ListSAMLProviders";
    return new Collection(operation, async (_input, options) => {
      const answer = await this.client.send(new ListSAMLProvidersCommand({}), options);
      const items = (answer.SAMLProviderList ?? []).map(
        ({ Arn }) => new SamlProvider(this.client, answered(Arn, operation, "SAMLProviderList[].Arn")),
      );
      return { items };
    });
  }

  /**
   * The account's server certificates (ListServerCertificates).
   *
   * @example
   * ```ts
   * for await (const certificate of iam.serverCertificates) console.log(certificate.name);
   * ```
   */
  get serverCertificates(): Collection<ServerCertificate, ServerCertificateFilter> {
    const operation = "ListServerCertificates";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListServerCertificatesCommand(input), options);
      const list = answered(answer.ServerCertificateMetadataList, operation, "ServerCertificateMetadataList");
      const items = list.map(({ ServerCertificateName }) => {
        const name = answered(
          ServerCertificateName,
          operation,
          "ServerCertificateMetadataList[].ServerCertificateName",
        );
        return new ServerCertificate(this.client, name);
      });
      return { ...answer, items };
    });
  }

  /**
   * The account's users (ListUsers).
   *
   * @example
   * ```ts
   * for await (const user of iam.users.filter({ PathPrefix: "/staff/" })) console.log(user.name);
   * ```
   */
  get users(): Collection<User, UserFilter> {
    const operation = "ListUsers";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListUsersCommand(input), options);
      return { ...answer, items: usersFrom(this.client, operation, answer.Users) };
    });
  }

  /**
   * The account's virtual MFA devices (ListVirtualMFADevices).
   *
   * @example
   * ```ts
   * const free = await iam.virtualMfaDevices.filter({ AssignmentStatus: "Unassigned" }).toArray();
   * ```
   */
  get virtualMfaDevices(): Collection<VirtualMfaDevice, VirtualMfaDeviceFilter> {
    const operation = "ListVirtualMFADevices";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListVirtualMFADevicesCommand(input), options);
      const items = answered(answer.VirtualMFADevices, operation, "VirtualMFADevices").map((device) => {
        const serialNumber = answered(device.SerialNumber, operation, "VirtualMFADevices[].SerialNumber");
        return new VirtualMfaDevice(this.client, serialNumber, device);
      });
      return { ...answer, items };
    });
  }
}
