import {
  DeletePolicyVersionCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  type PolicyVersion as PolicyVersionShape,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import { answered, documentText } from "./answer.ts";
import { type Attributes, LoadableResource, type RequestOptions } from "./resource.ts";

/** What IAM says of a version of a managed policy: `Document` (as JSON text), `IsDefaultVersion`, `CreateDate`. */
export type PolicyVersionAttributes = Attributes<PolicyVersionShape>;

/**
 * A version of a managed policy.
 *
 * @example
 * ```ts
 * const version = iam.policyVersion("arn:aws:iam::111122223333:policy/read", "v2");
 * if (!(await version.get("IsDefaultVersion"))) await version.setAsDefault();
 * ```
 */
export class PolicyVersion extends LoadableResource<PolicyVersionShape> {
  /** The policy's ARN. */
  readonly arn: string;
  /** The version's `VersionId`, such as `v2`. */
  readonly versionId: string;

  constructor(client: IAMClient, arn: string, versionId: string, attributes?: PolicyVersionShape) {
    super(client, { arn, versionId }, attributes && withDocumentText("the attributes", attributes));
    this.arn = arn;
    this.versionId = versionId;
  }

  override get kind(): string {
    return "PolicyVersion";
  }

  /**
   * Puts the version in force (SetDefaultPolicyVersion).
   *
   * @example
   * ```ts
   * await iam.policyVersion("arn:aws:iam::111122223333:policy/read", "v2").setAsDefault();
   * ```
   */
  async setAsDefault(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new SetDefaultPolicyVersionCommand(this.#version), options));
  }

  /**
   * Deletes the version (DeletePolicyVersion), which must not be the one in force.
   *
   * @example
   * ```ts
   * await iam.policyVersion("arn:aws:iam::111122223333:policy/read", "v1").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeletePolicyVersionCommand(this.#version), options));
  }

  protected override async fetch(options?: RequestOptions): Promise<PolicyVersionShape> {
    const operation = "GetPolicyVersion";
    const answer = await this.client.send(new GetPolicyVersionCommand(this.#version), options);
    return withDocumentText(operation, answered(answer.PolicyVersion, operation, "PolicyVersion"));
  }

  get #version(): { PolicyArn: string; VersionId: string } {
    return { PolicyArn: this.arn, VersionId: this.versionId };
  }
}

function withDocumentText(operation: string, shape: PolicyVersionShape): PolicyVersionShape {
  return shape.Document === undefined ? shape : { ...shape, Document: documentText(operation, shape.Document) };
}
