import { type IAMClient, UpdateAssumeRolePolicyCommand, type UpdateAssumeRolePolicyRequest } from "@aws-sdk/client-iam";
import { type Input, type RequestOptions, Resource } from "./resource.ts";
import { Role } from "./role.ts";

/**
 * The policy of a role that says who may assume it. Its text is the role's `AssumeRolePolicyDocument`.
 *
 * @example
 * ```ts
 * const Statement = [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }];
 * await iam
 *   .assumeRolePolicy("deploy")
 *   .update({ PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
 * ```
 */
export class AssumeRolePolicy extends Resource {
  /** The name of the role. */
  readonly roleName: string;

  constructor(client: IAMClient, roleName: string) {
    super(client, { roleName });
    this.roleName = roleName;
  }

  override get kind(): string {
    return "AssumeRolePolicy";
  }

  /**
   * The role.
   *
   * @example
   * ```ts
   * const document = await iam.assumeRolePolicy("deploy").role.get("AssumeRolePolicyDocument");
   * ```
   */
  get role(): Role {
    return new Role(this.client, this.roleName);
  }

  /**
   * Replaces the policy (UpdateAssumeRolePolicy).
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }];
   * await iam
   *   .role("deploy")
   *   .assumeRolePolicy.update({ PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
   * ```
   */
  async update(input: Input<UpdateAssumeRolePolicyRequest, "RoleName">, options?: RequestOptions): Promise<void> {
    await this.client.send(new UpdateAssumeRolePolicyCommand({ ...input, RoleName: this.roleName }), options);
  }
}
