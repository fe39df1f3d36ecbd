import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  type GetRolePolicyResponse,
  type IAMClient,
  PutRolePolicyCommand,
  type PutRolePolicyRequest,
} from "@aws-sdk/client-iam";
import { attributesOf, withPolicyText } from "./answer.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";
import { Role } from "./role.ts";

/** What IAM says of a role's inline policy: `PolicyDocument` (as JSON text) and its identifiers. */
export type RolePolicyAttributes = Attributes<GetRolePolicyResponse>;

/**
 * An inline policy of a role.
 *
 * @example
 * ```ts
 * const statements: unknown = JSON.parse(await iam.rolePolicy("deploy", "read").get("PolicyDocument"));
 * ```
 */
export class RolePolicy extends LoadableResource<GetRolePolicyResponse> {
  /** The name of the role. */
  readonly roleName: string;
  /** The policy's `PolicyName`. */
  readonly name: string;

  constructor(client: IAMClient, roleName: string, name: string) {
    super(client, { roleName, name }, undefined);
    this.roleName = roleName;
    this.name = name;
  }

  override get kind(): string {
    return "RolePolicy";
  }

  /**
   * The role.
   *
   * @example
   * ```ts
   * const arn = await iam.rolePolicy("deploy", "read").role.get("Arn");
   * ```
   */
  get role(): Role {
    return new Role(this.client, this.roleName);
  }

  /**
   * Writes the policy, over one of that name if there is one (PutRolePolicy).
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
   * await iam
   *   .rolePolicy("deploy", "read")
   *   .put({ PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
   * ```
   */
  async put(input: Input<PutRolePolicyRequest, "RoleName" | "PolicyName">, options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new PutRolePolicyCommand({ ...input, ...this.#policy }), options));
  }

  /**
   * Deletes the policy (DeleteRolePolicy).
   *
   * @example
   * ```ts
   * await iam.rolePolicy("deploy", "read").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteRolePolicyCommand(this.#policy), options));
  }

  protected override async fetch(options?: RequestOptions): Promise<GetRolePolicyResponse> {
    const answer = await this.client.send(new GetRolePolicyCommand(this.#policy), options);
    return withPolicyText("GetRolePolicy", attributesOf(answer));
  }

  get #policy(): { RoleName: string; PolicyName: string } {
    return { RoleName: this.roleName, PolicyName: this.name };
  }
}
