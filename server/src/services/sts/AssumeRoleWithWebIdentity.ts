import type { StsApi } from "../../contract/sts.ts";
import { findKey, isSignedBy, readToken, type UnverifiedToken } from "../../crypto/jwt.ts";
import { type OidcProviderRow, oidcProviders } from "../../store/oidc-providers.ts";
import { IssuerError } from "../issuer-keys.ts";
import { oidcProviderArn } from "../oidc-provider.ts";
import { Call } from "../operation.ts";
import { parseRoleArn } from "../role-session.ts";
import { issueFederatedSession, requireRoleArn } from "./federated-session.ts";
import { sts } from "./sts.ts";
import { readWebIdentity } from "./web-identity.ts";

type WebIdentityCall = Call<StsApi["AssumeRoleWithWebIdentity"]["error"]>;

export const AssumeRoleWithWebIdentity = sts("AssumeRoleWithWebIdentity", {
  // Nobody signs: the token says who asks, and the role's trust policy whether they may.
  resource: () => ({ arn: "*", public: true as const }),

  // The issuer's keys are fetched from the issuer.
  transaction: "own",

  async handle(input, call) {
    const { environment, facts, now } = call;
    requireRoleArn(call, input.RoleArn);
    refuseProviderId(call, input.ProviderId);
    const token = readToken(input.WebIdentityToken);
    if (token === undefined) {
      // Recorded 2026-09, as all texts here that are not marked otherwise.
      return call.fail(
        "InvalidIdentityTokenException",
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
      );
    }
    const accountId = parseRoleArn(input.RoleArn)?.accountId ?? "";
    const provider = await environment.store.read((tx) => findProvider(call, tx, accountId, token));
    const identity = readWebIdentity(call, token.claims, provider.url, provider.clientIds, input.RoleArn);
    await verify(call, input.WebIdentityToken, token, provider.url);
    const session = await environment.store.read(async (tx) => {
      const current = await findProvider(call, tx, accountId, token);
      // Client ids may have been taken away meanwhile.
      if (!current.clientIds.includes(identity.audience)) noProvider(call, token);
      return issueFederatedSession(new Call(environment, facts, now, tx), input, {
        action: "sts:AssumeRoleWithWebIdentity",
        provider: oidcProviderArn(call, provider),
        providerAccountId: provider.account_id,
        roleSessionName: input.RoleSessionName,
        ...identity,
        // The session may outlast the token.
        durationSeconds: input.DurationSeconds,
      });
    });
    return {
      ...session,
      SubjectFromWebIdentityToken: identity.subject,
      Provider: oidcProviderArn(call, provider),
      Audience: identity.audience,
    };
  },
});

/** Tokens of OAuth 2.0 name their provider beside them: those are no JWTs, and only two providers have them. */
function refuseProviderId(call: WebIdentityCall, providerId: string | undefined): void {
  if (providerId === undefined) return;
  if (providerId === "www.amazon.com") {
    call.fail("InvalidIdentityTokenException", "Provided Token is not a Login With Amazon token");
  }
  if (providerId === "graph.facebook.com") {
    // The code is recorded; the text is ours.
    call.fail("IDPRejectedClaimException", "The identity provider rejected the token.");
  }
  call.fail(
    "AccessDenied",
    "Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens",
  );
}

/** The provider of the role's account whose tokens say this issuer. */
async function findProvider(
  call: WebIdentityCall,
  tx: Call["tx"],
  accountId: string,
  token: UnverifiedToken,
): Promise<OidcProviderRow> {
  const { iss } = token.claims;
  if (iss === undefined) return call.fail("InvalidIdentityTokenException", "Missing a required claim: iss");
  if (typeof iss !== "string") return noProvider(call, token);
  const { issuerKeys } = call.environment;
  const url = iss.replace(/^https?:\/\//, "");
  const provider = await oidcProviders.find(tx, accountId, url);
  return provider === undefined || issuerKeys.issuerOf(url) !== iss ? noProvider(call, token) : provider;
}

function noProvider(call: WebIdentityCall, token: UnverifiedToken): never {
  return call.fail(
    "InvalidIdentityTokenException",
    `No OpenIDConnect provider found in your account for ${String(token.claims.iss)}`,
  );
}

async function verify(call: WebIdentityCall, text: string, token: UnverifiedToken, url: string): Promise<void> {
  let keySet: unknown;
  try {
    keySet = await call.environment.issuerKeys.find(url, call.now, (known) => findKey(known, token) !== undefined);
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error;
    call.environment.log.warn("no keys of an OpenID Connect provider", { url, reason: error.message });
    if (error.code === "unusable") return noKey(call);
    // The reference's own explanation, shortened.
    return call.fail("IDPCommunicationErrorException", "The identity provider could not be reached.");
  }
  const key = findKey(keySet, token);
  if (key === undefined) return noKey(call);
  if (!(await isSignedBy(text, token, key))) {
    // Reported from AWS.
    call.fail("InvalidIdentityTokenException", "Token signature invalid");
  }
}

function noKey(call: WebIdentityCall): never {
  return call.fail(
    "InvalidIdentityTokenException",
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  );
}
