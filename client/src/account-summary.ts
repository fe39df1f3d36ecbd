import { GetAccountSummaryCommand, type GetAccountSummaryResponse, type IAMClient } from "@aws-sdk/client-iam";
import { attributesOf } from "./answer.ts";
import { type Attributes, LoadableResource, type RequestOptions } from "./resource.ts";

/** What IAM says of the account: `SummaryMap`, with counts and quotas by name. */
export type AccountSummaryAttributes = Attributes<GetAccountSummaryResponse>;

/**
 * How much of everything the account has, and may have.
 *
 * @example
 * ```ts
 * const summary = await iam.accountSummary().get("SummaryMap");
 * console.log(summary?.Users, summary?.UsersQuota);
 * ```
 */
export class AccountSummary extends LoadableResource<GetAccountSummaryResponse> {
  constructor(client: IAMClient, attributes?: GetAccountSummaryResponse) {
    super(client, {}, attributes);
  }

  override get kind(): string {
    return "AccountSummary";
  }

  protected override async fetch(options?: RequestOptions): Promise<GetAccountSummaryResponse> {
    return attributesOf(await this.client.send(new GetAccountSummaryCommand({}), options));
  }
}
