import { authnRequest } from "../../../saml/authn-request.ts";
import { redirectUrl } from "../../../saml/redirect-binding.ts";
import type { IdentityProviderRow } from "../../../store/identity-providers.ts";
import type { Environment } from "../../operation.ts";
import { type AuthorizationRequest, authorizationQuery } from "../authorization/authorization-request.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { openDetails } from "../identity-providers/identity-provider.ts";
import { entityIdOf, responsePath, signerOf } from "./saml-provider.ts";
import { refreshWhenDue } from "./saml-refresh.ts";
import { sealState } from "./sealed-state.ts";

/** Developer guide, "Using SAML identity providers": how long a user has at the identity provider. */
const mostMsAway = 300_000;

/** What a sign-in at an identity provider was begun for: its RelayState. */
export interface SamlSignIn {
  /** Of the AuthnRequest. */
  readonly requestId: string;
  readonly providerName: string;
  /** By which of its names the pool's domain was asked: the response is to come to the same. */
  readonly base: string;
  /** The authorization request, as a query. */
  readonly authorization: string;
  /** The hash of the browser's binding (authorization/browser-binding.ts). */
  readonly binding: string;
}

/**
 * Where the browser is sent for its user to sign in at the SAML provider: an AuthnRequest by HTTP-Redirect, signed where
 * RequestSigningAlgorithm asks for it, with the key of the certificate that GetSigningCertificate answers. `binding` is
 * the hash of the browser's, without which the sign-in will not end. Never within a transaction.
 */
export async function startSamlSignIn(
  environment: Environment,
  asked: {
    readonly address: Pick<PoolAddress, "context" | "base">;
    readonly provider: IdentityProviderRow;
    readonly request: AuthorizationRequest;
    readonly binding: string;
    readonly now: number;
  },
): Promise<string> {
  const { address, provider, request, binding, now } = asked;
  const { pool_id: poolId } = address.context.pool;
  const { base } = address;
  const details = openDetails(environment, provider);
  refreshWhenDue(environment, { row: provider, details }, now);
  const location = details.SSORedirectBindingURI;
  if (location === undefined) throw new Error("The SAML provider has no address for sign-in.");
  // As AWS's (developer guide, sample request): `_` makes an xs:ID of a UUID.
  const requestId = `_${environment.random.uuid()}`;
  const state: SamlSignIn = {
    requestId,
    providerName: provider.provider_name,
    base,
    authorization: authorizationQuery(request).toString(),
    binding,
  };
  return redirectUrl({
    location,
    parameter: "SAMLRequest",
    message: authnRequest({
      id: requestId,
      issueInstant: now,
      destination: location,
      assertionConsumerServiceUrl: base + responsePath,
      issuer: entityIdOf(poolId),
      // OpenID Connect Core, 3.1.2.1: `login` is not met by a session at the identity provider.
      forceAuthn: request.prompt?.split(" ").includes("login"),
    }),
    relayState: sealState(environment, "saml-sign-in", poolId, state, now + mostMsAway),
    sign: details.RequestSigningAlgorithm === undefined ? undefined : await signerOf(environment, poolId, now),
  });
}
