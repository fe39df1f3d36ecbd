import {
  CreateLoginProfileCommand,
  type CreateLoginProfileRequest,
  DeleteLoginProfileCommand,
  GetLoginProfileCommand,
  type IAMClient,
  type LoginProfile as LoginProfileShape,
  UpdateLoginProfileCommand,
  type UpdateLoginProfileRequest,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { type Attributes, type Input, LoadableResource, type RequestOptions } from "./resource.ts";
import { User } from "./user.ts";

/** What IAM says of a login profile: `CreateDate`, `PasswordResetRequired`, never the password. */
export type LoginProfileAttributes = Attributes<LoginProfileShape>;

/**
 * A user's password for the console.
 *
 * @example
 * ```ts
 * await iam.user("ann").loginProfile.update({ Password: "correct horse battery", PasswordResetRequired: true });
 * ```
 */
export class LoginProfile extends LoadableResource<LoginProfileShape> {
  /** The name of the user. */
  readonly userName: string;

  constructor(client: IAMClient, userName: string, attributes?: LoginProfileShape) {
    super(client, { userName }, attributes);
    this.userName = userName;
  }

  override get kind(): string {
    return "LoginProfile";
  }

  /**
   * The user.
   *
   * @example
   * ```ts
   * const arn = await iam.loginProfile("ann").user.get("Arn");
   * ```
   */
  get user(): User {
    return new User(this.client, this.userName);
  }

  /**
   * Gives the user a password (CreateLoginProfile).
   *
   * @example
   * ```ts
   * await iam.loginProfile("ann").create({ Password: "correct horse battery", PasswordResetRequired: true });
   * ```
   */
  async create(
    input: Input<CreateLoginProfileRequest, "UserName"> = {},
    options?: RequestOptions,
  ): Promise<LoginProfile> {
    const command = new CreateLoginProfileCommand({ ...input, UserName: this.userName });
    const answer = await this.changing(this.client.send(command, options));
    const profile = answered(answer.LoginProfile, "CreateLoginProfile", "LoginProfile");
    const userName = answered(profile.UserName, "CreateLoginProfile", "LoginProfile.UserName");
    return new LoginProfile(this.client, userName, profile);
  }

  /**
   * Changes the password, or whether it must be changed at the next sign-in (UpdateLoginProfile).
   *
   * @example
   * ```ts
   * await iam.loginProfile("ann").update({ PasswordResetRequired: true });
   * ```
   */
  async update(input: Input<UpdateLoginProfileRequest, "UserName"> = {}, options?: RequestOptions): Promise<void> {
    const command = new UpdateLoginProfileCommand({ ...input, UserName: this.userName });
    await this.changing(this.client.send(command, options));
  }

  /**
   * Takes the password away (DeleteLoginProfile).
   *
   * @example
   * ```ts
   * await iam.loginProfile("ann").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeleteLoginProfileCommand({ UserName: this.userName }), options));
  }

  protected override async fetch(options?: RequestOptions): Promise<LoginProfileShape> {
    const answer = await this.client.send(new GetLoginProfileCommand({ UserName: this.userName }), options);
    return answered(answer.LoginProfile, "GetLoginProfile", "LoginProfile");
  }
}
