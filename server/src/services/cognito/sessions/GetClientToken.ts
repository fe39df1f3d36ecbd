import { signClaims } from "../../../crypto/rs256.ts";
import { resourceServers } from "../../../store/resource-servers.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { type ClientContext, requirePublicClient } from "../app-clients/app-client.ts";
import { tokenLifetimes } from "../app-clients/client-settings.ts";
import { cognito } from "../cognito.ts";
import { changeAccessClaims, changeScopes } from "./claims.ts";
import { provesClient } from "./client-secret.ts";
import { issuerOf } from "./issuer.ts";

/** An access token for a machine. The secret says who asks, so policies have no part in it. */
export const GetClientToken = cognito("GetClientToken", {
  transaction: "own",

  resource: async (input, call) => ({
    arn: "*",
    public: true as const,
    context: await requirePublicClient(call, call.tx, input.ClientId),
  }),

  async handle(input, call, { context }) {
    const { environment, facts, now } = call;
    const { pool, client, clientConfiguration, secrets } = context;
    if (!isMachine(context)) {
      // As for every flow that a client does not allow.
      call.fail("InvalidParameterException", "Auth flow not enabled for this client");
    }
    if (secrets.length === 0 || !provesClient(context, input.Secret)) {
      // The text is ours.
      call.fail("NotAuthorizedException", `Unable to verify the secret of client ${client.client_id}`);
    }
    const scopes = await environment.store.read((tx) => scopesOf(call, tx, context, input.Scopes));
    const changes = environment.triggers.has(pool, "PreTokenGeneration")
      ? await environment.triggers.invoke(pool, "PreTokenGeneration", {
          triggerSource: "TokenGeneration_ClientCredentials",
          userName: client.client_id,
          clientId: client.client_id,
          userAgent: facts.userAgent,
          request: {
            userAttributes: {},
            groupConfiguration: {},
            scopes,
            clientMetadata: input.ClientMetadata,
          },
        })
      : undefined;
    const { access } = tokenLifetimes(clientConfiguration);
    const issuedAt = Math.floor(now / 1000);
    // As of the client credentials grant (developer guide, "Using the access token").
    const claims = {
      sub: client.client_id,
      token_use: "access",
      scope: (changes === undefined ? scopes : changeScopes(scopes, changes)).join(" "),
      auth_time: issuedAt,
      iss: issuerOf(environment, facts, pool.pool_id),
      exp: issuedAt + access,
      iat: issuedAt,
      version: 2,
      jti: call.random.uuid(),
      client_id: client.client_id,
    };
    const { privateKey, header } = (await environment.tokenKeys.signers(pool.pool_id, now)).access;
    const AccessToken = await signClaims(
      privateKey,
      header,
      changes === undefined ? claims : changeAccessClaims(claims, changes),
      environment.workers.sign,
    );
    return { ClientAuthenticationResult: { AccessToken, ExpiresIn: access, TokenType: "Bearer" } };
  },
});

/**
 * AWS wants the flow ALLOW_CLIENT_TOKEN_AUTH and no other. Its API model (2026-09) lets no client have that flow, so the
 * clients of the client credentials grant, which gives the same token, are machines, too.
 */
function isMachine({
  clientConfiguration: { ExplicitAuthFlows = [], AllowedOAuthFlows = [] },
}: ClientContext): boolean {
  const flows: readonly string[] = ExplicitAuthFlows;
  return flows.includes("ALLOW_CLIENT_TOKEN_AUTH") || AllowedOAuthFlows.includes("client_credentials");
}

/** Those asked for, or else all that the client may have: custom scopes of the pool's resource servers. The texts are ours. */
async function scopesOf(
  call: Call<"InvalidParameterException">,
  tx: Tx,
  { pool, clientConfiguration }: ClientContext,
  asked: readonly string[] | undefined,
): Promise<readonly string[]> {
  const allowed = (clientConfiguration.AllowedOAuthScopes ?? []).filter((scope) => scope.includes("/"));
  for (const scope of asked ?? []) {
    if (!allowed.includes(scope))
      call.fail("InvalidParameterException", `Scope ${scope} is not allowed for this client.`);
  }
  const granted: string[] = [];
  for (const scope of asked ?? allowed) {
    const end = scope.lastIndexOf("/");
    const server = await resourceServers.find(tx, pool.pool_id, scope.slice(0, end));
    const exists = server?.scopes?.some(({ ScopeName }) => ScopeName === scope.slice(end + 1)) === true;
    if (exists) granted.push(scope);
    else if (asked !== undefined) call.fail("InvalidParameterException", `Scope ${scope} does not exist.`);
  }
  if (granted.length === 0) call.fail("InvalidParameterException", "The client has no custom scopes.");
  return granted;
}
