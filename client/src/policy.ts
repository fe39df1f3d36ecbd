import {
  type AttachedPolicy,
  AttachGroupPolicyCommand,
  type AttachGroupPolicyRequest,
  AttachRolePolicyCommand,
  type AttachRolePolicyRequest,
  AttachUserPolicyCommand,
  type AttachUserPolicyRequest,
  CreatePolicyVersionCommand,
  type CreatePolicyVersionRequest,
  DeletePolicyCommand,
  DetachGroupPolicyCommand,
  type DetachGroupPolicyRequest,
  DetachRolePolicyCommand,
  type DetachRolePolicyRequest,
  DetachUserPolicyCommand,
  type DetachUserPolicyRequest,
  GetPolicyCommand,
  type IAMClient,
  ListEntitiesForPolicyCommand,
  type ListEntitiesForPolicyRequest,
  ListPolicyVersionsCommand,
  type Policy as PolicyShape,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { Collection } from "./collection.ts";
import { Group } from "./group.ts";
import { PolicyVersion } from "./policy-version.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";
import { Role } from "./role.ts";
import { User } from "./user.ts";
import { policyExists, type WaiterOptions, waitUntil } from "./waiter.ts";

/** What IAM says of a managed policy; its text is that of a version. */
export type PolicyAttributes = Attributes<PolicyShape>;

/** What `policy.attachedUsers.filter` takes, and `attachedGroups` and `attachedRoles` likewise. */
export type PolicyEntityFilter = Input<
  ListEntitiesForPolicyRequest,
  "PolicyArn" | "EntityFilter" | "Marker" | "MaxItems"
>;

/**
 * A managed policy.
 *
 * @example
 * ```ts
 * const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
 * const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
 * const policy = await iam.createPolicy({ PolicyName: "read", PolicyDocument });
 * await policy.attachUser({ UserName: "ann" });
 * ```
 */
export class Policy extends LoadableResource<PolicyShape> {
  /** The policy's `Arn`. */
  readonly arn: string;

  constructor(client: IAMClient, arn: string, attributes?: PolicyShape) {
    super(client, { arn }, attributes);
    this.arn = arn;
  }

  override get kind(): string {
    return "Policy";
  }

  /**
   * The version in force, as the attributes say; the policy is loaded first if it does not carry them.
   *
   * @example
   * ```ts
   * const version = await iam.policy("arn:aws:iam::aws:policy/ReadOnlyAccess").defaultVersion();
   * const document = await version.get("Document");
   * ```
   */
  async defaultVersion(options?: RequestOptions): Promise<PolicyVersion> {
    const versionId = answered(await this.get("DefaultVersionId", options), "GetPolicy", "Policy.DefaultVersionId");
    return new PolicyVersion(this.client, this.arn, versionId);
  }

  /**
   * The groups that the policy is attached to (ListEntitiesForPolicy).
   *
   * @example
   * ```ts
   * for await (const group of iam.policy("arn:aws:iam::111122223333:policy/read").attachedGroups) {
   *   console.log(group.name);
   * }
   * ```
   */
  get attachedGroups(): Collection<Group, PolicyEntityFilter> {
    const operation = "ListEntitiesForPolicy";
    return new Collection(operation, async (input, options) => {
      const request = { ...input, PolicyArn: this.arn, EntityFilter: "Group" } as const;
      const answer = await this.client.send(new ListEntitiesForPolicyCommand(request), options);
      const items = (answer.PolicyGroups ?? []).map(
        ({ GroupName }) => new Group(this.client, answered(GroupName, operation, "PolicyGroups[].GroupName")),
      );
      return { ...answer, items };
    });
  }

  /**
   * The roles that the policy is attached to (ListEntitiesForPolicy).
   *
   * @example
   * ```ts
   * for await (const role of iam.policy("arn:aws:iam::111122223333:policy/read").attachedRoles) {
   *   console.log(role.name);
   * }
   * ```
   */
  get attachedRoles(): Collection<Role, PolicyEntityFilter> {
    const operation = "ListEntitiesForPolicy";
    return new Collection(operation, async (input, options) => {
      const request = { ...input, PolicyArn: this.arn, EntityFilter: "Role" } as const;
      const answer = await this.client.send(new ListEntitiesForPolicyCommand(request), options);
      const items = (answer.PolicyRoles ?? []).map(
        ({ RoleName }) => new Role(this.client, answered(RoleName, operation, "PolicyRoles[].RoleName")),
      );
      return { ...answer, items };
    });
  }

  /**
   * The users that the policy is attached to (ListEntitiesForPolicy).
   *
   * @example
   * ```ts
   * const policy = iam.policy("arn:aws:iam::111122223333:policy/read");
   * for await (const user of policy.attachedUsers.filter({ PathPrefix: "/staff/" })) console.log(user.name);
   * ```
   */
  get attachedUsers(): Collection<User, PolicyEntityFilter> {
    const operation = "ListEntitiesForPolicy";
    return new Collection(operation, async (input, options) => {
      const request = { ...input, PolicyArn: this.arn, EntityFilter: "User" } as const;
      const answer = await this.client.send(new ListEntitiesForPolicyCommand(request), options);
      const items = (answer.PolicyUsers ?? []).map(
        ({ UserName }) => new User(this.client, answered(UserName, operation, "PolicyUsers[].UserName")),
      );
      return { ...answer, items };
    });
  }

  /**
   * The policy's versions (ListPolicyVersions). The list has no documents: `get("Document")` fetches one.
   *
   * @example
   * ```ts
   * for await (const version of iam.policy("arn:aws:iam::111122223333:policy/read").versions) {
   *   console.log(version.versionId, await version.get("IsDefaultVersion"));
   * }
   * ```
   */
  get versions(): Collection<PolicyVersion> {
    const operation = "ListPolicyVersions";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListPolicyVersionsCommand({ ...input, PolicyArn: this.arn }), options);
      const items = answered(answer.Versions, operation, "Versions").map((version) => {
        const versionId = answered(version.VersionId, operation, "Versions[].VersionId");
        return new PolicyVersion(this.client, this.arn, versionId, version);
      });
      return { ...answer, items };
    });
  }

  /**
   * Attaches the policy to a group (AttachGroupPolicy).
   *
   * @example
   * ```ts
   * await iam.policy("arn:aws:iam::111122223333:policy/read").attachGroup({ GroupName: "writers" });
   * ```
   */
  async attachGroup(input: Input<AttachGroupPolicyRequest, "PolicyArn">, options?: RequestOptions): Promise<void> {
    const command = new AttachGroupPolicyCommand({ ...input, PolicyArn: this.arn });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Attaches the policy to a role (AttachRolePolicy).
   *
   * @example
   * ```ts
   * await iam.policy("arn:aws:iam::111122223333:policy/read").attachRole({ RoleName: "deploy" });
   * ```
   */
  async attachRole(input: Input<AttachRolePolicyRequest, "PolicyArn">, options?: RequestOptions): Promise<void> {
    const command = new AttachRolePolicyCommand({ ...input, PolicyArn: this.arn });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Attaches the policy to a user (AttachUserPolicy).
   *
   * @example
   * ```ts
   * await iam.policy("arn:aws:iam::111122223333:policy/read").attachUser({ UserName: "ann" });
   * ```
   */
  async attachUser(input: Input<AttachUserPolicyRequest, "PolicyArn">, options?: RequestOptions): Promise<void> {
    const command = new AttachUserPolicyCommand({ ...input, PolicyArn: this.arn });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Detaches the policy from a group (DetachGroupPolicy).
   *
   * @example
   * ```ts
   * await iam.policy("arn:aws:iam::111122223333:policy/read").detachGroup({ GroupName: "writers" });
   * ```
   */
  async detachGroup(input: Input<DetachGroupPolicyRequest, "PolicyArn">, options?: RequestOptions): Promise<void> {
    const command = new DetachGroupPolicyCommand({ ...input, PolicyArn: this.arn });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Detaches the policy from a role (DetachRolePolicy).
   *
   * @example
   * ```ts
   * await iam.policy("arn:aws:iam::111122223333:policy/read").detachRole({ RoleName: "deploy" });
   * ```
   */
  async detachRole(input: Input<DetachRolePolicyRequest, "PolicyArn">, options?: RequestOptions): Promise<void> {
    const command = new DetachRolePolicyCommand({ ...input, PolicyArn: this.arn });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Detaches the policy from a user (DetachUserPolicy).
   *
   * @example
   * ```ts
   * const policy = iam.policy("arn:aws:iam::111122223333:policy/read");
   * for await (const user of policy.attachedUsers) await policy.detachUser({ UserName: user.name });
   * ```
   */
  async detachUser(input: Input<DetachUserPolicyRequest, "PolicyArn">, options?: RequestOptions): Promise<void> {
    const command = new DetachUserPolicyCommand({ ...input, PolicyArn: this.arn });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Adds a version (CreatePolicyVersion). The returned version carries what the answer says.
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Action: "s3:*", Resource: "*" }];
   * const version = await iam.policy("arn:aws:iam::111122223333:policy/read").createVersion({
   *   PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
   *   SetAsDefault: true,
   * });
   * ```
   */
  async createVersion(
    input: Input<CreatePolicyVersionRequest, "PolicyArn">,
    options?: RequestOptions,
  ): Promise<PolicyVersion> {
    const operation = "CreatePolicyVersion";
    const command = new CreatePolicyVersionCommand({ ...input, PolicyArn: this.arn });
    const answer = await this.changing(this.client.send(command, options));
    const version = answered(answer.PolicyVersion, operation, "PolicyVersion");
    const versionId = answered(version.VersionId, operation, "PolicyVersion.VersionId");
    return new PolicyVersion(this.client, this.arn, versionId, version);
  }

  /**
   * Deletes the policy (DeletePolicy), which must be attached nowhere and have no other version than its default.
   *
   * @example
   * ```ts
   * await iam.policy("arn:aws:iam::111122223333:policy/read").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeletePolicyCommand({ PolicyArn: this.arn }), options));
  }

  /**
   * Waits until GetPolicy finds the policy, which then carries its attributes: a second between attempts, 20 attempts.
   *
   * @throws {WaiterError} if no attempt finds it
   *
   * @example
   * ```ts
   * const policy = await iam.policy("arn:aws:iam::111122223333:policy/read").waitUntilExists();
   * ```
   */
  async waitUntilExists(options: WaiterOptions = {}): Promise<this> {
    await waitUntil(policyExists, options, (request) => this.load(request));
    return this;
  }

  protected override async fetch(options?: RequestOptions): Promise<PolicyShape> {
    const answer = await this.client.send(new GetPolicyCommand({ PolicyArn: this.arn }), options);
    return answered(answer.Policy, "GetPolicy", "Policy");
  }
}

export function attachedPoliciesFrom(
  client: IAMClient,
  operation: string,
  shapes: AttachedPolicy[] | undefined,
): Policy[] {
  return answered(shapes, operation, "AttachedPolicies").map(
    ({ PolicyArn }) => new Policy(client, answered(PolicyArn, operation, "AttachedPolicies[].PolicyArn")),
  );
}
