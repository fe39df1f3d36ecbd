import { findPair, totpStep } from "../../../crypto/totp.ts";
import { type MfaDeviceRow, mfaDevices } from "../../../store/mfa-devices.ts";
import { users } from "../../../store/users.ts";
import { deviceOfSerialNumber, openSeed } from "../../mfa.ts";
import type { Call, Resource } from "../../operation.ts";
import { noSuchUser, requireCallingUser, requireUser, userArn } from "../users/user.ts";

export function serialNumberOf(call: Call, device: Pick<MfaDeviceRow, "path_and_name">): string {
  return `arn:${call.partition}:iam::${call.accountId}:mfa${device.path_and_name}`;
}

/** Recorded from AWS, 2026-02. */
export function noSuchDevice(serialNumber: string): string {
  return `MFA Device with serial number ${serialNumber} does not exist.`;
}

/** Undefined for serial numbers of another account or of another kind of device, too. */
async function findDevice(call: Call, serialNumber: string): Promise<MfaDeviceRow | undefined> {
  const pathAndName = deviceOfSerialNumber(call, serialNumber);
  return pathAndName === undefined ? undefined : mfaDevices.find(call.tx, call.accountId, pathAndName);
}

export interface DeviceResource extends Resource {
  readonly device: MfaDeviceRow;
}

/** The device itself as what is acted on, which its serial number names as an ARN. */
export async function requireDevice(
  call: Call<"NoSuchEntityException">,
  serialNumber: string,
): Promise<DeviceResource> {
  const device = await findDevice(call, serialNumber);
  if (device === undefined) {
    return call.missing({ arn: serialNumber }, "NoSuchEntityException", noSuchDevice(serialNumber));
  }
  return { arn: serialNumber, tags: device.tags, device };
}

/** A user as what is acted on, or root, whose devices are kept under the account's id. */
export interface DeviceOwner extends Resource {
  readonly ownerId: string;
  /** Root's show the account id, as its keys and certificates do. */
  readonly userName: string;
}

/**
 * The owner named, or the caller. Root may name itself by the account's id where it has to name somebody (that name is
 * ours: AWS's console uses another way for root), as long as no user has that name.
 */
export async function requireDeviceOwner(
  call: Call<"NoSuchEntityException">,
  userName: string | undefined,
): Promise<DeviceOwner> {
  const { caller } = call;
  if (caller.kind === "root" && (userName === undefined || userName === call.accountId)) {
    const namesake = userName === undefined ? undefined : await users.find(call.tx, call.accountId, userName);
    if (namesake === undefined) return { arn: caller.arn, ownerId: call.accountId, userName: call.accountId };
  }
  if (userName !== undefined && userName.length > 64) {
    // These operations take names longer than any user has one (existingUserNameType).
    return call.missing({ arn: userArn(call, "/", userName) }, "NoSuchEntityException", noSuchUser(userName));
  }
  const { arn, tags, user } =
    userName === undefined ? await requireCallingUser(call) : await requireUser(call, userName);
  return { arn, tags, ownerId: user.user_id, userName: user.user_name };
}

/**
 * A user who has a device adds and removes its own ones only where it has authenticated with one (AWS security bulletin
 * AWS-2023-001; observed 2026-09, before it is looked whether the device named is there).
 */
export async function requireOwnMfa(call: Call, owner: DeviceOwner): Promise<void> {
  const { caller } = call;
  if (caller.kind !== "user" || caller.userId !== owner.ownerId || caller.session?.mfaAt !== undefined) return;
  if ((await mfaDevices.countOfOwner(call.tx, owner.ownerId)) === 0) return;
  call.fail(
    "AccessDenied",
    "To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.",
  );
}

export async function requireKnownDevice(
  call: Call<"NoSuchEntityException">,
  serialNumber: string,
): Promise<MfaDeviceRow> {
  return (await findDevice(call, serialNumber)) ?? call.fail("NoSuchEntityException", noSuchDevice(serialNumber));
}

/** A device that this owner has. */
export async function requireDeviceOfOwner(
  call: Call<"NoSuchEntityException">,
  owner: DeviceOwner,
  serialNumber: string,
): Promise<MfaDeviceRow> {
  const device = await requireKnownDevice(call, serialNumber);
  // Observed 2026-09, of a device that another user has and of one that nobody has.
  if (device.owner_id !== owner.ownerId) call.fail("NoSuchEntityException", "MFA Device invalid for user.");
  return device;
}

/** How far the second code may lie from the device's time: "-998 to 1000 steps" is what AWS accepted in 2026-09. */
const stepsBack = 998;
const stepsAhead = 1000;

/**
 * Sets the device's clock by two codes that follow each other, both later than those it was last set by, whoever had the
 * device then. The codes may still authenticate once (observed 2026-09).
 */
export async function synchronize(
  call: Call<"InvalidAuthenticationCodeException">,
  device: MfaDeviceRow,
  input: { readonly AuthenticationCode1: string; readonly AuthenticationCode2: string },
): Promise<void> {
  const current = totpStep(call.now);
  const seed = openSeed(call.environment.seal, device);
  const step = findPair(seed, [input.AuthenticationCode1, input.AuthenticationCode2], {
    around: current + device.drift,
    back: stepsBack,
    ahead: stepsAhead,
    after: device.last_pair_step,
  });
  seed.fill(0);
  if (step === undefined) {
    return call.fail("InvalidAuthenticationCodeException", "Authentication code for device is not valid.");
  }
  await mfaDevices.setClock(call.tx, device, { drift: step - current, last_pair_step: step });
}
