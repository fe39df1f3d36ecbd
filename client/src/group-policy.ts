import {
  DeleteGroupPolicyCommand,
  GetGroupPolicyCommand,
  type GetGroupPolicyResponse,
  type IAMClient,
  PutGroupPolicyCommand,
  type PutGroupPolicyRequest,
} from "@aws-sdk/client-iam";
import { attributesOf, withPolicyText } from "./answer.ts";
import { Group } from "./group.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";

/** What IAM says of a group's inline policy: `PolicyDocument` (as JSON text) and its identifiers. */
export type GroupPolicyAttributes = Attributes<GetGroupPolicyResponse>;

/**
 * An inline policy of a group.
 *
 * @example
 * ```ts
 * const statements: unknown = JSON.parse(await iam.groupPolicy("writers", "read").get("PolicyDocument"));
 * ```
 */
export class GroupPolicy extends LoadableResource<GetGroupPolicyResponse> {
  /** The name of the group. */
  readonly groupName: string;
  /** The policy's `PolicyName`. */
  readonly name: string;

  constructor(client: IAMClient, groupName: string, name: string) {
    super(client, { groupName, name }, undefined);
    this.groupName = groupName;
    this.name = name;
  }

  override get kind(): string {
    return "GroupPolicy";
  }

  /**
   * The group.
   *
   * @example
   * ```ts
   * const arn = await iam.groupPolicy("writers", "read").group.get("Arn");
   * ```
   */
  get group(): Group {
    return new Group(this.client, this.groupName);
  }

  /**
   * Writes the policy, over one of that name if there is one (PutGroupPolicy).
   *
   * @example
   * ```ts
   * const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
   * await iam
   *   .groupPolicy("writers", "read")
   *   .put({ PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
   * ```
   */
  async put(input: Input<PutGroupPolicyRequest, "GroupName" | "PolicyName">, options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new PutGroupPolicyCommand({ ...input, ...this.#policy }), options));
  }

  /**
   * Deletes the policy (DeleteGroupPolicy).
   *
   * @example
   * ```ts
   * await iam.groupPolicy("writers", "read").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteGroupPolicyCommand(this.#policy), options));
  }

  protected override async fetch(options?: RequestOptions): Promise<GetGroupPolicyResponse> {
    const answer = await this.client.send(new GetGroupPolicyCommand(this.#policy), options);
    return withPolicyText("GetGroupPolicy", attributesOf(answer));
  }

  get #policy(): { GroupName: string; PolicyName: string } {
    return { GroupName: this.groupName, PolicyName: this.name };
  }
}
