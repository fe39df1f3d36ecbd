import { receiveSamlResponse } from "../../services/cognito/federation/saml-response.ts";
import type { Environment } from "../../services/operation.ts";
import type { PoolEndpoint } from "../pool-domain.ts";
import { redirect } from "../pool-pages.ts";

/** The assertion consumer service (SAML profiles, 4.1.4): what identity providers have browsers post. */
export function samlResponseEndpoint(environment: Environment): PoolEndpoint {
  return async ({ facts, address, form, now }) => {
    const { location, cookie } = await receiveSamlResponse(environment, facts, {
      address,
      samlResponse: form.get("SAMLResponse"),
      relayState: form.get("RelayState"),
      now,
    });
    return redirect(location, [cookie]);
  };
}
