import {
  DeleteUserPolicyCommand,
  GetUserPolicyCommand,
  type GetUserPolicyResponse,
  type IAMClient,
  PutUserPolicyCommand,
  type PutUserPolicyRequest,
} from "@aws-sdk/client-iam";
import { attributesOf, withPolicyText } from "./answer.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";
import { User } from "./user.ts";

/** What IAM says of a user's inline policy: `PolicyDocument` (as JSON text) and its identifiers. */
export type UserPolicyAttributes = Attributes<GetUserPolicyResponse>;

/**
 * An inline policy of a user.
 *
 * @example
 * ```ts
 * const statements: unknown = JSON.parse(await iam.userPolicy("ann", "read").get("PolicyDocument"));
 * ```
 */
export class UserPolicy extends LoadableResource<GetUserPolicyResponse> {
  /** The name of the user. */
  readonly userName: string;
  /** The policy's `PolicyName`. */
  readonly name: string;

  constructor(client: IAMClient, userName: string, name: string) {
    super(client, { userName, name }, undefined);
    this.userName = userName;
    this.name = name;
  }

  override get kind(): string {
    return "UserPolicy";
  }

  /**
   * The user.
   *
   * @example
   * ```ts
   * const arn = await iam.userPolicy("ann", "read").user.get("Arn");
   * ```
   */
  get user(): User {
    return new User(this.client, this.userName);
  }

  /**
   * Writes the policy, over one of that name if there is one (PutUserPolicy).
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
   * await iam
   *   .userPolicy("ann", "read")
   *   .put({ PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
   * ```
   */
  async put(input: Input<PutUserPolicyRequest, "UserName" | "PolicyName">, options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new PutUserPolicyCommand({ ...input, ...this.#policy }), options));
  }

  /**
   * Deletes the policy (DeleteUserPolicy).
   *
   * @example
   * ```ts
   * await iam.userPolicy("ann", "read").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteUserPolicyCommand(this.#policy), options));
  }

  protected override async fetch(options?: RequestOptions): Promise<GetUserPolicyResponse> {
    const answer = await this.client.send(new GetUserPolicyCommand(this.#policy), options);
    return withPolicyText("GetUserPolicy", attributesOf(answer));
  }

  get #policy(): { UserName: string; PolicyName: string } {
    return { UserName: this.userName, PolicyName: this.name };
  }
}
