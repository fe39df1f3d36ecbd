import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { type ClientContext, requirePublicClient } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { provesClient } from "./client-secret.ts";
import { isActiveScope, issueClientToken, machineScopes } from "./client-token.ts";

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
    const { client, secrets } = context;
    if (!isMachine(context)) {
      // As for every flow that a client does not allow.
      call.fail("InvalidParameterException", "Auth flow not enabled for this client");
    }
    if (secrets.length === 0 || !provesClient(context, input.Secret)) {
      // The text is ours.
      call.fail("NotAuthorizedException", `Unable to verify the secret of client ${client.client_id}`);
    }
    const scopes = await environment.store.read((tx) => scopesOf(call, tx, context, input.Scopes));
    const ClientAuthenticationResult = await issueClientToken(environment, facts, {
      context,
      scopes,
      clientMetadata: input.ClientMetadata,
      now,
    });
    return { ClientAuthenticationResult };
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
  context: ClientContext,
  asked: readonly string[] | undefined,
): Promise<readonly string[]> {
  const allowed = machineScopes(context);
  for (const scope of asked ?? []) {
    if (!allowed.includes(scope))
      call.fail("InvalidParameterException", `Scope ${scope} is not allowed for this client.`);
  }
  const granted: string[] = [];
  for (const scope of asked ?? allowed) {
    if (await isActiveScope(tx, context.pool.pool_id, scope)) granted.push(scope);
    else if (asked !== undefined) call.fail("InvalidParameterException", `Scope ${scope} does not exist.`);
  }
  if (granted.length === 0) call.fail("InvalidParameterException", "The client has no custom scopes.");
  return granted;
}
