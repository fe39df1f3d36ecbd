import { refusal } from "../contract/service-exception.ts";
import { findCode, totpStep } from "../crypto/totp.ts";
import { type MfaDeviceRow, mfaDevices } from "../store/mfa-devices.ts";
import type { Tx } from "../store/store.ts";
import type { Call, Environment } from "./operation.ts";

/**
 * A code counts within two steps of the device's time either way. A device may be asked nine times in each three minutes
 * of the clock, and what succeeds counts, too (all observed on STS, 2026-09).
 */
const reach = 2;
const attemptsWindowMs = 180_000;
const attemptsPerWindow = 9;

/** Observed on GetSessionToken, 2026-09; AssumeRole gives the same. Two blanks inside the one, one at the end of the other. */
const unavailable =
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.";
const invalidCode = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";

/**
 * Proves that the caller holds an MFA device of its own, for STS: returns when it does, and refuses with AWS's AccessDenied
 * when it does not. A code authenticates once.
 *
 * It writes, in a transaction of its own, whatever the outcome: an attempt counts although the operation is refused. So
 * the operation must be declared with `transaction: "own"`, and calls this from `handle`. Callers that are neither a user
 * nor root, nor sessions of one, have no devices and are refused.
 */
export async function verifyMfa(call: Call, serialNumber: string, code: string): Promise<void> {
  const { environment, accountId, caller, now } = call;
  const pathAndName = deviceOfSerialNumber(call, serialNumber);
  const refused = await environment.store.write(async (tx) => {
    const device = pathAndName === undefined ? undefined : await mfaDevices.find(tx, accountId, pathAndName);
    if (device === undefined || device.owner_id !== caller.userId) return unavailable;
    return authenticate(environment, tx, device, code, now);
  });
  if (refused !== undefined) throw refusal("AccessDenied", refused);
}

/** AWS's text where the code does not authenticate. */
async function authenticate(
  { seal }: Pick<Environment, "seal">,
  tx: Tx,
  device: MfaDeviceRow,
  code: string,
  now: number,
): Promise<string | undefined> {
  const window = Math.floor(now / attemptsWindowMs);
  const attempts = device.attempts_window === window ? device.attempts + 1 : 1;
  if (attempts > attemptsPerWindow) return unavailable;
  const around = totpStep(now) + device.drift;
  const seed = openSeed(seal, device);
  const step = findCode(seed, code, around, reach, (candidate) => device.usedSteps.includes(candidate));
  seed.fill(0);
  const usedSteps = [...device.usedSteps, ...(step === undefined ? [] : [step])]
    // What is older can only come back if the clock is set back, which is then no reason to take a code twice either.
    .toSorted((one, other) => other - one)
    .slice(0, rememberedSteps);
  await mfaDevices.noteUse(tx, device, { usedSteps, attempts_window: window, attempts });
  return step === undefined ? invalidCode : undefined;
}

/** More than a window holds: synchronizing a device moves its window. */
const rememberedSteps = 64;

/** As `/devices/phone`; undefined for what is no serial number of a virtual device of the caller's account. */
export function deviceOfSerialNumber(call: Call, serialNumber: string): string | undefined {
  const prefix = `arn:${call.partition}:iam::${call.accountId}:mfa/`;
  return serialNumber.startsWith(prefix) ? serialNumber.slice(prefix.length - 1) : undefined;
}

export function openSeed(seal: Environment["seal"], device: MfaDeviceRow): Uint8Array {
  return seal.open(device.seed_sealed, seedContext(device));
}

/** Where a sealed seed belongs. */
export function seedContext({ account_id, path_and_name }: Pick<MfaDeviceRow, "account_id" | "path_and_name">): string {
  return `mfa_devices:${account_id}${path_and_name}`;
}
