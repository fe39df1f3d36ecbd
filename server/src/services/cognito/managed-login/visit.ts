/*
 * services/cognito/managed-login/: what the sign-in pages of a user pool's domain do, without a word of HTML. visit.ts is who
 * asks for a page and for which app; sign-in.ts walks through the challenges of services/cognito/sign-in/ as an app would,
 * and ends with where the browser goes; accounts.ts signs up, confirms and recovers; passkeys.ts adds passkeys; fields.ts
 * says what to ask for, look.ts how it looks, fault.ts why not.
 */
import { Call, type Environment, type RequestFacts } from "../../operation.ts";
import { type ClientContext, secretHashOf } from "../app-clients/app-client.ts";
import type { AuthorizationRequest } from "../authorization/authorization-request.ts";
import type { PoolAddress } from "../domains/pool-address.ts";

/** One request of a page. */
export interface Visit {
  readonly environment: Environment;
  readonly facts: RequestFacts;
  readonly address: PoolAddress;
  /** The app's client, as it is. */
  readonly context: ClientContext;
  readonly request: AuthorizationRequest;
  /** The value of the browser's own cookie. */
  readonly binding: string;
  readonly now: number;
}

/**
 * The client as the pages sign in with it. They are the pool's own, so it need not allow the flows that apps use, nor is
 * there anybody to know its secret; and they never tell who is a user (developer guide, "Managing user existence error
 * responses"). Passkeys are of the site that the browser shows, unless the pool names another.
 */
export function pageContext({ context, address }: Pick<Visit, "context" | "address">): ClientContext {
  const { configuration, clientConfiguration } = context;
  const { WebAuthnConfiguration } = configuration;
  const RelyingPartyId = WebAuthnConfiguration?.RelyingPartyId ?? new URL(address.base).hostname;
  return {
    ...context,
    secrets: [],
    configuration: { ...configuration, WebAuthnConfiguration: { ...WebAuthnConfiguration, RelyingPartyId } },
    clientConfiguration: {
      ...clientConfiguration,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
    },
  };
}

/** For functions that open the transactions they need themselves. */
export async function callOf({ environment, facts, now }: Visit): Promise<Call<string>> {
  return environment.store.read(async (tx) => new Call<string>(environment, facts, now, tx));
}

/** Who an unsigned operation is asked for by, of this client. */
export function clientAndUser({ client, secrets }: ClientContext, username: string) {
  const SecretHash = secretHashOf({ client, secrets }, username);
  return { ClientId: client.client_id, Username: username, ...(SecretHash !== undefined && { SecretHash }) };
}
