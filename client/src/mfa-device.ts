import {
  DeactivateMFADeviceCommand,
  EnableMFADeviceCommand,
  type EnableMFADeviceRequest,
  type IAMClient,
  ListMFADevicesCommand,
  type MFADevice as MFADeviceShape,
  ResyncMFADeviceCommand,
  type ResyncMFADeviceRequest,
} from "@aws-sdk/client-iam";
import { answered } from "./answer.ts";
import { Collection } from "./collection.ts";
import { type Attributes, DescribedResource, type Input, type RequestOptions } from "./resource.ts";
import { User } from "./user.ts";

/** What IAM says of a user's MFA device: `EnableDate` and its identifiers. */
export type MfaDeviceAttributes = Attributes<MFADeviceShape>;

/**
 * An MFA device as it is, or will be, assigned to a user. boto3 has no load for it: its attributes are known only on items
 * of a collection.
 *
 * @example
 * ```ts
 * for await (const device of iam.user("ann").mfaDevices) {
 *   console.log(device.serialNumber, await device.get("EnableDate"));
 * }
 * ```
 */
export class MfaDevice extends DescribedResource<MFADeviceShape> {
  /** The name of the user. */
  readonly userName: string;
  /** The device's serial number; the ARN of a virtual device. */
  readonly serialNumber: string;

  constructor(client: IAMClient, userName: string, serialNumber: string, attributes?: MFADeviceShape) {
    super(client, { userName, serialNumber }, attributes);
    this.userName = userName;
    this.serialNumber = serialNumber;
  }

  override get kind(): string {
    return "MfaDevice";
  }

  /**
   * The user.
   *
   * @example
   * ```ts
   * const arn = await iam.mfaDevice("ann", "arn:aws:iam::111122223333:mfa/ann").user.get("Arn");
   * ```
   */
  get user(): User {
    return new User(this.client, this.userName);
  }

  /**
   * Assigns the device to the user (EnableMFADevice), proven by two codes in a row.
   *
   * @example
   * ```ts
   * await iam
   *   .mfaDevice("ann", "arn:aws:iam::111122223333:mfa/ann")
   *   .associate({ AuthenticationCode1: "123456", AuthenticationCode2: "654321" });
   * ```
   */
  async associate(
    input: Input<EnableMFADeviceRequest, "UserName" | "SerialNumber">,
    options?: RequestOptions,
  ): Promise<void> {
    await this.changing(this.client.send(new EnableMFADeviceCommand({ ...input, ...this.#device }), options));
  }

  /**
   * Takes the device from the user (DeactivateMFADevice).
   *
   * @example
   * ```ts
   * for await (const device of iam.user("ann").mfaDevices) await device.disassociate();
   * ```
   */
  async disassociate(options?: RequestOptions): Promise<void> {
    await this.changing(this.client.send(new DeactivateMFADeviceCommand(this.#device), options));
  }

  /**
   * Brings IAM in step with a device that has drifted (ResyncMFADevice), by two codes in a row.
   *
   * @example
   * ```ts
   * await iam
   *   .mfaDevice("ann", "arn:aws:iam::111122223333:mfa/ann")
   *   .resync({ AuthenticationCode1: "123456", AuthenticationCode2: "654321" });
   * ```
   */
  async resync(
    input: Input<ResyncMFADeviceRequest, "UserName" | "SerialNumber">,
    options?: RequestOptions,
  ): Promise<void> {
    await this.client.send(new ResyncMFADeviceCommand({ ...input, ...this.#device }), options);
  }

  get #device(): { UserName: string; SerialNumber: string } {
    return { UserName: this.userName, SerialNumber: this.serialNumber };
  }
}

/** The MFA devices of a user, or those of the caller, whose name only the items tell. */
export function mfaDevicesOf(client: IAMClient, userName?: string): Collection<MfaDevice> {
  const operation = "ListMFADevices";
  return new Collection(operation, async (input, options) => {
    const owner = userName === undefined ? {} : { UserName: userName };
    const answer = await client.send(new ListMFADevicesCommand({ ...input, ...owner }), options);
    const items = answered(answer.MFADevices, operation, "MFADevices").map(
      (item) =>
        new MfaDevice(
          client,
          userName ?? answered(item.UserName, operation, "MFADevices[].UserName"),
          answered(item.SerialNumber, operation, "MFADevices[].SerialNumber"),
          item,
        ),
    );
    return { ...answer, items };
  });
}
