import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Seal, tokenLength } from "../crypto/seal.ts";
import type { CallerTag, FederatedProvider, SessionPolicies } from "./caller.ts";

/** Whose session it is. Unique ids, so that nobody inherits the sessions of an earlier user or role of the same name. */
export type SessionPrincipal =
  | { readonly kind: "root" }
  | { readonly kind: "user"; readonly userId: string }
  | { readonly kind: "role"; readonly roleId: string; readonly sessionName: string }
  /** Of a user, or of root where `userId` is absent. */
  | { readonly kind: "federated"; readonly name: string; readonly userId?: string | undefined };

/** What AWS calls the packed policy: the part of a session that its requester can make long. */
export interface PackedSession {
  readonly policies?: SessionPolicies | undefined;
  readonly tags?: readonly CallerTag[] | undefined;
  /** By their places among the tags. */
  readonly transitive?: readonly number[] | undefined;
}

/** What an STS session token carries, sealed: nothing about a session is stored. Times in milliseconds. */
export interface SessionToken {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly accountId: string;
  readonly principal: SessionPrincipal;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly mfaAt?: number | undefined;
  /** By packSession. */
  readonly packed?: string | undefined;
  readonly sourceIdentity?: string | undefined;
  readonly provider?: FederatedProvider | undefined;
}

/**
 * The longest token. STS API reference, MinimumSessionTokenSize: 4,096 bytes are the most that can be asked for, and
 * SessionTokenUtilization counts against a maximum that it does not tell.
 */
export const longestSessionToken = 4_096;

/** Far above what a token of the greatest length can hold. */
const longestPacked = 65_536;

export function packSession(session: PackedSession): string {
  return deflateRawSync(JSON.stringify(session), { level: 9 }).toString("base64");
}

export function unpackSession(packed: string): PackedSession {
  const text = inflateRawSync(Buffer.from(packed, "base64"), { maxOutputLength: longestPacked }).toString();
  return JSON.parse(text) as PackedSession; // only what packSession made is ever sealed
}

/** `minimumSize` in characters of the token, as MinimumSessionTokenSize asks for. */
export function sealSessionToken(seal: Seal, token: SessionToken, nonce: Uint8Array, minimumSize = 0): string {
  const text = JSON.stringify(token);
  const missing = Math.max(0, minimumSize - tokenLength(Buffer.byteLength(text)));
  // Three bytes of text are four characters of base64. White space after a JSON text is part of none of its values.
  return seal.sealToken(text + " ".repeat(Math.ceil(missing / 4) * 3), nonce);
}

/** Undefined for anything that this server did not seal. */
export function openSessionToken(seal: Seal, text: string): SessionToken | undefined {
  const plain = seal.openToken(text);
  return plain === undefined ? undefined : (JSON.parse(plain) as SessionToken); // only sealSessionToken's output opens
}
