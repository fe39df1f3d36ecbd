import { poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import { findBrowserSession } from "../authorization/browser-session.ts";
import { parse } from "../webauthn/passkey.ts";
import { registerPasskey } from "../webauthn/register-passkey.ts";
import { creationOptions, mostPasskeys, refuseMorePasskeys, requireRelyingParty } from "../webauthn/registration.ts";
import { allowsPasskeys, requirePasskeys } from "../webauthn/relying-party.ts";
import { type Fault, faultOf } from "./fault.ts";
import { callOf, pageContext, type Visit } from "./visit.ts";

/** Whether browsers would use passkeys here: a site has a name, and these are its own (WebAuthn, 5.1.2). */
export function canUsePasskeys(visit: Pick<Visit, "context" | "address">): boolean {
  const { hostname } = new URL(visit.address.base);
  if (!allowsPasskeys(visit.context) || hostname.startsWith("[") || /^[\d.]+$/.test(hostname)) return false;
  const { RelyingPartyId: id = "" } = pageContext(visit).configuration.WebAuthnConfiguration ?? {};
  return hostname === id || hostname.endsWith(`.${id}`);
}

/** An old session, as some apps take, is not enough to add a way to sign in. */
const mostMsAgo = 3_600_000;

/**
 * Who has signed in with this browser lately, by the cookie of the session. Not who came into being by an identity provider:
 * there alone they sign in, with no way around it that would outlast it.
 */
export async function findVisitor(
  { environment, address, now }: Visit,
  cookieValue: string | undefined,
): Promise<PoolUserRow | undefined> {
  const found = await findBrowserSession(environment, address, cookieValue, now);
  if (found === undefined || found.user.status === "EXTERNAL_PROVIDER") return undefined;
  return now < found.session.authTime + mostMsAgo ? found.user : undefined;
}

/** What the browser needs to make a passkey, as JSON. */
export async function passkeyOptions(visit: Visit, user: PoolUserRow): Promise<string> {
  const call = await callOf(visit);
  const context = pageContext(visit);
  requirePasskeys(call, context);
  return visit.environment.store.read(async (tx) => {
    const known = await poolUserPasskeys.list(tx, user.user_id, "", mostPasskeys);
    if (known.length >= mostPasskeys) refuseMorePasskeys(call);
    return JSON.stringify(await creationOptions(call, tx, context, user));
  });
}

/** Keeps what it made. */
export async function addPasskey(visit: Visit, user: PoolUserRow, credential: string): Promise<Fault | undefined> {
  const call = await callOf(visit);
  const context = pageContext(visit);
  const requireStill = async (tx: Tx) => {
    const current = await poolUsers.findById(tx, user.user_id);
    const isStill = current?.enabled === true && current.signed_out_at === user.signed_out_at;
    if (!isStill) call.fail("NotAuthorizedException", "Invalid session for the user.");
  };
  try {
    const relyingPartyId = await visit.environment.store.read((tx) => requireRelyingParty(call, tx, context));
    await registerPasskey(call, { context, user, relyingPartyId, credential: parse(credential), requireStill });
    return undefined;
  } catch (error) {
    const { kind, text } = faultOf(error);
    return kind === "unknown" ? { kind: "noPasskey" } : { kind, ...(text !== undefined && { text }) };
  }
}
