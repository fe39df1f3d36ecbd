import type { Seal } from "../crypto/seal.ts";

/** What an STS session token carries, sealed: nothing about a session is stored. Times in milliseconds. */
export interface SessionToken {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly accountId: string;
  /** The IAM user's unique id; absent for root. */
  readonly userId?: string | undefined;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly mfa: boolean;
}

export function sealSessionToken(seal: Seal, token: SessionToken, nonce: Uint8Array): string {
  return seal.sealToken(JSON.stringify(token), nonce);
}

/** Undefined for anything that this server did not seal. */
export function openSessionToken(seal: Seal, text: string): SessionToken | undefined {
  const plain = seal.openToken(text);
  return plain === undefined ? undefined : (JSON.parse(plain) as SessionToken); // only sealSessionToken's output opens
}
