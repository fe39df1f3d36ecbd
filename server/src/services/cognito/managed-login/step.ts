import { bindingHash, isBoundTo } from "../authorization/browser-binding.ts";
import { openState, type StatePurpose, sealState } from "../federation/sealed-state.ts";
import type { Visit } from "./visit.ts";

/** A challenge of a sign-in under way, with all that its page shows: the form carries it, sealed. */
export interface Asked {
  readonly challenge: string;
  readonly session: string;
  /** As it was given. */
  readonly username: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Factors to choose from. */
  readonly choices: readonly string[];
  /** Of an authenticator app that is being set up. */
  readonly secret?: string | undefined;
}

/** Somebody who signed up with this browser: who confirms with it, too, need not sign in. */
export interface SignedUp {
  readonly userId: string;
  readonly username: string;
  /** Where the code went; empty where nobody could send one. */
  readonly destination: string;
}

interface Bound<T> {
  readonly binding: string;
  readonly clientId: string;
  readonly value: T;
}

/** What a step leads to ends much sooner, by the client's AuthSessionValidity. */
const stepLifetime = 3_600_000;
/** As long as the code that confirms (developer guide, "Signing up and confirming user accounts"). */
const signUpLifetime = 86_400_000;

function seal<T>(visit: Visit, purpose: StatePurpose, value: T, lifetime: number): string {
  const bound: Bound<T> = { binding: bindingHash(visit.binding), clientId: visit.request.clientId, value };
  return sealState(visit.environment, purpose, visit.context.pool.pool_id, bound, visit.now + lifetime);
}

/** Undefined for what another browser or client brought, and for what is too old. */
function open<T>(visit: Visit, purpose: StatePurpose, text: string): T | undefined {
  const { environment, context, request, binding, now } = visit;
  const bound = openState<Bound<T>>(environment, purpose, context.pool.pool_id, text, now);
  if (!bound || bound.clientId !== request.clientId || !isBoundTo(bound.binding, binding)) return undefined;
  return bound.value;
}

export const sealStep = (visit: Visit, step: Asked): string => seal(visit, "page-step", step, stepLifetime);
export const openStep = (visit: Visit, text: string): Asked | undefined => open<Asked>(visit, "page-step", text);

export const sealSignUp = (visit: Visit, who: SignedUp): string => seal(visit, "page-sign-up", who, signUpLifetime);
export const openSignUp = (visit: Visit, text: string): SignedUp | undefined =>
  open<SignedUp>(visit, "page-sign-up", text);
