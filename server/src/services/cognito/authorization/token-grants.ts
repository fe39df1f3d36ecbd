import { Call, type Environment, type RequestFacts } from "../../operation.ts";
import type { ClientContext, PoolContext } from "../app-clients/app-client.ts";
import { redeemingCodes } from "../rate-categories.ts";
import { isActiveScope, issueClientToken, machineScopes } from "../sessions/client-token.ts";
import { refreshOrRotateTokens } from "../sessions/refresh.ts";
import type { StringMap } from "../triggers/events.ts";
import { authenticateClient, onceIn } from "./client-authentication.ts";
import { OAuthError } from "./oauth-error.ts";
import { oauthErrorOf, redeemCode } from "./redeem-code.ts";

/** RFC 6749, 5.1, in AWS's order. */
export interface TokenAnswer {
  readonly id_token?: string | undefined;
  readonly access_token: string | undefined;
  readonly refresh_token?: string | undefined;
  readonly expires_in: number | undefined;
  readonly token_type: string | undefined;
}

interface TokenRequest {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
  readonly now: number;
}

interface Grant {
  readonly environment: Environment;
  readonly facts: RequestFacts;
  readonly context: ClientContext;
  readonly form: URLSearchParams;
  readonly now: number;
}

const grants: ReadonlyMap<string, (grant: Grant) => Promise<TokenAnswer>> = new Map([
  ["authorization_code", authorizationCode],
  ["refresh_token", refreshToken],
  ["client_credentials", clientCredentials],
]);

/** What the token endpoint is asked for. Throws OAuthError. */
export async function grantTokens(
  environment: Environment,
  facts: RequestFacts,
  pool: PoolContext,
  { authorization, form, now }: TokenRequest,
): Promise<TokenAnswer> {
  const grantType = onceIn(form, "grant_type");
  if (grantType === undefined) throw new OAuthError("invalid_request");
  const grant = grants.get(grantType);
  if (grant === undefined) throw new OAuthError("unsupported_grant_type");
  const context = await authenticateClient(environment, pool, authorization, form);
  return grant({ environment, facts, context, form, now });
}

async function authorizationCode({ environment, facts, context, form, now }: Grant): Promise<TokenAnswer> {
  const code = onceIn(form, "code");
  const redirectUri = onceIn(form, "redirect_uri");
  const codeVerifier = onceIn(form, "code_verifier");
  if (code === undefined) throw new OAuthError("invalid_request");
  requireFlow(context, "code");
  await environment.rateLimits?.admit(redeemingCodes, facts, now);
  const tokens = await redeemCode(environment, facts, { context, code, redirectUri, codeVerifier, now });
  return answerOf(tokens);
}

/** Scopes that are asked for change nothing: the tokens are for what the sign-in was for, as on AWS. */
async function refreshToken({ environment, facts, context, form, now }: Grant): Promise<TokenAnswer> {
  const token = onceIn(form, "refresh_token");
  if (token === undefined) throw new OAuthError("invalid_request");
  // Counted as an operation that does the same.
  await environment.rateLimits?.admit("cognito-idp:GetTokensFromRefreshToken", facts, now);
  // What it shares with operations opens its own transactions.
  const call = await environment.store.read((tx) => new Call<string>(environment, facts, now, tx));
  try {
    return answerOf(await refreshOrRotateTokens(call, context, { refreshToken: token }));
  } catch (error) {
    throw oauthErrorOf(error);
  }
}

function answerOf(tokens: {
  readonly IdToken?: string | undefined;
  readonly AccessToken?: string | undefined;
  readonly RefreshToken?: string | undefined;
  readonly ExpiresIn?: number | undefined;
  readonly TokenType?: string | undefined;
}): TokenAnswer {
  return {
    id_token: tokens.IdToken,
    access_token: tokens.AccessToken,
    refresh_token: tokens.RefreshToken,
    expires_in: tokens.ExpiresIn,
    token_type: tokens.TokenType,
  };
}

async function clientCredentials({ environment, facts, context, form, now }: Grant): Promise<TokenAnswer> {
  requireFlow(context, "client_credentials");
  // Such clients are made with a secret; without one anybody could say its name.
  if (context.secrets.length === 0) throw new OAuthError("invalid_client");
  const clientMetadata = metadataOf(onceIn(form, "aws_client_metadata"));
  const asked = onceIn(form, "scope")?.split(" ");
  await environment.rateLimits?.admit("cognito-idp:GetClientToken", facts, now);
  const { pool_id } = context.pool;
  const scopes = await environment.store.read(async (tx) => {
    const active: string[] = [];
    for (const scope of machineScopes(context)) {
      // What the client may not have is left out, as on AWS, unless that leaves nothing.
      if (asked !== undefined && !asked.includes(scope)) continue;
      if (await isActiveScope(tx, pool_id, scope)) active.push(scope);
    }
    return active;
  });
  if (scopes.length === 0) throw new OAuthError("invalid_scope");
  try {
    return answerOf(await issueClientToken(environment, facts, { context, scopes, clientMetadata, now }));
  } catch (error) {
    throw oauthErrorOf(error);
  }
}

function requireFlow({ clientConfiguration }: ClientContext, flow: "code" | "client_credentials"): void {
  const { AllowedOAuthFlowsUserPoolClient, AllowedOAuthFlows = [] } = clientConfiguration;
  if (AllowedOAuthFlowsUserPoolClient !== true || !AllowedOAuthFlows.includes(flow)) {
    throw new OAuthError("unauthorized_client");
  }
}

/** As ClientMetadata of the API: a map of texts. */
function metadataOf(text: string | undefined): StringMap | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new OAuthError("invalid_request");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new OAuthError("invalid_request");
  const entries = Object.entries(value);
  if (!entries.every(([, item]) => typeof item === "string")) throw new OAuthError("invalid_request");
  return Object.fromEntries(entries);
}
