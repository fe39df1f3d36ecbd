import {
  DeleteVirtualMFADeviceCommand,
  type IAMClient,
  type VirtualMFADevice as VirtualMFADeviceShape,
} from "@aws-sdk/client-iam";
import { type Attributes, DescribedResource, type RequestOptions } from "./resource.ts";
import { User } from "./user.ts";

/** What IAM says of a virtual MFA device; the seed and the QR code only on the one just created. */
export type VirtualMfaDeviceAttributes = Attributes<VirtualMFADeviceShape>;

/**
 * A virtual MFA device of the account, assigned to a user or not. Its attributes are known only on what
 * `iam.createVirtualMfaDevice` returns and on items of `iam.virtualMfaDevices`.
 *
 * @example
 * ```ts
 * const device = await iam.createVirtualMfaDevice({ VirtualMFADeviceName: "ann" });
 * const seed: Uint8Array | undefined = await device.get("Base32StringSeed"); // for the user's authenticator
 * ```
 */
export class VirtualMfaDevice extends DescribedResource<VirtualMFADeviceShape> {
  /** The device's serial number, which is its ARN. */
  readonly serialNumber: string;

  constructor(client: IAMClient, serialNumber: string, attributes?: VirtualMFADeviceShape) {
    super(client, { serialNumber }, attributes);
    this.serialNumber = serialNumber;
  }

  override get kind(): string {
    return "VirtualMfaDevice";
  }

  /**
   * The user that the device is assigned to, as the carried attributes say; undefined if it is assigned to nobody, or to
   * the account's root user, who has no name.
   *
   * @example
   * ```ts
   * for await (const device of iam.virtualMfaDevices.filter({ AssignmentStatus: "Assigned" })) {
   *   console.log(device.serialNumber, (await device.user())?.name);
   * }
   * ```
   */
  async user(): Promise<User | undefined> {
    const user = await this.get("User");
    return user?.UserName === undefined ? undefined : new User(this.client, user.UserName);
  }

  /**
   * Deletes the device (DeleteVirtualMFADevice), which must not be assigned.
   *
   * @example
   * ```ts
   * await iam.virtualMfaDevice("arn:aws:iam::111122223333:mfa/ann").delete();
   * ```
   */
  async delete(options?: RequestOptions): Promise<void> {
    const input = { SerialNumber: this.serialNumber };
    await this.changing(this.client.send(new DeleteVirtualMFADeviceCommand(input), options));
  }
}
