import {
  AddRoleToInstanceProfileCommand,
  type AddRoleToInstanceProfileRequest,
  DeleteInstanceProfileCommand,
  GetInstanceProfileCommand,
  type IAMClient,
  type InstanceProfile as InstanceProfileShape,
  RemoveRoleFromInstanceProfileCommand,
  type RemoveRoleFromInstanceProfileRequest,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";
import { type Role, rolesFrom, withTrustText } from "./role.ts";
import { instanceProfileExists, type WaiterOptions, waitUntil } from "./waiter.ts";

/** What IAM says of an instance profile: `Arn`, `InstanceProfileId`, `Path`, `CreateDate`, `Roles`, `Tags`. */
export type InstanceProfileAttributes = Attributes<InstanceProfileShape>;

/**
 * An instance profile, through which a virtual machine gets its role.
 *
 * @example
 * ```ts
 * const profile = await iam.createInstanceProfile({ InstanceProfileName: "web" });
 * await profile.waitUntilExists();
 * await profile.addRole({ RoleName: "deploy" });
 * ```
 */
export class InstanceProfile extends LoadableResource<InstanceProfileShape> {
  /** The profile's `InstanceProfileName`. */
  readonly name: string;

  constructor(client: IAMClient, name: string, attributes?: InstanceProfileShape) {
    super(client, { name }, attributes && withTrustTexts("the attributes", attributes));
    this.name = name;
  }

  override get kind(): string {
    return "InstanceProfile";
  }

  /**
   * The roles in the profile, as its attributes say; it is loaded first if it carries none.
   *
   * @example
   * ```ts
   * const [role] = await iam.instanceProfile("web").roles();
   * ```
   */
  async roles(options?: RequestOptions): Promise<Role[]> {
    return rolesFrom(this.client, "GetInstanceProfile", await this.get("Roles", options));
  }

  /**
   * Puts a role into the profile (AddRoleToInstanceProfile).
   *
   * @example
   * ```ts
   * await iam.instanceProfile("web").addRole({ RoleName: "deploy" });
   * ```
   */
  async addRole(
    input: Input<AddRoleToInstanceProfileRequest, "InstanceProfileName">,
    options?: RequestOptions,
  ): Promise<void> {
    const command = new AddRoleToInstanceProfileCommand({ ...input, InstanceProfileName: this.name });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Takes a role out of the profile (RemoveRoleFromInstanceProfile).
   *
   * @example
   * ```ts
   * await iam.instanceProfile("web").removeRole({ RoleName: "deploy" });
   * ```
   */
  async removeRole(
    input: Input<RemoveRoleFromInstanceProfileRequest, "InstanceProfileName">,
    options?: RequestOptions,
  ): Promise<void> {
    const command = new RemoveRoleFromInstanceProfileCommand({ ...input, InstanceProfileName: this.name });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Deletes the profile (DeleteInstanceProfile), which must be empty.
   *
   * @example
   * ```ts
   * await iam.instanceProfile("web").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    const command = new DeleteInstanceProfileCommand({ InstanceProfileName: this.name });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Waits until GetInstanceProfile finds the profile, which then carries its attributes: a second between attempts, 40
   * attempts.
   *
   * @throws {WaiterError} if no attempt finds it
   *
   * @example
   * ```ts
   * const profile = await iam.instanceProfile("web").waitUntilExists();
   * ```
   */
  async waitUntilExists(options: WaiterOptions = {}): Promise<this> {
    await waitUntil(instanceProfileExists, options, (request) => this.load(request));
    return this;
  }

  protected override async fetch(options?: RequestOptions): Promise<InstanceProfileShape> {
    const operation = "GetInstanceProfile";
    const answer = await this.client.send(new GetInstanceProfileCommand({ InstanceProfileName: this.name }), options);
    return withTrustTexts(operation, answered(answer.InstanceProfile, operation, "InstanceProfile"));
  }
}

function withTrustTexts(operation: string, shape: InstanceProfileShape): InstanceProfileShape {
  return { ...shape, Roles: shape.Roles?.map((role) => withTrustText(operation, role)) };
}

export function instanceProfilesFrom(
  client: IAMClient,
  operation: string,
  shapes: InstanceProfileShape[] | undefined,
): InstanceProfile[] {
  return answered(shapes, operation, "InstanceProfiles").map((shape) => {
    const name = answered(shape.InstanceProfileName, operation, "InstanceProfiles[].InstanceProfileName");
    return new InstanceProfile(client, name, shape);
  });
}
