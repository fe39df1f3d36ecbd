import { readTimestamp } from "../../../crypto/srp.ts";
import type { SrpClaim } from "../passwords/verifier.ts";
import type { StringMap } from "../triggers/events.ts";
import { requireParameter, type SignInCall } from "./sign-in.ts";

/** How far the client's clock may be off: as that of any signed request. */
const clockSkewMs = 900_000;

/** What a client says to prove that it knows a password, or its device one, and whether it says it now. */
export function readClaim(
  call: SignInCall,
  responses: StringMap,
): { readonly claim: SrpClaim; readonly isTimely: boolean } {
  const signature = requireParameter(call, responses, "PASSWORD_CLAIM_SIGNATURE");
  const secretBlock = requireParameter(call, responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  const timestamp = requireParameter(call, responses, "TIMESTAMP");
  const at = readTimestamp(timestamp);
  if (at === undefined) {
    // Reported from AWS, of a timestamp in another language.
    return call.fail("InvalidParameterException", "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  }
  // Clients' clocks go by the machine's time, as the times of signed requests.
  const isTimely = Math.abs(call.environment.signatureClock.now() - at) <= clockSkewMs;
  return { claim: { signature, secretBlock, timestamp }, isTimely };
}
