import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  type IAMClient,
  type PasswordPolicy,
  UpdateAccountPasswordPolicyCommand,
  type UpdateAccountPasswordPolicyRequest,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";

/** What IAM says of the account's password policy, such as `MinimumPasswordLength` and `RequireSymbols`. */
export type AccountPasswordPolicyAttributes = Attributes<PasswordPolicy>;

/**
 * The rules that passwords of the account's users must obey.
 *
 * @example
 * ```ts
 * const length = await iam.accountPasswordPolicy().get("MinimumPasswordLength");
 * ```
 */
export class AccountPasswordPolicy extends LoadableResource<PasswordPolicy> {
  constructor(client: IAMClient, attributes?: PasswordPolicy) {
    super(client, {}, attributes);
  }

  override get kind(): string {
    return "AccountPasswordPolicy";
  }

  /**
   * Replaces the policy (UpdateAccountPasswordPolicy): what is left out goes back to its default.
   *
   * @example
   * ```ts
   * await iam.accountPasswordPolicy().update({ MinimumPasswordLength: 14, RequireNumbers: true });
   * ```
   */
  async update(input: Input<UpdateAccountPasswordPolicyRequest> = {}, options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new UpdateAccountPasswordPolicyCommand(input), options));
  }

  /**
   * Deletes the policy (DeleteAccountPasswordPolicy); AWS's defaults hold from then on.
   *
   * @example
   * ```ts
   * await iam.accountPasswordPolicy().delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteAccountPasswordPolicyCommand({}), options));
  }

  protected override async fetch(options?: RequestOptions): Promise<PasswordPolicy> {
    const answer = await this.client.send(new GetAccountPasswordPolicyCommand({}), options);
    return answered(answer.PasswordPolicy, "GetAccountPasswordPolicy", "PasswordPolicy");
  }
}
