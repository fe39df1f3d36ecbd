import {
  DeleteSigningCertificateCommand,
  type IAMClient,
  ListSigningCertificatesCommand,
  type SigningCertificate as SigningCertificateShape,
  type StatusType,
  UpdateSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { Collection } from "./collection.ts";
import { type Attributes, DescribedResource, type RequestOptions } from "./resource.ts";
import { withStatus } from "./status.ts";
import { User } from "./user.ts";

/** What IAM says of a signing certificate: `CertificateBody`, `Status`, `UploadDate` and its identifiers. */
export type SigningCertificateAttributes = Attributes<SigningCertificateShape>;

/**
 * An X.509 certificate of a user, with whose private key the user signs. IAM has no operation that fetches one, so its
 * attributes are known only on what `iam.createSigningCertificate` returns and on items of a collection.
 *
 * @example
 * ```ts
 * declare const pem: string;
 *
 * const certificate = await iam.createSigningCertificate({ UserName: "ann", CertificateBody: pem });
 * await certificate.deactivate();
 * console.log(certificate.id, await certificate.get("Status")); // Inactive
 * await certificate.delete();
 * ```
 */
export class SigningCertificate extends DescribedResource<SigningCertificateShape> {
  /** The name of the user that the certificate belongs to. */
  readonly userName: string;
  /** The certificate's `CertificateId`. */
  readonly id: string;

  constructor(client: IAMClient, userName: string, id: string, attributes?: SigningCertificateShape) {
    super(client, { userName, id }, attributes);
    this.userName = userName;
    this.id = id;
  }

  override get kind(): string {
    return "SigningCertificate";
  }

  /**
   * The user that the certificate belongs to.
   *
   * @example
   * ```ts
   * const arn = await iam.signingCertificate("ann", "VC5FZ2Q4ZFGPUJ3RPVSSXL5AWVQ5XKCK").user.get("Arn");
   * ```
   */
  get user(): User {
    return new User(this.client, this.userName);
  }

  /**
   * Lets the certificate be used (UpdateSigningCertificate, Status `Active`). A carried `Status` follows.
   *
   * @example
   * ```ts
   * await iam.signingCertificate("ann", "VC5FZ2Q4ZFGPUJ3RPVSSXL5AWVQ5XKCK").activate();
   * ```
   */
  async activate(options?: RequestOptions): Promise<void> {
    await this.#update("Active", options);
  }

  /**
   * Bars the certificate from use (UpdateSigningCertificate, Status `Inactive`). A carried `Status` follows.
   *
   * @example
   * ```ts
   * for await (const certificate of iam.user("ann").signingCertificates) await certificate.deactivate();
   * ```
   */
  async deactivate(options?: RequestOptions): Promise<void> {
    await this.#update("Inactive", options);
  }

  /**
   * Deletes the certificate (DeleteSigningCertificate).
   *
   * @example
   * ```ts
   * await iam.signingCertificate("ann", "VC5FZ2Q4ZFGPUJ3RPVSSXL5AWVQ5XKCK").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    const input = { UserName: this.userName, CertificateId: this.id };
    await this.changing(this.client.send(new DeleteSigningCertificateCommand(input), options));
  }

  async #update(Status: StatusType, options: RequestOptions | undefined): Promise<void> {
    const input = { UserName: this.userName, CertificateId: this.id, Status };
    await this.client.send(new UpdateSigningCertificateCommand(input), options);
    if (this.loaded !== undefined) this.carry(withStatus(this.loaded, Status));
  }
}

/** The certificates of a user, or those of the caller, whose name only the items tell. */
export function signingCertificatesOf(client: IAMClient, userName?: string): Collection<SigningCertificate> {
  const operation = "ListSigningCertificates";
  return new Collection(operation, async (input, options) => {
    const owner = userName === undefined ? {} : { UserName: userName };
    const answer = await client.send(new ListSigningCertificatesCommand({ ...input, ...owner }), options);
    const items = answered(answer.Certificates, operation, "Certificates").map(
      (item) =>
        new SigningCertificate(
          client,
          userName ?? answered(item.UserName, operation, "Certificates[].UserName"),
          answered(item.CertificateId, operation, "Certificates[].CertificateId"),
          item,
        ),
    );
    return { ...answer, items };
  });
}
