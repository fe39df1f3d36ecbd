import type { AccessKeyMetadata, IAMClient, StatusType } from "@aws-sdk/client-iam";
import { deleteAccessKey, updateAccessKey } from "./access-key.ts";
import { type Attributes, DescribedResource, type RequestOptions } from "./resource.ts";
import { withStatus } from "./status.ts";

/** What IAM says of a new access key, without its secret: `Status`, `CreateDate` and its identifiers. */
export type AccessKeyPairAttributes = Attributes<AccessKeyMetadata>;

/**
 * A new access key together with its secret, which IAM tells once, when the key is created. Printing the pair, or making
 * JSON of it, does not show the secret.
 *
 * @example
 * ```ts
 * const pair = await iam.user("ann").createAccessKeyPair();
 * const credentials = { accessKeyId: pair.id, secretAccessKey: pair.secret };
 * ```
 */
export class AccessKeyPair extends DescribedResource<AccessKeyMetadata> {
  /** The name of the user that the key belongs to. */
  readonly userName: string;
  /** The key's `AccessKeyId`. */
  readonly id: string;
  readonly #secret: string;

  constructor(client: IAMClient, userName: string, id: string, secret: string, attributes?: AccessKeyMetadata) {
    super(client, { userName, id }, attributes);
    if (typeof secret !== "string" || secret === "") throw new TypeError("Required identifier secret is not set.");
    this.userName = userName;
    this.id = id;
    this.#secret = secret;
  }

  override get kind(): string {
    return "AccessKeyPair";
  }

  /**
   * The key's `SecretAccessKey`.
   *
   * @example
   * ```ts
   * const { secret } = await iam.user("ann").createAccessKeyPair();
   * ```
   */
  get secret(): string {
    return this.#secret;
  }

  /**
   * Lets the key be used (UpdateAccessKey, Status `Active`). A carried `Status` follows.
   *
   * @example
   * ```ts
   * const pair = await iam.user("ann").createAccessKeyPair();
   * await pair.deactivate();
   * await pair.activate();
   * ```
   */
  async activate(options?: RequestOptions): Promise<void> {
    await this.#update("Active", options);
  }

  /**
   * Bars the key from use (UpdateAccessKey, Status `Inactive`). A carried `Status` follows.
   *
   * @example
   * ```ts
   * const pair = await iam.user("ann").createAccessKeyPair();
   * await pair.deactivate();
   * ```
   */
  async deactivate(options?: RequestOptions): Promise<void> {
    await this.#update("Inactive", options);
  }

  /**
   * Deletes the key (DeleteAccessKey).
   *
   * @example
   * ```ts
   * const pair = await iam.user("ann").createAccessKeyPair();
   * await pair.delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(deleteAccessKey(this, options));
  }

  async #update(Status: StatusType, options: RequestOptions | undefined): Promise<void> {
    await updateAccessKey(this, Status, options);
    if (this.loaded !== undefined) this.carry(withStatus(this.loaded, Status));
  }
}
