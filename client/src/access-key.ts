import {
  type AccessKeyMetadata,
  DeleteAccessKeyCommand,
  type IAMClient,
  ListAccessKeysCommand,
  type StatusType,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { Collection } from "./collection.ts";
import { type Attributes, DescribedResource, type RequestOptions } from "./resource.ts";
import { withStatus } from "./status.ts";
import { User } from "./user.ts";

/** What IAM says of an access key: `Status`, `CreateDate` and its identifiers. */
export type AccessKeyAttributes = Attributes<AccessKeyMetadata>;

/**
 * An access key of a user, without its secret. IAM has no operation that fetches one, so its attributes are known only on
 * items of a collection.
 *
 * @example
 * ```ts
 * for await (const key of iam.user("ann").accessKeys) {
 *   if ((await key.get("Status")) === "Inactive") await key.delete();
 * }
 * ```
 */
export class AccessKey extends DescribedResource<AccessKeyMetadata> {
  /** The name of the user that the key belongs to. */
  readonly userName: string;
  /** The key's `AccessKeyId`. */
  readonly id: string;

  constructor(client: IAMClient, userName: string, id: string, attributes?: AccessKeyMetadata) {
    super(client, { userName, id }, attributes);
    this.userName = userName;
    this.id = id;
  }

  override get kind(): string {
    return "AccessKey";
  }

  /**
   * The user that the key belongs to.
   *
   * @example
   * ```ts
   * const arn = await iam.accessKey("ann", "AKIAIOSFODNN7EXAMPLE").user.get("Arn");
   * ```
   */
  get user(): User {
    return new User(this.client, this.userName);
  }

  /**
   * Lets the key be used (UpdateAccessKey, Status `Active`). A carried `Status` follows.
   *
   * @example
   * ```ts
   * await iam.accessKey("ann", "AKIAIOSFODNN7EXAMPLE").activate();
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
   * await iam.accessKey("ann", "AKIAIOSFODNN7EXAMPLE").deactivate();
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
   * await iam.accessKey("ann", "AKIAIOSFODNN7EXAMPLE").delete();
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

interface KeyOfUser {
  readonly client: IAMClient;
  readonly userName: string;
  readonly id: string;
}

export async function updateAccessKey(
  { client, userName, id }: KeyOfUser,
  Status: StatusType,
  options: RequestOptions | undefined,
): Promise<void> {
  await client.send(new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: id, Status }), options);
}

export async function deleteAccessKey(
  { client, userName, id }: KeyOfUser,
  options: RequestOptions | undefined,
): Promise<void> {
  await client.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: id }), options);
}

/** The access keys of a user, or those of the caller, whose name only the items tell. */
export function accessKeysOf(client: IAMClient, userName?: string): Collection<AccessKey> {
  const operation = "ListAccessKeys";
  return new Collection(operation, async (input, options) => {
    const owner = userName === undefined ? {} : { UserName: userName };
    const answer = await client.send(new ListAccessKeysCommand({ ...input, ...owner }), options);
    const items = answered(answer.AccessKeyMetadata, operation, "AccessKeyMetadata").map(
      (item) =>
        new AccessKey(
          client,
          userName ?? answered(item.UserName, operation, "AccessKeyMetadata[].UserName"),
          answered(item.AccessKeyId, operation, "AccessKeyMetadata[].AccessKeyId"),
          item,
        ),
    );
    return { ...answer, items };
  });
}
