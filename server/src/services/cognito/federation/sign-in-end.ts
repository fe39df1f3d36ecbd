import type { Environment } from "../../operation.ts";
import { isBoundTo } from "../authorization/browser-binding.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { openState, sealState } from "./sealed-state.ts";

/** A redirect takes a moment. */
const mostMsUnderWay = 60_000;

/** Below the address of the pool's domain. */
export const continuePath = "/saml2/continue";

/** A sign-in that has succeeded, but for the browser that began it to show itself. */
export interface SignInEnd {
  /** Where it goes: to the app, with what it gets. */
  readonly location: string;
  /** Of the browser's session here, a Set-Cookie value. */
  readonly cookie: string;
  /** The hash of the binding of the browser that began it. */
  readonly binding: string;
}

/**
 * What an identity provider has the browser post comes from another site, and so without the cookies of this one
 * (SameSite=Lax): whose browser it is shows at the next address, which it asks for by GET.
 */
export function continueAt(
  environment: Pick<Environment, "seal" | "random">,
  { context, base }: Pick<PoolAddress, "context" | "base">,
  end: SignInEnd,
  now: number,
): string {
  const state = sealState(environment, "sign-in-end", context.pool.pool_id, end, now + mostMsUnderWay);
  return `${base}${continuePath}?state=${state}`;
}

/** Undefined where there is no such end, where it is over, or where another browser began the sign-in. */
export function openSignInEnd(
  environment: Pick<Environment, "seal">,
  { context }: Pick<PoolAddress, "context">,
  { state, bindingCookie, now }: { state: string | null; bindingCookie: string | undefined; now: number },
): Pick<SignInEnd, "location" | "cookie"> | undefined {
  if (state === null) return undefined;
  const end = openState<SignInEnd>(environment, "sign-in-end", context.pool.pool_id, state, now);
  return end && isBoundTo(end.binding, bindingCookie) ? end : undefined;
}
