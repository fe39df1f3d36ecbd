import { type IdentityProviderRow, identityProviders } from "../../../store/identity-providers.ts";
import type { Environment } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import type { AuthorizationRequest } from "../authorization/authorization-request.ts";
import type { PoolAddress } from "../domains/pool-address.ts";

export interface StartedSignIn {
  readonly address: PoolAddress;
  readonly context: ClientContext;
  readonly request: AuthorizationRequest;
  readonly provider: IdentityProviderRow;
  /** The hash of the browser's binding. */
  readonly binding: string;
  readonly now: number;
}

/** Of the pool; undefined for one that was deleted since the client was allowed it. */
export function findProvider(
  { store }: Pick<Environment, "store">,
  { context }: Pick<PoolAddress, "context">,
  name: string,
): Promise<IdentityProviderRow | undefined> {
  return store.read((tx) => identityProviders.find(tx, context.pool.pool_id, name));
}

/** Where the browser goes for its user to sign in at this provider. Each protocol is loaded when it is first spoken. */
export async function startFederatedSignIn(environment: Environment, signIn: StartedSignIn): Promise<string> {
  if (signIn.provider.provider_type === "SAML") {
    const { startSamlSignIn } = await import("./saml-sign-in.ts");
    return startSamlSignIn(environment, signIn);
  }
  const { startOidcSignIn } = await import("./oidc-sign-in.ts");
  return startOidcSignIn(environment, signIn);
}
