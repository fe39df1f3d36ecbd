import {
  AddUserToGroupCommand,
  type AddUserToGroupRequest,
  AttachUserPolicyCommand,
  type AttachUserPolicyRequest,
  CreateAccessKeyCommand,
  type CreateLoginProfileRequest,
  CreateUserCommand,
  type CreateUserRequest,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  type DetachUserPolicyRequest,
  type EnableMFADeviceRequest,
  GetUserCommand,
  type IAMClient,
  ListAttachedUserPoliciesCommand,
  type ListAttachedUserPoliciesRequest,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
  type PutUserPolicyRequest,
  RemoveUserFromGroupCommand,
  type RemoveUserFromGroupRequest,
  UpdateUserCommand,
  type UpdateUserRequest,
  type User as UserShape,
} from "@aws-sdk/client-iam";
import { AccessKey, accessKeysOf } from "./access-key.ts";
import { AccessKeyPair } from "./access-key-pair.ts";
import { answered } from "./answer.ts";
import { Collection } from "./collection.ts";
import { type Group, groupsFrom } from "./group.ts";
import { LoginProfile } from "./login-profile.ts";
import { MfaDevice, mfaDevicesOf } from "./mfa-device.ts";
import { attachedPoliciesFrom, type Policy } from "./policy.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";
import { SigningCertificate, signingCertificatesOf } from "./signing-certificate.ts";
import { UserPolicy } from "./user-policy.ts";
import { userExists, type WaiterOptions, waitUntil } from "./waiter.ts";

/** What IAM says of a user: `Arn`, `UserId`, `Path`, `CreateDate`, `PasswordLastUsed`, `PermissionsBoundary`, `Tags`. */
export type UserAttributes = Attributes<UserShape>;

/** What `user.attachedPolicies.filter` takes. */
export type UserAttachedPolicyFilter = Input<ListAttachedUserPoliciesRequest, "UserName" | "Marker" | "MaxItems">;

/**
 * An IAM user.
 *
 * @example
 * ```ts
 * const user = await iam.createUser({ UserName: "ann", Path: "/staff/" });
 * await user.addGroup({ GroupName: "writers" });
 * const pair = await user.createAccessKeyPair();
 * console.log(await user.get("Arn"), pair.id);
 * ```
 */
export class User extends LoadableResource<UserShape> {
  /** The user's `UserName`. */
  readonly name: string;

  constructor(client: IAMClient, name: string, attributes?: UserShape) {
    super(client, { name }, attributes);
    this.name = name;
  }

  override get kind(): string {
    return "User";
  }

  /**
   * The user's console password.
   *
   * @example
   * ```ts
   * const since: Date = await iam.user("ann").loginProfile.get("CreateDate");
   * ```
   */
  get loginProfile(): LoginProfile {
    return new LoginProfile(this.client, this.name);
  }

  /**
   * An access key of the user, by its `AccessKeyId`.
   *
   * @example
   * ```ts
   * await iam.user("ann").accessKey("AKIAIOSFODNN7EXAMPLE").deactivate();
   * ```
   */
  accessKey(id: string): AccessKey {
    return new AccessKey(this.client, this.name, id);
  }

  /**
   * An MFA device of the user, by its serial number.
   *
   * @example
   * ```ts
   * await iam.user("ann").mfaDevice("arn:aws:iam::111122223333:mfa/ann").disassociate();
   * ```
   */
  mfaDevice(serialNumber: string): MfaDevice {
    return new MfaDevice(this.client, this.name, serialNumber);
  }

  /**
   * An inline policy of the user, by its name.
   *
   * @example
   * ```ts
   * const document = await iam.user("ann").policy("read").get("PolicyDocument");
   * ```
   */
  policy(name: string): UserPolicy {
    return new UserPolicy(this.client, this.name, name);
  }

  /**
   * A signing certificate of the user, by its `CertificateId`.
   *
   * @example
   * ```ts
   * await iam.user("ann").signingCertificate("VC5FZ2Q4ZFGPUJ3RPVSSXL5AWVQ5XKCK").deactivate();
   * ```
   */
  signingCertificate(id: string): SigningCertificate {
    return new SigningCertificate(this.client, this.name, id);
  }

  /**
   * The user's access keys, without secrets (ListAccessKeys).
   *
   * @example
   * ```ts
   * for await (const key of iam.user("ann").accessKeys) console.log(key.id, await key.get("Status"));
   * ```
   */
  get accessKeys(): Collection<AccessKey> {
    return accessKeysOf(this.client, this.name);
  }

