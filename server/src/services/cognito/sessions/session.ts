import type { SessionDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import { type PoolSessionRow, poolSessions } from "../../../store/pool-sessions.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { sessionSettings } from "./issue.ts";

const prefix = "tkn";
const digits = 25;
const longestUuid = 1n << 128n;

/** The session's UUID as AWS writes ids of sessions: `tkn` and 25 letters and digits (API reference, SessionDescriptionType). */
export function sessionId(eventId: string): string {
  return (
    prefix +
    BigInt(`0x${eventId.replaceAll("-", "")}`)
      .toString(36)
      .padStart(digits, "0")
  );
}

/** The other way; undefined for what is no id of a token session. */
export function eventIdOf(id: string): string | undefined {
  if (!/^tkn[a-z0-9]{25}$/.test(id)) return undefined;
  let number = 0n;
  for (const digit of id.slice(prefix.length)) number = number * 36n + BigInt(Number.parseInt(digit, 36));
  if (number >= longestUuid) return undefined;
  const hex = number.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** "A single page of up to 125 sessions" (API reference, AdminListUserSessions). */
const mostListed = 125;

/** The user's sessions that have not ended, the newest first; `current` is the one that asks. */
export async function listSessions(
  call: Call<"OperationNotEnabledException">,
  tx: Tx,
  user: PoolUserRow,
  current: string | undefined,
): Promise<{ readonly Sessions: SessionDescriptionType[] }> {
  await requireTracking(call, tx, user.pool_id);
  const sessions = await poolSessions.listOfUser(tx, user.user_id, user.signed_out_at, call.now, mostListed);
  return { Sessions: sessions.map((session) => sessionShape(session, session.event_id === current)) };
}

/** Without SSO sessions, which are in the cookies of browsers alone. Nobody knows where an address is. */
function sessionShape(session: PoolSessionRow, isCurrent: boolean): SessionDescriptionType {
  return {
    SessionId: sessionId(session.event_id),
    SessionType: "TOKEN",
    ClientId: session.client_id,
    CreateDate: new Date(session.created_at),
    LastActiveDate: new Date(session.last_active_at),
    DeviceType: session.last_agent ?? "unknown",
    LastIPAddress: session.last_ip,
    LastLocation: { City: "unknown", Country: "unknown" },
    IsCurrentSession: isCurrent,
  };
}

/** In a write transaction. No session here has associated ones. */
export async function revokeSession(
  call: Call<"OperationNotEnabledException" | "ResourceNotFoundException">,
  tx: Tx,
  user: PoolUserRow,
  id: string,
): Promise<void> {
  await requireTracking(call, tx, user.pool_id);
  const eventId = eventIdOf(id);
  const session = eventId === undefined ? undefined : await poolSessions.find(tx, eventId);
  const isTheirs = session?.user_id === user.user_id && session.signed_out_at === user.signed_out_at;
  // The text is ours.
  if (session === undefined || !isTheirs) return call.fail("ResourceNotFoundException", "Session does not exist.");
  await poolSessions.delete(tx, session.event_id);
}

async function requireTracking(call: Call<"OperationNotEnabledException">, tx: Tx, poolId: string): Promise<void> {
  const { isTracked } = await sessionSettings(call.environment, tx, poolId);
  // The text is ours.
  if (!isTracked) call.fail("OperationNotEnabledException", "Session tracking is not enabled for this user pool.");
}
