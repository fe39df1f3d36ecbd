import type { EventResponseType, EventType } from "@aws-sdk/client-cognito-identity-provider";
import type { Environment, RequestFacts } from "../../operation.ts";

/** How a sign-in ended, in the words of AuthEventType. */
export interface AuthEvent {
  /** A UUID: that of the session, where one came of it; `event_id` of its tokens. */
  readonly eventId: string;
  readonly poolId: string;
  readonly clientId: string;
  /** Undefined for a name that is nobody's. */
  readonly userId: string | undefined;
  readonly type: EventType;
  readonly response: EventResponseType;
  /** Milliseconds. */
  readonly at: number;
  readonly facts: Pick<RequestFacts, "sourceIp" | "userAgent">;
}

/** To the log, of whoever wants to see that much. The name that was given is left out: it may be a password, mistyped. */
export function recordAuthEvent({ log }: Pick<Environment, "log">, { facts, ...event }: AuthEvent): void {
  if (!log.isDebug) return;
  log.debug("authentication event", { ...event, sourceIp: facts.sourceIp, userAgent: facts.userAgent });
}
