import { equalDigests, hmacSha256 } from "../../../crypto/digest.ts";
import type { ClientContext } from "../app-clients/app-client.ts";

/** Whether this is a secret of the client, or the client has none: then whatever is given is not looked at. */
export function provesClient({ secrets }: Pick<ClientContext, "secrets">, given: string | undefined): boolean {
  if (secrets.length === 0) return true;
  let matches = false;
  // Digests, as they are as long as each other; all of them, so that the time tells nothing.
  for (const secret of secrets) {
    if (equalDigests(hmacSha256(comparison, secret), hmacSha256(comparison, given ?? ""))) matches = true;
  }
  return matches;
}

/** No secret: what is compared is the same under any key. */
const comparison = "client secret";
