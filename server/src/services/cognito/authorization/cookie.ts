import type { PoolAddress } from "../domains/pool-address.ts";

/**
 * A Set-Cookie value (RFC 6265, 4.1.1): for this pool alone, out of reach of scripts, and not sent with what other sites
 * post. `value` must hold nothing that would have to be escaped.
 */
export function cookieOf(
  { base, basePath }: Pick<PoolAddress, "base" | "basePath">,
  name: string,
  value: string,
  maxAgeSeconds?: number,
): string {
  const age = maxAgeSeconds === undefined ? "" : `; Max-Age=${maxAgeSeconds}`;
  const secure = base.startsWith("https:") ? "; Secure" : "";
  return `${name}=${value}; Path=${basePath}/${age}${secure}; HttpOnly; SameSite=Lax`;
}
