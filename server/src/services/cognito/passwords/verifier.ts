import {
  claimSignature,
  fromBytes,
  generator,
  type Identity,
  inventVerifier,
  isSameSignature,
  isVerifier,
  privateKey,
  readGroupNumber,
  scramble,
  serverPublic,
  sessionKey,
  sharedSecret,
  toBytes,
} from "../../../crypto/srp.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Environment } from "../../operation.ts";

/*
 * Passwords of pool users. What is stored of one is its SRP verifier, sealed: enough to check it whichever way it comes,
 * and not the password. A second, slower hash beside it would add nothing, since who has the database would attack the
 * verifier.
 */

type Means = Pick<Environment, "workers" | "seal" | "random">;
type Who = Pick<PoolUserRow, "user_id" | "pool_id" | "username">;

/** Salt and verifier. */
export interface Verifier {
  readonly salt: Uint8Array;
  readonly verifier: Uint8Array;
}

const saltBytes = 16;

function identityOf({ pool_id, username }: Pick<PoolUserRow, "pool_id" | "username">): Identity {
  return { group: pool_id.slice(pool_id.indexOf("_") + 1), name: username };
}

function sealContext(userId: string): string {
  return `pool_users:${userId}`;
}

/** For `password_sealed`. One power; not in a transaction. */
export async function makeVerifier({ workers, seal, random }: Means, who: Who, password: string): Promise<Uint8Array> {
  const salt = random.bytes(saltBytes);
  const verifier = await workers.power(generator, privateKey(identityOf(who), password, salt));
  return seal.seal(Buffer.concat([salt, verifier]), sealContext(who.user_id), random.bytes(12));
}

/** What `makeVerifier` made. */
export function openVerifier({ seal }: Pick<Means, "seal">, userId: string, sealed: Uint8Array): Verifier {
  const bytes = seal.open(sealed, sealContext(userId));
  return { salt: bytes.subarray(0, saltBytes), verifier: bytes.subarray(saltBytes) };
}

/**
 * For who is not there, or has no password: always the same for a name, so that asking twice tells nothing, and as much
 * work as a real one.
 */
function inventedVerifier({ seal }: Pick<Means, "seal">, poolId: string, username: string): Verifier {
  const secret = seal.mac(`${poolId} ${username}`, "SRP salt and verifier");
  return { salt: secret.subarray(0, saltBytes), verifier: inventVerifier(secret.subarray(saltBytes)) };
}

/** Whom a sign-in names: the user, or undefined and the name that was given. */
export interface Claimed {
  readonly poolId: string;
  /** With one name in one spelling: names of nobody in two spellings have two salts. */
  readonly username: string;
  readonly user: Pick<PoolUserRow, "user_id" | "username" | "password_sealed"> | undefined;
}

function verifierOf(means: Means, { poolId, username, user }: Claimed): Verifier {
  const sealed = user?.password_sealed;
  return user === undefined || sealed === null || sealed === undefined
    ? inventedVerifier(means, poolId, username)
    : openVerifier(means, user.user_id, sealed);
}

/** Whether this is the password. One power, also where there is nobody; not in a transaction. */
export async function checkPassword(means: Means, claimed: Claimed, password: string): Promise<boolean> {
  const { salt, verifier } = verifierOf(means, claimed);
  const who = { pool_id: claimed.poolId, username: claimed.user?.username ?? claimed.username };
  const computed = await means.workers.power(generator, privateKey(identityOf(who), password, salt));
  return isSame(computed, verifier) && claimed.user?.password_sealed != null;
}

/** Whether it is what one of these was made from, for the history of a user's passwords. */
export async function isPasswordOf(means: Means, who: Who, sealed: Uint8Array, password: string): Promise<boolean> {
  const { salt, verifier } = openVerifier(means, who.user_id, sealed);
  return isSame(await means.workers.power(generator, privateKey(identityOf(who), password, salt)), verifier);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return isSameSignature(a, Buffer.from(b).toString("base64"));
}

/** The server's side between its two answers: it goes into what the client brings back, sealed. */
export interface SrpState {
  /** Hexadecimal, as all of these. */
  readonly clientPublic: string;
  readonly serverSecret: string;
  /** Empty where there is none. */
  readonly scramble: string;
}

export interface SrpStart {
  readonly SALT: string;
  readonly SRP_B: string;
  readonly state: SrpState;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

async function start(means: Means, { salt, verifier }: Verifier, srpA: string): Promise<SrpStart | undefined> {
  const clientPublic = readGroupNumber(srpA);
  if (clientPublic === undefined) return undefined;
  const serverSecret = means.random.bytes(32);
  const number = serverPublic(verifier, await means.workers.power(generator, serverSecret));
  const u = scramble(clientPublic, number);
  const state = {
    clientPublic: hex(toBytes(clientPublic)),
    serverSecret: hex(serverSecret),
    scramble: u === undefined ? "" : hex(u),
  };
  return { SALT: fromBytes(salt).toString(16), SRP_B: number.toString(16), state };
}

export interface SrpClaim {
  /** Base64, as the three come from the client. */
  readonly signature: string;
  readonly secretBlock: string;
  readonly timestamp: string;
}

async function finish(
  { workers }: Means,
  identity: Identity,
  verifier: Uint8Array,
  state: SrpState,
  claim: SrpClaim,
): Promise<boolean> {
  if (state.scramble === "" || !isVerifier(verifier)) return false;
  const clientPublic = Buffer.from(state.clientPublic, "hex");
  const u = Buffer.from(state.scramble, "hex");
  const serverSecret = Buffer.from(state.serverSecret, "hex");
  const secret = await sharedSecret(workers.powerOfProduct, { clientPublic, verifier, scramble: u, serverSecret });
  const key = sessionKey(u, secret);
  const expected = claimSignature(key, identity, Buffer.from(claim.secretBlock, "base64"), claim.timestamp);
  return isSameSignature(expected, claim.signature);
}

/** Undefined for an SRP_A that is none. One power; not in a transaction. The same work and the same shape for nobody. */
export function startSrp(means: Means, claimed: Claimed, srpA: string): Promise<SrpStart | undefined> {
  return start(means, verifierOf(means, claimed), srpA);
}

/** Whether the claim was signed by who knows the password. Two powers, also where there is nobody. */
export async function finishSrp(means: Means, claimed: Claimed, state: SrpState, claim: SrpClaim): Promise<boolean> {
  const identity = identityOf({ pool_id: claimed.poolId, username: claimed.user?.username ?? claimed.username });
  const isSigned = await finish(means, identity, verifierOf(means, claimed).verifier, state, claim);
  return isSigned && claimed.user?.password_sealed != null;
}

/** A remembered device's verifier, as the client made it; DEVICE_SRP_AUTH. */
export function startDeviceSrp(means: Means, device: Verifier, srpA: string): Promise<SrpStart | undefined> {
  return start(means, device, srpA);
}

/** DEVICE_PASSWORD_VERIFIER: `identity` is `{ group: DeviceGroupKey, name: DeviceKey }`. */
export function finishDeviceSrp(
  means: Means,
  identity: Identity,
  device: Verifier,
  state: SrpState,
  claim: SrpClaim,
): Promise<boolean> {
  return finish(means, identity, device.verifier, state, claim);
}