  /**
   * The managed policies attached to the user (ListAttachedUserPolicies).
   *
   * @example
   * ```ts
   * for await (const policy of iam.user("ann").attachedPolicies) console.log(policy.arn);
   * ```
   */
  get attachedPolicies(): Collection<Policy, UserAttachedPolicyFilter> {
    const operation = "ListAttachedUserPolicies";
    return new Collection(operation, async (input, options) => {
      const command = new ListAttachedUserPoliciesCommand({ ...input, UserName: this.name });
      const answer = await this.client.send(command, options);
      return { ...answer, items: attachedPoliciesFrom(this.client, operation, answer.AttachedPolicies) };
    });
  }

  /**
   * The groups that the user is in (ListGroupsForUser).
   *
   * @example
   * ```ts
   * for await (const group of iam.user("ann").groups) console.log(group.name);
   * ```
   */
  get groups(): Collection<Group> {
    const operation = "ListGroupsForUser";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListGroupsForUserCommand({ ...input, UserName: this.name }), options);
      return { ...answer, items: groupsFrom(this.client, operation, answer.Groups) };
    });
  }

  /**
   * The user's MFA devices (ListMFADevices).
   *
   * @example
   * ```ts
   * const devices = await iam.user("ann").mfaDevices.toArray();
   * ```
   */
  get mfaDevices(): Collection<MfaDevice> {
    return mfaDevicesOf(this.client, this.name);
  }

  /**
   * The user's inline policies (ListUserPolicies).
   *
   * @example
   * ```ts
   * for await (const policy of iam.user("ann").policies) console.log(policy.name, await policy.get("PolicyDocument"));
   * ```
   */
  get policies(): Collection<UserPolicy> {
    const operation = "ListUserPolicies";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListUserPoliciesCommand({ ...input, UserName: this.name }), options);
      return {
        ...answer,
        items: answered(answer.PolicyNames, operation, "PolicyNames").map((name) => this.policy(name)),
      };
    });
  }

  /**
   * The user's signing certificates (ListSigningCertificates).
   *
   * @example
   * ```ts
   * for await (const certificate of iam.user("ann").signingCertificates) {
   *   console.log(certificate.id, await certificate.get("Status"), await certificate.get("UploadDate"));
   * }
   * ```
   */
  get signingCertificates(): Collection<SigningCertificate> {
    return signingCertificatesOf(this.client, this.name);
  }

  /**
   * Creates the user under this name (CreateUser). The returned resource carries what the answer says.
   *
   * @example
   * ```ts
   * const user = await iam.user("ann").create({ Path: "/staff/" });
   * ```
   */
  async create(input: Input<CreateUserRequest, "UserName"> = {}, options?: RequestOptions): Promise<User> {
    const command = new CreateUserCommand({ ...input, UserName: this.name });
    const answer = await this.changing(this.client.send(command, options));
    return new User(this.client, this.name, answered(answer.User, "CreateUser", "User"));
  }

  /**
   * Renames the user, or moves it to another path (UpdateUser). Returns the user under its name from now on, which is the
   * old one if `NewUserName` is left out (boto3 fails there after the update).
   *
   * @example
   * ```ts
   * const bea = await iam.user("ann").update({ NewUserName: "bea" });
   * ```
   */
  async update(input: Input<UpdateUserRequest, "UserName">, options?: RequestOptions): Promise<User> {
    await this.changing(this.client.send(new UpdateUserCommand({ ...input, UserName: this.name }), options));
    return new User(this.client, input.NewUserName ?? this.name);
  }

  /**
   * Deletes the user (DeleteUser), from whom everything must have been taken before.
   *
   * @example
   * ```ts
   * const user = iam.user("ann");
   * for await (const certificate of user.signingCertificates) await certificate.delete();
   * await user.delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteUserCommand({ UserName: this.name }), options));
  }

  /**
   * Puts the user into a group (AddUserToGroup).
   *
   * @example
   * ```ts
   * await iam.user("ann").addGroup({ GroupName: "writers" });
   * ```
   */
  async addGroup(input: Input<AddUserToGroupRequest, "UserName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new AddUserToGroupCommand({ ...input, UserName: this.name }), options);
  }

  /**
   * Takes the user out of a group (RemoveUserFromGroup).
   *
   * @example
   * ```ts
   * await iam.user("ann").removeGroup({ GroupName: "writers" });
   * ```
   */
  async removeGroup(input: Input<RemoveUserFromGroupRequest, "UserName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new RemoveUserFromGroupCommand({ ...input, UserName: this.name }), options);
  }

  /**
   * Attaches a managed policy (AttachUserPolicy).
   *
   * @example
   * ```ts
   * await iam.user("ann").attachPolicy({ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
   * ```
   */
  async attachPolicy(input: Input<AttachUserPolicyRequest, "UserName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new AttachUserPolicyCommand({ ...input, UserName: this.name }), options);
  }

  /**
   * Detaches a managed policy (DetachUserPolicy).
   *
   * @example
   * ```ts
   * for await (const policy of iam.user("ann").attachedPolicies) {
   *   await iam.user("ann").detachPolicy({ PolicyArn: policy.arn });
   * }
   * ```
   */
  async detachPolicy(input: Input<DetachUserPolicyRequest, "UserName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new DetachUserPolicyCommand({ ...input, UserName: this.name }), options);
  }

  /**
   * Creates an access key (CreateAccessKey). The secret is told here and never again.
   *
   * @example
   * ```ts
   * const pair = await iam.user("ann").createAccessKeyPair();
   * const credentials = { accessKeyId: pair.id, secretAccessKey: pair.secret };
   * ```
   */
  async createAccessKeyPair(options?: RequestOptions): Promise<AccessKeyPair> {
    const operation = "CreateAccessKey";
    const answer = await this.client.send(new CreateAccessKeyCommand({ UserName: this.name }), options);
    const { SecretAccessKey, ...metadata } = answered(answer.AccessKey, operation, "AccessKey");
    return new AccessKeyPair(
      this.client,
      this.name,
      answered(metadata.AccessKeyId, operation, "AccessKey.AccessKeyId"),
      answered(SecretAccessKey, operation, "AccessKey.SecretAccessKey"),
      metadata,
    );
  }

  /**
   * Gives the user a console password (CreateLoginProfile).
   *
   * @example
   * ```ts
   * await iam.user("ann").createLoginProfile({ Password: "correct horse battery", PasswordResetRequired: true });
   * ```
   */
  async createLoginProfile(
    input: Input<CreateLoginProfileRequest, "UserName"> = {},
    options?: RequestOptions,
  ): Promise<LoginProfile> {
    return await this.loginProfile.create(input, options);
  }

  /**
   * Writes an inline policy (PutUserPolicy).
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
   * const policy = await iam.user("ann").createPolicy({
   *   PolicyName: "read",
   *   PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
   * });
   * ```
   */
  async createPolicy(input: Input<PutUserPolicyRequest, "UserName">, options?: RequestOptions): Promise<UserPolicy> {
    const { PolicyName, ...rest } = input;
    const policy = this.policy(PolicyName);
    await policy.put(rest, options);
    return policy;
  }

  /**
   * Assigns an MFA device to the user (EnableMFADevice), proven by two codes in a row.
   *
   * @example
   * ```ts
   * const device = await iam.user("ann").enableMfa({
   *   SerialNumber: "arn:aws:iam::111122223333:mfa/ann",
   *   AuthenticationCode1: "123456",
   *   AuthenticationCode2: "654321",
   * });
   * ```
   */
  async enableMfa(input: Input<EnableMFADeviceRequest, "UserName">, options?: RequestOptions): Promise<MfaDevice> {
    const { SerialNumber, ...rest } = input;
    const device = this.mfaDevice(SerialNumber);
    await device.associate(rest, options);
    return device;
  }

  /**
   * Waits until GetUser finds the user, which then carries its attributes: a second between attempts, 20 attempts.
   *
   * @throws {WaiterError} if no attempt finds it
   *
   * @example
   * ```ts
   * const user = await iam.user("ann").waitUntilExists({ maxAttempts: 5 });
   * ```
   */
  async waitUntilExists(options: WaiterOptions = {}): Promise<this> {
    await waitUntil(userExists, options, (request) => this.load(request));
    return this;
  }

  protected override async fetch(options?: RequestOptions): Promise<UserShape> {
    const answer = await this.client.send(new GetUserCommand({ UserName: this.name }), options);
    return answered(answer.User, "GetUser", "User");
  }
}

export function usersFrom(client: IAMClient, operation: string, shapes: UserShape[] | undefined): User[] {
  return answered(shapes, operation, "Users").map(
    (shape) => new User(client, answered(shape.UserName, operation, "Users[].UserName"), shape),
  );
}
