import type { Environment } from "../../operation.ts";
import type { ClientContext, PoolContext } from "../app-clients/app-client.ts";
import { provesClient } from "../sessions/client-secret.ts";
import { OAuthError } from "./oauth-error.ts";

interface Credentials {
  readonly clientId: string;
  readonly secret: string | undefined;
}

/** Longer than any id and secret of ours in base64. */
const longestHeader = 1_024;

/**
 * The client of this pool that asks, by client_secret_basic or client_secret_post, or by its id alone where it has no
 * secret (RFC 6749, 2.3.1). A client that is not there is told nothing else than one whose secret is wrong.
 */
export async function authenticateClient(
  environment: Pick<Environment, "store" | "appClients">,
  { pool }: PoolContext,
  authorization: string | undefined,
  form: URLSearchParams,
): Promise<ClientContext> {
  const { clientId, secret } = credentialsOf(authorization, form);
  const { store, appClients } = environment;
  const context = await store.read((tx) => appClients.find(tx, clientId));
  if (context === undefined || context.pool.pool_id !== pool.pool_id || !provesClient(context, secret)) {
    throw new OAuthError("invalid_client");
  }
  return context;
}

function credentialsOf(authorization: string | undefined, form: URLSearchParams): Credentials {
  const clientId = onceIn(form, "client_id");
  const secret = onceIn(form, "client_secret");
  if (authorization === undefined) {
    if (clientId === undefined) throw new OAuthError("invalid_request");
    return { clientId, secret };
  }
  const basic = basicCredentials(authorization);
  if (basic === undefined) throw new OAuthError("invalid_client");
  // One way of two, and one client (RFC 6749, 2.3).
  if (secret !== undefined || (clientId !== undefined && clientId !== basic.clientId)) {
    throw new OAuthError("invalid_request");
  }
  return basic;
}

/** RFC 7617, 2; both parts form-encoded, as RFC 6749, 2.3.1 has it. Many clients do not, and ours hold nothing to encode. */
function basicCredentials(authorization: string): Credentials | undefined {
  if (authorization.length > longestHeader) return undefined;
  const [, encoded] = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString();
  const colon = text.indexOf(":");
  if (colon < 1) return undefined;
  return { clientId: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`text=${text.replaceAll("&", "%26")}`).get("text") ?? "";
}

/** A parameter of a request of an app: what is empty is not there, and what comes twice is refused (RFC 6749, 3.2). */
export function onceIn(form: URLSearchParams, name: string): string | undefined {
  const values = form.getAll(name);
  if (values.length > 1) throw new OAuthError("invalid_request");
  return values[0] || undefined;
}
