import {
  AddUserToGroupCommand,
  type AddUserToGroupRequest,
  AttachGroupPolicyCommand,
  type AttachGroupPolicyRequest,
  CreateGroupCommand,
  type CreateGroupRequest,
  DeleteGroupCommand,
  DetachGroupPolicyCommand,
  type DetachGroupPolicyRequest,
  GetGroupCommand,
  type Group as GroupShape,
  type IAMClient,
  ListAttachedGroupPoliciesCommand,
  type ListAttachedGroupPoliciesRequest,
  ListGroupPoliciesCommand,
  type PutGroupPolicyRequest,
  RemoveUserFromGroupCommand,
  type RemoveUserFromGroupRequest,
  UpdateGroupCommand,
  type UpdateGroupRequest,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { Collection } from "./collection.ts";
import { GroupPolicy } from "./group-policy.ts";
import { attachedPoliciesFrom, type Policy } from "./policy.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";
import { type User, usersFrom } from "./user.ts";

/** What IAM says of a group: `Arn`, `GroupId`, `Path`, `CreateDate`. */
export type GroupAttributes = Attributes<GroupShape>;

/** What `group.attachedPolicies.filter` takes. */
export type GroupAttachedPolicyFilter = Input<ListAttachedGroupPoliciesRequest, "GroupName" | "Marker" | "MaxItems">;

/**
 * A group of IAM users.
 *
 * @example
 * ```ts
 * const group = await iam.createGroup({ GroupName: "writers" });
 * await group.addUser({ UserName: "ann" });
 * for await (const user of group.users) console.log(user.name);
 * ```
 */
export class Group extends LoadableResource<GroupShape> {
  /** The group's `GroupName`. */
  readonly name: string;

  constructor(client: IAMClient, name: string, attributes?: GroupShape) {
    super(client, { name }, attributes);
    this.name = name;
  }

  override get kind(): string {
    return "Group";
  }

  /**
   * An inline policy of the group, by its name.
   *
   * @example
   * ```ts
   * const document = await iam.group("writers").policy("read").get("PolicyDocument");
   * ```
   */
  policy(name: string): GroupPolicy {
    return new GroupPolicy(this.client, this.name, name);
  }

  /**
   * The managed policies attached to the group (ListAttachedGroupPolicies).
   *
   * @example
   * ```ts
   * for await (const policy of iam.group("writers").attachedPolicies) console.log(policy.arn);
   * ```
   */
  get attachedPolicies(): Collection<Policy, GroupAttachedPolicyFilter> {
    const operation = "ListAttachedGroupPolicies";
    return new Collection(operation, async (input, options) => {
      const command = new ListAttachedGroupPoliciesCommand({ ...input, GroupName: this.name });
      const answer = await this.client.send(command, options);
      return { ...answer, items: attachedPoliciesFrom(this.client, operation, answer.AttachedPolicies) };
    });
  }

  /**
   * The group's inline policies (ListGroupPolicies).
   *
   * @example
   * ```ts
   * for await (const policy of iam.group("writers").policies) console.log(policy.name);
   * ```
   */
  get policies(): Collection<GroupPolicy> {
    const operation = "ListGroupPolicies";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new ListGroupPoliciesCommand({ ...input, GroupName: this.name }), options);
      return {
        ...answer,
        items: answered(answer.PolicyNames, operation, "PolicyNames").map((name) => this.policy(name)),
      };
    });
  }

  /**
   * The users in the group (GetGroup).
   *
   * @example
   * ```ts
   * for await (const user of iam.group("writers").users) console.log(user.name);
   * ```
   */
  get users(): Collection<User> {
    const operation = "GetGroup";
    return new Collection(operation, async (input, options) => {
      const answer = await this.client.send(new GetGroupCommand({ ...input, GroupName: this.name }), options);
      return { ...answer, items: usersFrom(this.client, operation, answer.Users) };
    });
  }

  /**
   * Creates the group under this name (CreateGroup). The returned resource carries what the answer says.
   *
   * @example
   * ```ts
   * const group = await iam.group("writers").create({ Path: "/staff/" });
   * ```
   */
  async create(input: Input<CreateGroupRequest, "GroupName"> = {}, options?: RequestOptions): Promise<Group> {
    const command = new CreateGroupCommand({ ...input, GroupName: this.name });
    const answer = await this.changing(this.client.send(command, options));
    return new Group(this.client, this.name, answered(answer.Group, "CreateGroup", "Group"));
  }

  /**
   * Renames the group, or moves it to another path (UpdateGroup). Returns the group under its name from now on, which is
   * the old one if `NewGroupName` is left out (boto3 fails there after the update).
   *
   * @example
   * ```ts
   * const authors = await iam.group("writers").update({ NewGroupName: "authors" });
   * ```
   */
  async update(input: Input<UpdateGroupRequest, "GroupName">, options?: RequestOptions): Promise<Group> {
    await this.changing(this.client.send(new UpdateGroupCommand({ ...input, GroupName: this.name }), options));
    return new Group(this.client, input.NewGroupName ?? this.name);
  }

  /**
   * Deletes the group (DeleteGroup), which must be empty.
   *
   * @example
   * ```ts
   * await iam.group("writers").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteGroupCommand({ GroupName: this.name }), options));
  }

  /**
   * Puts a user into the group (AddUserToGroup).
   *
   * @example
   * ```ts
   * await iam.group("writers").addUser({ UserName: "ann" });
   * ```
   */
  async addUser(input: Input<AddUserToGroupRequest, "GroupName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new AddUserToGroupCommand({ ...input, GroupName: this.name }), options);
  }

  /**
   * Takes a user out of the group (RemoveUserFromGroup).
   *
   * @example
   * ```ts
   * await iam.group("writers").removeUser({ UserName: "ann" });
   * ```
   */
  async removeUser(input: Input<RemoveUserFromGroupRequest, "GroupName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new RemoveUserFromGroupCommand({ ...input, GroupName: this.name }), options);
  }

  /**
   * Attaches a managed policy (AttachGroupPolicy).
   *
   * @example
   * ```ts
   * await iam.group("writers").attachPolicy({ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
   * ```
   */
  async attachPolicy(input: Input<AttachGroupPolicyRequest, "GroupName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new AttachGroupPolicyCommand({ ...input, GroupName: this.name }), options);
  }

  /**
   * Detaches a managed policy (DetachGroupPolicy).
   *
   * @example
   * ```ts
   * await iam.group("writers").detachPolicy({ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
   * ```
   */
  async detachPolicy(input: Input<DetachGroupPolicyRequest, "GroupName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new DetachGroupPolicyCommand({ ...input, GroupName: this.name }), options);
  }

  /**
   * Writes an inline policy (PutGroupPolicy).
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
   * const policy = await iam.group("writers").createPolicy({
   *   PolicyName: "read",
   *   PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
   * });
   * ```
   */
  async createPolicy(input: Input<PutGroupPolicyRequest, "GroupName">, options?: RequestOptions): Promise<GroupPolicy> {
    const { PolicyName, ...rest } = input;
    const policy = this.policy(PolicyName);
    await policy.put(rest, options);
    return policy;
  }

  protected override async fetch(options?: RequestOptions): Promise<GroupShape> {
    const answer = await this.client.send(new GetGroupCommand({ GroupName: this.name }), options);
    return answered(answer.Group, "GetGroup", "Group");
  }
}

export function groupsFrom(client: IAMClient, operation: string, shapes: GroupShape[] | undefined): Group[] {
  return answered(shapes, operation, "Groups").map(
    (shape) => new Group(client, answered(shape.GroupName, operation, "Groups[].GroupName"), shape),
  );
}
