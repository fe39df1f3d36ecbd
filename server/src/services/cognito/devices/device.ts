/*
 * services/cognito/devices/: the devices that users sign in with, where the pool keeps track of them. A sign-in gives a new
 * device its key; ConfirmDevice makes it known, with an SRP verifier of the device's own; sign-in/devices.ts asks for the
 * proof of it the next time. A key that was never confirmed is only in the session that it was given with.
 */
import type { DeviceSecretVerifierConfigType, DeviceType } from "@aws-sdk/client-cognito-identity-provider";
import { partitionOf } from "../../../access/caller.ts";
import { isVerifier } from "../../../crypto/srp.ts";
import { type PoolUserDeviceRow, poolUserDevices } from "../../../store/pool-user-devices.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import type { Call, Environment } from "../../operation.ts";
import { decodeNextToken, page } from "../../paging.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import type { Verifier } from "../passwords/verifier.ts";

export function tracksDevices({ configuration }: Pick<PoolContext, "configuration">): boolean {
  return configuration.DeviceConfiguration !== undefined;
}

export function requireTracking(
  call: Call<"InvalidUserPoolConfigurationException">,
  context: Pick<PoolContext, "configuration">,
): void {
  // The text is ours.
  if (!tracksDevices(context)) {
    call.fail("InvalidUserPoolConfigurationException", "Device tracking is not configured for the user pool.");
  }
}

/** Reported from AWS (aws-sdk-net#1055). */
export const noSuchDevice = "Device does not exist.";

/** One for all devices of a pool: it goes into their verifiers. */
export function deviceGroupKey({ seal }: Pick<Environment, "seal">, poolId: string): string {
  return `-${Buffer.from(seal.mac(poolId, "device group")).toString("base64url").replace(/[-_]/g, "x").slice(0, 8)}`;
}

/** What a sign-in tells a device that has none yet. */
export function newDeviceMetadata(
  environment: Pick<Environment, "seal" | "random">,
  { pool }: Pick<PoolContext, "pool">,
): { readonly DeviceKey: string; readonly DeviceGroupKey: string } {
  return {
    DeviceKey: `${pool.region}_${environment.random.uuid()}`,
    DeviceGroupKey: deviceGroupKey(environment, pool.pool_id),
  };
}

