/** An OpenID Connect provider that is none of ours, and certified: oidc-provider, with its own pages for its users. */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import Provider from "oidc-provider";

export interface OidcIdentityProvider {
  readonly issuer: string;
  readonly clientSecret: string;
  /** What it says of each of its users; who is not here has no more than a name. */
  readonly accounts: Map<string, Readonly<Record<string, unknown>>>;
  /** What it refused. */
  readonly refused: string[];
}

/** It asks for PKCE and for the client's secret in the form, and says who it is in its answers (RFC 9207). */
export async function startOidcProvider(register: {
  readonly clientId: string;
  readonly redirectUri: string;
}): Promise<OidcIdentityProvider> {
  const { promise: handling, resolve: handle } = Promise.withResolvers<ReturnType<Provider["callback"]>>();
  const server = createServer(async (request, response) => (await handling)(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  const issuer = `http://127.0.0.1:${port}`;
  const clientSecret = "a secret of the provider's";
  const accounts: OidcIdentityProvider["accounts"] = new Map();
  const refused: string[] = [];
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: register.clientId,
        client_secret: clientSecret,
        redirect_uris: [register.redirectUri],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    cookies: { keys: ["of the tests"] },
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }] },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts.get(id) }) }),
  });
  for (const event of ["grant.error", "authorization.error", "server_error"] as const) {
    provider.on(event, (_context, error) => refused.push(`${event}: ${error.message}`));
  }
  handle(provider.callback());
  return { issuer, clientSecret, accounts, refused };
}
