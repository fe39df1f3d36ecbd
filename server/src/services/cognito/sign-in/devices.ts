import { poolUserDevices } from "../../../store/pool-user-devices.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { noSuchDevice, openDeviceVerifier, tracksDevices } from "../devices/device.ts";
import { finishDeviceSrp, startDeviceSrp } from "../passwords/verifier.ts";
import type { StringMap } from "../triggers/events.ts";
import { refuseSession, sealBesideBlock, sealSecretBlock } from "./auth-session.ts";
import {
  challenge,
  failFactor,
  nextSession,
  requireParameter,
  requireStillUnlocked,
  type Step,
  type UserAttempt,
  useUp,
} from "./sign-in.ts";
import { readClaim } from "./srp-claim.ts";

/** Whether this sign-in has proved which device it comes from. */
export function isDeviceProved({ session }: UserAttempt): boolean {
  return session?.challenge === "DEVICE_PASSWORD_VERIFIER";
}

/**
 * Asks a device that says it is known for the proof. `insteadOfFactor` is before a second factor: only a remembered device
 * is asked there, where the pool lets that stand for the factor (API reference, DeviceConfigurationType).
 */
export async function deviceChallenge(attempt: UserAttempt, insteadOfFactor = false): Promise<Step | undefined> {
  const { call, context, user, deviceKey } = attempt;
  if (!tracksDevices(context) || deviceKey === undefined || isDeviceProved(attempt)) return undefined;
  const device = await call.environment.store.read((tx) => poolUserDevices.find(tx, user.user_id, deviceKey));
  // Clients forget the key then, and begin again without (aws-amplify).
  if (device === undefined) return call.fail("ResourceNotFoundException", noSuchDevice);
  const standsForFactor = context.configuration.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true;
  if (insteadOfFactor && !(standsForFactor && device.isRemembered)) return undefined;
  const { step } = challenge(attempt, "DEVICE_SRP_AUTH", {});
  await useUp(attempt);
  return step;
}

export async function noteDeviceUse(
  { facts, now }: Pick<Call, "facts" | "now">,
  tx: Tx,
  { user, deviceKey = "" }: UserAttempt,
): Promise<void> {
  await poolUserDevices.noteUse(tx, user.user_id, deviceKey, facts.sourceIp.slice(0, 128), now);
}

async function requireDevice({ call, user, session }: UserAttempt, responses: StringMap) {
  const key = requireParameter(call, responses, "DEVICE_KEY");
  const device = await call.environment.store.read((tx) => poolUserDevices.find(tx, user.user_id, key));
  if (session?.deviceKey !== key) return refuseSession(call);
  return device ?? call.fail("ResourceNotFoundException", noSuchDevice);
}

/** The answer to DEVICE_SRP_AUTH. */
export async function answerDeviceSrp(attempt: UserAttempt, responses: StringMap): Promise<Step> {
  const { call, user } = attempt;
  const { environment } = call;
  const srpA = requireParameter(call, responses, "SRP_A");
  const device = await requireDevice(attempt, responses);
  const started = await startDeviceSrp(environment, openDeviceVerifier(environment, device), srpA);
  // The text is ours: clients of this protocol do not send such numbers, attackers do.
  if (started === undefined) return call.fail("InvalidParameterException", "SRP_A is not valid.");
  const { SALT, SRP_B, state } = started;
  const session = nextSession(attempt, "DEVICE_PASSWORD_VERIFIER", { srp: state });
  await useUp(attempt);
  return {
    ChallengeName: "DEVICE_PASSWORD_VERIFIER",
    Session: sealBesideBlock(environment, session),
    ChallengeParameters: {
      SALT,
      SECRET_BLOCK: sealSecretBlock(environment, session),
      SRP_B,
      USERNAME: user.username,
      DEVICE_KEY: device.device_key,
    },
  };
}

/** The answer to DEVICE_PASSWORD_VERIFIER: returns where the device has proved to be the one. */
export async function requireDeviceProof(attempt: UserAttempt, responses: StringMap): Promise<UserAttempt> {
  const { call, session } = attempt;
  const { environment } = call;
  const { claim, isTimely } = readClaim(call, responses);
  const device = await requireDevice(attempt, responses);
  if (session?.srp === undefined) return refuseSession(call);
  const identity = { group: device.group_key, name: device.device_key };
  const verifier = openDeviceVerifier(environment, device);
  const matches = await finishDeviceSrp(environment, identity, verifier, session.srp, claim);
  if (!matches || !isTimely) return failFactor(attempt);
  await requireStillUnlocked(attempt);
  return { ...attempt, session: { ...session, triggerSource: "TokenGeneration_AuthenticateDevice" } };
}
