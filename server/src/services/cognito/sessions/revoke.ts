import { poolSessions } from "../../../store/pool-sessions.ts";
import type { Tx } from "../../../store/store.ts";
import type { Environment } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { openRefreshToken } from "./refresh-token.ts";

/**
 * disabled: not for this client; unsupported: an ID or access token; invalid: no token of ours; foreign: another client's.
 */
export type Revocation = "revoked" | "disabled" | "unsupported" | "invalid" | "foreign";

/** Ends the session of a refresh token, for a client that has proved who it is. In a write transaction. */
export async function revokeRefreshToken(
  environment: Pick<Environment, "seal">,
  tx: Tx,
  { client, clientConfiguration }: ClientContext,
  text: string,
): Promise<Revocation> {
  if (clientConfiguration.EnableTokenRevocation === false) return "disabled";
  const token = openRefreshToken(environment, text);
  // An ID or access token is a signed one, in three parts.
  if (token === undefined) return text.split(".", 4).length === 3 ? "unsupported" : "invalid";
  const session = await poolSessions.find(tx, token.eventId);
  // What was revoked before is revoked (RFC 7009, 2.2).
  if (session === undefined) return "revoked";
  if (session.client_id !== client.client_id) return "foreign";
  await poolSessions.delete(tx, session.event_id);
  return "revoked";
}
