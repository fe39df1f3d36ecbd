import { CreateVirtualMFADeviceCommand, EnableMFADeviceCommand } from "@aws-sdk/client-iam";
import { totp, totpStep } from "../src/crypto/totp.ts";
import type { Clients, Harness } from "./harness.ts";

/** A virtual MFA device as its holder has it: in an application that knows the seed. */
export interface Device {
  readonly serialNumber: string;
  /** The code of the step that now lies in, or of one so many steps from it. */
  code(offset?: number): string;
  /** Two codes that follow each other, the second so many steps from now. */
  pair(offset?: number): { AuthenticationCode1: string; AuthenticationCode2: string };
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function seedOf(base32: string): Uint8Array {
  let bits = "";
  for (const letter of base32) bits += alphabet.indexOf(letter).toString(2).padStart(5, "0");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** A new device that nobody has yet. */
export async function newDevice(h: Harness, name: string, iam = h.iam): Promise<Device> {
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }));
  const seed = seedOf(Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString());
  const code = (offset = 0) => totp(seed, totpStep(h.clock.now()) + offset);
  return {
    serialNumber: VirtualMFADevice?.SerialNumber ?? "",
    code,
    pair: (offset = 0) => ({ AuthenticationCode1: code(offset - 1), AuthenticationCode2: code(offset) }),
  };
}

/** A new device that a user has, or root by its account's id. */
export async function enabledDevice(
  h: Harness,
  name: string,
  userName: string,
  iam: Clients["iam"] = h.iam,
): Promise<Device> {
  const device = await newDevice(h, name);
  await iam.send(
    new EnableMFADeviceCommand({ UserName: userName, SerialNumber: device.serialNumber, ...device.pair() }),
  );
  return device;
}
