import {
  DeleteSAMLProviderCommand,
  GetSAMLProviderCommand,
  type GetSAMLProviderResponse,
  type IAMClient,
  UpdateSAMLProviderCommand,
  type UpdateSAMLProviderRequest,
} from "@aws-sdk/client-iam";
import { attributesOf } from "./answer.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";

/** What IAM says of a SAML provider: `SAMLMetadataDocument`, `CreateDate`, `ValidUntil`, `Tags`, its encryption keys. */
export type SamlProviderAttributes = Attributes<GetSAMLProviderResponse>;

/**
 * A SAML identity provider that the account trusts.
 *
 * @example
 * ```ts
 * for await (const provider of iam.samlProviders) console.log(provider.arn, await provider.get("ValidUntil"));
 * ```
 */
export class SamlProvider extends LoadableResource<GetSAMLProviderResponse> {
  /** The provider's ARN. */
  readonly arn: string;

  constructor(client: IAMClient, arn: string, attributes?: GetSAMLProviderResponse) {
    super(client, { arn }, attributes);
    this.arn = arn;
  }

  override get kind(): string {
    return "SamlProvider";
  }

  /**
   * Replaces the provider's metadata or its encryption keys (UpdateSAMLProvider).
   *
   * @example
   * ```ts
   * declare const metadata: string;
   *
   * const provider = iam.samlProvider("arn:aws:iam::111122223333:saml-provider/corp");
   * await provider.update({ SAMLMetadataDocument: metadata });
   * ```
   */
  async update(input: Input<UpdateSAMLProviderRequest, "SAMLProviderArn">, options?: RequestOptions): Promise<void> {
    const command = new UpdateSAMLProviderCommand({ ...input, SAMLProviderArn: this.arn });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Deletes the provider (DeleteSAMLProvider).
   *
   * @example
   * ```ts
   * await iam.samlProvider("arn:aws:iam::111122223333:saml-provider/corp").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteSAMLProviderCommand({ SAMLProviderArn: this.arn }), options));
  }

  protected override async fetch(options?: RequestOptions): Promise<GetSAMLProviderResponse> {
    return attributesOf(await this.client.send(new GetSAMLProviderCommand({ SAMLProviderArn: this.arn }), options));
  }
}
