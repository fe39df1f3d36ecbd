import {
  DeleteServerCertificateCommand,
  GetServerCertificateCommand,
  type IAMClient,
  type ServerCertificate as ServerCertificateShape,
  UpdateServerCertificateCommand,
  type UpdateServerCertificateRequest,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";

/** What IAM says of a server certificate: `CertificateBody`, `CertificateChain`, `ServerCertificateMetadata`, `Tags`. */
export type ServerCertificateAttributes = Attributes<ServerCertificateShape>;

/**
 * A TLS certificate of a server, kept by IAM.
 *
 * @example
 * ```ts
 * const { Expiration } = await iam.serverCertificate("www").get("ServerCertificateMetadata");
 * ```
 */
export class ServerCertificate extends LoadableResource<ServerCertificateShape> {
  /** The certificate's `ServerCertificateName`. */
  readonly name: string;

  constructor(client: IAMClient, name: string, attributes?: ServerCertificateShape) {
    super(client, { name }, attributes);
    this.name = name;
  }

  override get kind(): string {
    return "ServerCertificate";
  }

  /**
   * Renames the certificate, or moves it to another path (UpdateServerCertificate). Returns the certificate under its name
   * from now on, which is the old one if `NewServerCertificateName` is left out (boto3 fails there after the update).
   *
   * @example
   * ```ts
   * const old = await iam.serverCertificate("www").update({ NewServerCertificateName: "www-old" });
   * ```
   */
  async update(
    input: Input<UpdateServerCertificateRequest, "ServerCertificateName">,
    options?: RequestOptions,
  ): Promise<ServerCertificate> {
    const command = new UpdateServerCertificateCommand({ ...input, ServerCertificateName: this.name });
    await this.changing(this.client.send(command, options));
    return new ServerCertificate(this.client, input.NewServerCertificateName ?? this.name);
  }

  /**
   * Deletes the certificate (DeleteServerCertificate).
   *
   * @example
   * ```ts
   * await iam.serverCertificate("www-old").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    const command = new DeleteServerCertificateCommand({ ServerCertificateName: this.name });
    await this.changing(this.client.send(command, options));
  }

  protected override async fetch(options?: RequestOptions): Promise<ServerCertificateShape> {
    const operation = "GetServerCertificate";
    const command = new GetServerCertificateCommand({ ServerCertificateName: this.name });
    return answered((await this.client.send(command, options)).ServerCertificate, operation, "ServerCertificate");
  }
}
