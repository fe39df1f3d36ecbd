import { clearedBrowserSession } from "../../services/cognito/authorization/browser-session.ts";
import { receiveLogoutMessage } from "../../services/cognito/federation/saml-logout.ts";
import type { Environment } from "../../services/operation.ts";
import { plain } from "../http.ts";
import type { PoolEndpoint, PoolRequest } from "../pool-domain.ts";
import { redirect } from "../pool-pages.ts";

type Sent = Parameters<typeof receiveLogoutMessage>[2]["sent"];

/** Single logout (SAML profiles, 4.4): requests and answers of identity providers, in a form or in a URL. */
export function samlLogoutEndpoint(environment: Environment): PoolEndpoint {
  return async (request) => {
    const sent = sentMessage(request);
    // As AWS answers whoever only looks.
    if (sent === undefined) return plain(400, "Bad request\n", ["allow", "POST"]);
    const { facts, address, form, now } = request;
    const relayState = form.get("RelayState") ?? undefined;
    const { location, endsSession } = await receiveLogoutMessage(environment, facts, {
      address,
      sent,
      relayState,
      now,
    });
    return redirect(location, endsSession ? [clearedBrowserSession(address)] : []);
  };
}

function sentMessage({ http, query, form }: PoolRequest): Sent | undefined {
  if (http.method === "GET") {
    const isMessage = query.has("SAMLRequest") || query.has("SAMLResponse");
    return isMessage ? { binding: "redirect", query: http.query } : undefined;
  }
  const message = form.get("SAMLResponse") ?? form.get("SAMLRequest");
  return message === null ? undefined : { binding: "post", message };
}
