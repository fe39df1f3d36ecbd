import { SealError } from "../../../crypto/seal.ts";
import type { Environment } from "../../operation.ts";

/** What a state is for; none of one kind serves as one of another. */
export type StatePurpose =
  | "saml-sign-in"
  | "saml-sign-out"
  | "oidc-sign-in"
  | "sign-in-end"
  | "browser-session"
  | "page-step"
  | "page-sign-up";

/** Far more than any state needs; browsers and proxies let URLs of 8 kB through. */
const longest = 16_384;

/**
 * What a browser carries for this server through strangers' hands, instead of a row in the store: they cannot read it,
 * change it, or use it for another pool or purpose. Not for one-time use: whoever needs that must note it as used.
 */
export function sealState(
  { seal, random }: Pick<Environment, "seal" | "random">,
  purpose: StatePurpose,
  poolId: string,
  state: object,
  expiresAt: number,
): string {
  const sealed = seal.seal(JSON.stringify({ expiresAt, state }), sealContext(purpose, poolId), random.bytes(12));
  return Buffer.from(sealed).toString("base64url");
}

/** `T` is what was sealed for this purpose. Undefined for what this server did not seal; null for what has expired. */
export function openState<T extends object>(
  { seal }: Pick<Environment, "seal">,
  purpose: StatePurpose,
  poolId: string,
  text: string,
  now: number,
): T | null | undefined {
  if (text.length > longest) return undefined;
  const sealed = Buffer.from(text, "base64url");
  // Buffer skips what is not base64url: only the one spelling that sealState gave is this state.
  if (sealed.toString("base64url") !== text) return undefined;
  let plain: Uint8Array;
  try {
    plain = seal.open(sealed, sealContext(purpose, poolId));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
  const { expiresAt, state } = JSON.parse(Buffer.from(plain).toString()) as { expiresAt: number; state: T }; // sealState wrote it
  return now < expiresAt ? state : null;
}

function sealContext(purpose: StatePurpose, poolId: string): string {
  return `federation:${purpose}:${poolId}`;
}