function sealContext(userId: string, deviceKey: string): string {
  return `pool_user_devices:${userId}:${deviceKey}`;
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const longestSalt = 64;

/** Salt and verifier as the client made them, sealed. The texts are ours. */
export function sealDeviceVerifier(
  call: Call,
  userId: string,
  deviceKey: string,
  { Salt = "", PasswordVerifier = "" }: DeviceSecretVerifierConfigType = {},
): Uint8Array {
  const { seal, random } = call.environment;
  const salt = Buffer.from(Salt, "base64");
  if (!base64.test(Salt) || salt.length === 0 || salt.length > longestSalt) {
    call.fail("InvalidParameterException", "DeviceSecretVerifierConfig has no valid Salt.");
  }
  const verifier = Buffer.from(PasswordVerifier, "base64");
  if (!base64.test(PasswordVerifier) || !isVerifier(verifier)) {
    call.fail("InvalidParameterException", "DeviceSecretVerifierConfig has no valid PasswordVerifier.");
  }
  const text = JSON.stringify([salt.toString("base64"), verifier.toString("base64")]);
  return seal.seal(text, sealContext(userId, deviceKey), random.bytes(12));
}

export function openDeviceVerifier({ seal }: Pick<Environment, "seal">, device: PoolUserDeviceRow): Verifier {
  const text = seal.open(device.verifier_sealed, sealContext(device.user_id, device.device_key));
  const [salt = "", verifier = ""] = JSON.parse(Buffer.from(text).toString()) as string[]; // `sealDeviceVerifier` wrote it
  return { salt: Buffer.from(salt, "base64"), verifier: Buffer.from(verifier, "base64") };
}

/** Users see their remembered devices, with what tells them apart; administrators all of them, with all there is. */
export interface View {
  readonly isAdministrator: boolean;
}

export function deviceShape(
  pool: UserPoolRow,
  user: PoolUserRow,
  device: PoolUserDeviceRow,
  { isAdministrator }: View,
): DeviceType {
  const owner = `${user.username}.${pool.pool_id}`;
  const arn = `arn:${partitionOf(pool.region)}:cognito-idp:${pool.region}:${pool.account_id}:owner/${owner}/device/${device.device_key}`;
  // Names and order as the API reference shows them; of the two views, as users of Amplify have seen the one.
  const attributes: [name: string, value: string | null | false][] = [
    ["device_status", "valid"],
    ["device_name", device.name],
    ["dev:device_arn", isAdministrator && arn],
    ["dev:device_owner", isAdministrator && owner],
    ["last_ip_used", device.last_ip],
    ["dev:device_remembered_status", isAdministrator && (device.isRemembered ? "remembered" : "not_remembered")],
  ];
  return {
    DeviceKey: device.device_key,
    DeviceAttributes: attributes.flatMap(([Name, Value]) =>
      Value === null || Value === false ? [] : [{ Name, Value }],
    ),
    DeviceCreateDate: new Date(device.created_at),
    DeviceLastModifiedDate: new Date(device.modified_at),
    DeviceLastAuthenticatedDate: new Date(device.authenticated_at),
  };
}

type DeviceCall = Call<"ResourceNotFoundException" | "InvalidUserPoolConfigurationException">;

/** Whose devices, and who asks. */
interface Owner extends PoolContext {
  readonly user: PoolUserRow;
}

export async function describeDevice(call: DeviceCall, tx: Tx, owner: Owner, deviceKey: string, view: View) {
  requireTracking(call, owner);
  const found = await poolUserDevices.find(tx, owner.user.user_id, deviceKey);
  if (found === undefined || !(found.isRemembered || view.isAdministrator)) {
    return call.fail("ResourceNotFoundException", noSuchDevice);
  }
  return { Device: deviceShape(owner.pool, owner.user, found, view) };
}

/** The API's maximum, and what a list has where no limit is given. */
const mostOfPage = 60;

export async function listDevices(
  call: DeviceCall,
  tx: Tx,
  owner: Owner,
  { Limit, PaginationToken }: { readonly Limit?: number | undefined; readonly PaginationToken?: string | undefined },
  view: View,
) {
  requireTracking(call, owner);
  const limit = Limit || mostOfPage;
  const after = decodeNextToken(call, PaginationToken);
  const read = view.isAdministrator ? poolUserDevices.list : poolUserDevices.listRemembered;
  const found = await read(tx, owner.user.user_id, after, limit + 1);
  const { rows, Marker } = page(found, limit, (device) => device.device_key);
  return {
    Devices: rows.map((device) => deviceShape(owner.pool, owner.user, device, view)),
    ...(Marker === undefined ? {} : { PaginationToken: Marker }),
  };
}

export async function forgetDevice(call: DeviceCall, tx: Tx, owner: Owner, deviceKey: string): Promise<void> {
  requireTracking(call, owner);
  if (await poolUserDevices.delete(tx, owner.user.user_id, deviceKey)) return;
  call.fail("ResourceNotFoundException", noSuchDevice);
}

export async function updateDeviceStatus(
  call: DeviceCall,
  tx: Tx,
  owner: Owner,
  deviceKey: string,
  status: string | undefined,
): Promise<void> {
  requireTracking(call, owner);
  const { user_id } = owner.user;
  const found = await poolUserDevices.find(tx, user_id, deviceKey);
  if (found === undefined) return call.fail("ResourceNotFoundException", noSuchDevice);
  const isRemembered = status === undefined ? found.isRemembered : status === "remembered";
  await poolUserDevices.setRemembered(tx, user_id, deviceKey, isRemembered, call.now);
}
