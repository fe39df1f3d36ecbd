import { GetUserCommand, type IAMClient, type User as UserShape } from "@aws-sdk/client-iam";
import { type AccessKey, accessKeysOf } from "./access-key.ts";
import { answered } from "./answer.ts";
import type { Collection } from "./collection.ts";
import { type MfaDevice, mfaDevicesOf } from "./mfa-device.ts";
import { type Attributes, LoadableResource, type RequestOptions } from "./resource.ts";
import { type SigningCertificate, signingCertificatesOf } from "./signing-certificate.ts";
import { User } from "./user.ts";

/** What IAM says of the caller: the attributes of a user. */
export type CurrentUserAttributes = Attributes<UserShape>;

/**
 * The user whose access key signs the requests. No request names the user: IAM takes it from the signature.
 *
 * @example
 * ```ts
 * const me = await iam.currentUser().load();
 * console.log(await me.get("Arn"));
 * ```
 */
export class CurrentUser extends LoadableResource<UserShape> {
  constructor(client: IAMClient, attributes?: UserShape) {
    super(client, {}, attributes);
  }

  override get kind(): string {
    return "CurrentUser";
  }

  /**
   * The user by name, as the attributes say; it is loaded first if it carries none.
   *
   * @throws {AnswerError} if the caller is the account's root user, who has no name
   *
   * @example
   * ```ts
   * const user = await iam.currentUser().user();
   * for await (const group of user.groups) console.log(group.name);
   * ```
   */
  async user(options?: RequestOptions): Promise<User> {
    return new User(this.client, answered(await this.get("UserName", options), "GetUser", "User.UserName"));
  }

  /**
   * The caller's own access keys, without secrets (ListAccessKeys).
   *
   * @example
   * ```ts
   * for await (const key of iam.currentUser().accessKeys) console.log(key.id, await key.get("CreateDate"));
   * ```
   */
  get accessKeys(): Collection<AccessKey> {
    return accessKeysOf(this.client);
  }

  /**
   * The caller's own MFA devices (ListMFADevices).
   *
   * @example
   * ```ts
   * const devices = await iam.currentUser().mfaDevices.toArray();
   * ```
   */
  get mfaDevices(): Collection<MfaDevice> {
    return mfaDevicesOf(this.client);
  }

  /**
   * The caller's own signing certificates (ListSigningCertificates).
   *
   * @example
   * ```ts
   * for await (const certificate of iam.currentUser().signingCertificates) {
   *   console.log(certificate.userName, certificate.id);
   * }
   * ```
   */
  get signingCertificates(): Collection<SigningCertificate> {
    return signingCertificatesOf(this.client);
  }

  protected override async fetch(options?: RequestOptions): Promise<UserShape> {
    return answered((await this.client.send(new GetUserCommand({}), options)).User, "GetUser", "User");
  }
}
