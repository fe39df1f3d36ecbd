import { sha256, timingSafeText } from "../../../crypto/digest.ts";
import type { Environment } from "../../operation.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { cookieOf } from "./cookie.ts";

/** AWS's name for it. */
export const bindingCookieName = "csrf-state";

const pattern = /^[A-Za-z0-9_-]{43}$/;

export interface BrowserBinding {
  /** Of the cookie. What leaves this server holds its hash alone. */
  readonly value: string;
  /** A Set-Cookie value, where the browser has no such cookie yet. */
  readonly setCookie: string | undefined;
}

/**
 * A random number that one browser has: what a sign-in began in it can only be ended in it, so nobody can sign somebody
 * else's browser in as himself (login CSRF), nor send forms for him. Kept until the browser is closed.
 */
export function bindBrowser(
  { random }: Pick<Environment, "random">,
  address: Pick<PoolAddress, "base" | "basePath">,
  cookieValue: string | undefined,
): BrowserBinding {
  if (cookieValue !== undefined && pattern.test(cookieValue)) return { value: cookieValue, setCookie: undefined };
  const value = Buffer.from(random.bytes(32)).toString("base64url");
  return { value, setCookie: cookieOf(address, bindingCookieName, value) };
}

export function bindingHash(value: string): string {
  return sha256(value);
}

/** Whether this browser's cookie is the one of the hash. */
export function isBoundTo(hash: string, cookieValue: string | undefined): boolean {
  return cookieValue !== undefined && pattern.test(cookieValue) && timingSafeText(bindingHash(cookieValue), hash);
}
