import {
  AttachRolePolicyCommand,
  type AttachRolePolicyRequest,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  type DetachRolePolicyRequest,
  GetRoleCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  type ListAttachedRolePoliciesRequest,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  type Role as RoleShape,
} from "@aws-sdk/client-iam";
import { answered, documentText } from "./answer.ts";
import { AssumeRolePolicy } from "./assume-role-policy.ts";
import { Collection } from "./collection.ts";
import { type InstanceProfile, instanceProfilesFrom } from "./instance-profile.ts";
import { attachedPoliciesFrom, type Policy } from "./policy.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";
import { RolePolicy } from "./role-policy.ts";
import { roleExists, type WaiterOptions, waitUntil } from "./waiter.ts";

/** What IAM says of a role; `AssumeRolePolicyDocument` is JSON text. */
export type RoleAttributes = Attributes<RoleShape>;

/** What `role.attachedPolicies.filter` takes. */
export type RoleAttachedPolicyFilter = Input<ListAttachedRolePoliciesRequest, "RoleName" | "Marker" | "MaxItems">;

/**
 * An IAM role.
 *
 * @example
 * ```ts
 * const role = await iam.role("deploy").load();
 * const trust: unknown = JSON.parse((await role.get("AssumeRolePolicyDocument")) ?? "{}");
 * ```
 */
export class Role extends LoadableResource<RoleShape> {
  /** The role's `RoleName`. */
  readonly name: string;

  constructor(client: IAMClient, name: string, attributes?: RoleShape) {
    super(client, { name }, attributes && withTrustText("the attributes", attributes));
    this.name = name;
  }

  override get kind(): string {
    return "Role";
  }

  /**
   * The policy that says who may assume the role. After updating it, `reload()` a role that carries it.
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }];
   * await iam
   *   .role("deploy")
   *   .assumeRolePolicy.update({ PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
   * ```
   */
  get assumeRolePolicy(): AssumeRolePolicy {
    return new AssumeRolePolicy(this.client, this.name);
  }

  /**
   * An inline policy of the role, by its name.
   *
   * @example
   * ```ts
   * const document = await iam.role("deploy").policy("read").get("PolicyDocument");
   * ```
   */
  policy(name: string): RolePolicy {
    return new RolePolicy(this.client, this.name, name);
  }

  /**
   * The managed policies attached to the role (ListAttachedRolePolicies).
   *
   * @example
   * ```ts
   * for await (const policy of iam.role("deploy").attachedPolicies) console.log(policy.arn);
   * ```
   */
  get attachedPolicies(): Collection<Policy, RoleAttachedPolicyFilter> {
    const operation = "ListAttachedRolePolicies";
    return new Collection(operation, async (input, options) => {
      const command = new ListAttachedRolePoliciesCommand({ ...input, RoleName: this.name });
      const answer = await this.client.send(command, options);
      return { ...answer, items: attachedPoliciesFrom(this.client, operation, answer.AttachedPolicies) };
    });
  }

  /**
   * The instance profiles that hold the role (ListInstanceProfilesForRole).
   *
   * @example
   * ```ts
   * for await (const profile of iam.role("deploy").instanceProfiles) console.log(profile.name);
   * ```
   */
  get instanceProfiles(): Collection<InstanceProfile> {
    const operation = "ListInstanceProfilesForRole";
    return new Collection(operation, async (input, options) => {
      const command = new ListInstanceProfilesForRoleCommand({ ...input, RoleName: this.name });
      const answer = await this.client.send(command, options);
      return { ...answer, items: instanceProfilesFrom(this.client, operation, answer.InstanceProfiles) };
    });
  }

  /**
   * The role's inline policies (ListRolePolicies).
   *
   * @example
   * ```ts
   * for await (const policy of iam.role("deploy").policies) console.log(policy.name);
   * ```
   */
  get policies(): Collection<RolePolicy> {
    const operation = "ListRolePolicies";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListRolePoliciesCommand({ ...input, RoleName: this.name }), options);
      return {
        ...answer,
        items: answered(answer.PolicyNames, operation, "PolicyNames").map((name) => this.policy(name)),
      };
    });
  }

  /**
   * Attaches a managed policy (AttachRolePolicy).
   *
   * @example
   * ```ts
   * await iam.role("deploy").attachPolicy({ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
   * ```
   */
  async attachPolicy(input: Input<AttachRolePolicyRequest, "RoleName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new AttachRolePolicyCommand({ ...input, RoleName: this.name }), options);
  }

  /**
   * Detaches a managed policy (DetachRolePolicy).
   *
   * @example
   * ```ts
   * await iam.role("deploy").detachPolicy({ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
   * ```
   */
  async detachPolicy(input: Input<DetachRolePolicyRequest, "RoleName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new DetachRolePolicyCommand({ ...input, RoleName: this.name }), options);
  }

  /**
   * Deletes the role (DeleteRole), from which everything must have been taken before.
   *
   * @example
   * ```ts
   * await iam.role("deploy").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteRoleCommand({ RoleName: this.name }), options));
  }

  /**
   * Waits until GetRole finds the role, which then carries its attributes: a second between attempts, 20 attempts.
   *
   * @throws {WaiterError} if no attempt finds it
   *
   * @example
   * ```ts
   * const role = await iam.role("deploy").waitUntilExists();
   * ```
   */
  async waitUntilExists(options: WaiterOptions = {}): Promise<this> {
    await waitUntil(roleExists, options, (request) => this.load(request));
    return this;
  }

  protected override async fetch(options?: RequestOptions): Promise<RoleShape> {
    const answer = await this.client.send(new GetRoleCommand({ RoleName: this.name }), options);
    return withTrustText("GetRole", answered(answer.Role, "GetRole", "Role"));
  }
}

/** A role with its trust policy as JSON text. */
export function withTrustText(operation: string, shape: RoleShape): RoleShape {
  const document = shape.AssumeRolePolicyDocument;
  return document === undefined ? shape : { ...shape, AssumeRolePolicyDocument: documentText(operation, document) };
}

export function rolesFrom(client: IAMClient, operation: string, shapes: RoleShape[] | undefined): Role[] {
  return answered(shapes, operation, "Roles").map(
    (shape) => new Role(client, answered(shape.RoleName, operation, "Roles[].RoleName"), shape),
  );
}
