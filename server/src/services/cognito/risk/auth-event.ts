/*
 * services/cognito/risk/: threat protection. risk-configuration.ts is what an administrator set; origin.ts reads where a
 * request comes from; auth-event.ts keeps what happened, for as long as the pool's AdvancedSecurityMode is AUDIT or
 * ENFORCED; decide.ts compares the two; compromised-passwords.ts knows passwords that everybody knows. The steps of a
 * sign-in ask sign-in/threats.ts, which acts on it.
 */
import type {
  AuthEventType,
  ChallengeResponseType,
  EventResponseType,
  EventType,
  FeedbackValueType,
} from "@aws-sdk/client-cognito-identity-provider";
import { equalDigests } from "../../../crypto/digest.ts";
import { type AuthEventRow, authEvents } from "../../../store/auth-events.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call, Environment } from "../../operation.ts";
import type { ClientContext, PoolContext } from "../app-clients/app-client.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { noRisk, type Risk } from "./decide.ts";
import { type GivenContext, type Origin, originOf } from "./origin.ts";

export type ThreatMode = "AUDIT" | "ENFORCED";

/** Undefined where the pool has no threat protection. */
export function threatMode({ UserPoolAddOns }: Configuration): ThreatMode | undefined {
  const mode = UserPoolAddOns?.AdvancedSecurityMode;
  return mode === "AUDIT" || mode === "ENFORCED" ? mode : undefined;
}

export interface NewAuthEvent {
  readonly type: EventType;
  readonly response: EventResponseType;
  readonly origin: Origin;
  /** The session goes by it, where there is one. */
  readonly eventId?: string | undefined;
  readonly challenges?: readonly ChallengeResponseType[] | undefined;
  readonly risk?: Risk | undefined;
}

/** In the transaction that writes the rest of what happened. Nothing where the pool keeps no events. */
export async function recordAuthEvent(
  call: Pick<Call, "now" | "random">,
  tx: Tx,
  { configuration }: Pick<PoolContext, "configuration">,
  user: Pick<PoolUserRow, "user_id" | "pool_id">,
  event: NewAuthEvent,
): Promise<void> {
  if (threatMode(configuration) === undefined) return;
  const { origin, risk = noRisk, challenges = [] } = event;
  await authEvents.add(tx, {
    user_id: user.user_id,
    event_id: event.eventId ?? call.random.uuid(),
    pool_id: user.pool_id,
    created_at: call.now,
    event_type: event.type,
    response: event.response,
    risk_decision: risk.decision,
    risk_level: risk.level ?? null,
    is_compromised: risk.isCompromised === true ? 1 : 0,
    challenges_json: JSON.stringify(challenges),
    ip: origin.ip,
    device_name: origin.deviceName ?? null,
    device_id: origin.deviceId ?? null,
    country: origin.country ?? null,
    timezone: origin.timezone ?? null,
  });
}

/** As `recordAuthEvent`, of the operations that are one step: the request says where it comes from. */
export async function recordStep(
  call: Pick<Call, "now" | "random" | "facts">,
  tx: Tx,
  context: ClientContext,
  user: Pick<PoolUserRow, "user_id" | "pool_id">,
  given: GivenContext,
  event: Omit<NewAuthEvent, "origin">,
): Promise<void> {
  if (threatMode(context.configuration) === undefined) return;
  await recordAuthEvent(call, tx, context, user, { ...event, origin: originOf(call, context, given) });
}

export function authEventShape(row: AuthEventRow): AuthEventType {
  const { feedback_value, feedback_provider, feedback_at } = row;
  return {
    EventId: row.event_id,
    EventType: row.event_type as EventType, // `recordAuthEvent` wrote it, as all that follow
    CreationDate: new Date(row.created_at),
    EventResponse: row.response as EventResponseType, // see above
    EventRisk: {
      RiskDecision: row.risk_decision as Risk["decision"], // see above
      RiskLevel: (row.risk_level ?? undefined) as Risk["level"], // see above
      CompromisedCredentialsDetected: row.is_compromised === 1,
    },
    ChallengeResponses: JSON.parse(row.challenges_json) as ChallengeResponseType[], // see above
    EventContextData: {
      IpAddress: row.ip,
      DeviceName: row.device_name ?? undefined,
      Timezone: row.timezone ?? undefined,
      Country: row.country ?? undefined,
    },
    EventFeedback:
      feedback_value === null || feedback_provider === null || feedback_at === null
        ? undefined
        : {
            FeedbackValue: feedback_value as FeedbackValueType, // `giveFeedback` wrote it
            Provider: feedback_provider,
            FeedbackDate: new Date(feedback_at),
          },
  };
}

/** Whoever has it may say once or again what an event was: it is in the message that told the user. */
export function feedbackToken({ seal }: Pick<Environment, "seal">, userId: string, eventId: string): string {
  return Buffer.from(seal.mac(`${userId} ${eventId}`, "auth event feedback")).toString("base64url");
}

export function isFeedbackToken(
  environment: Pick<Environment, "seal">,
  userId: string,
  eventId: string,
  given: string,
): boolean {
  return equalDigests(Buffer.from(feedbackToken(environment, userId, eventId)), Buffer.from(given));
}

export async function giveFeedback(
  call: Call<"ResourceNotFoundException">,
  tx: Tx,
  user: Pick<PoolUserRow, "user_id">,
  eventId: string,
  value: FeedbackValueType,
  provider: "Admin" | "User",
): Promise<void> {
  const event = await authEvents.find(tx, user.user_id, eventId);
  // The text is ours.
  if (event === undefined) return call.fail("ResourceNotFoundException", "Auth event does not exist.");
  await authEvents.setFeedback(tx, {
    user_id: user.user_id,
    number: event.number,
    feedback_value: value,
    feedback_provider: provider,
    feedback_at: call.now,
  });
}
