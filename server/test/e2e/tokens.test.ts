/** Tokens as applications verify them: with the library that AWS gives them, over a socket. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify";
import { JwtInvalidIssuerError, JwtInvalidSignatureError } from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { start } from "./process.ts";

/** The library fetches over TLS alone, which ends before this server wherever there is any. */
const jwksCache = () => new SimpleJwksCache({ fetcher: { fetch: async (uri) => (await fetch(uri)).arrayBuffer() } });

async function signedIn(words: readonly string[]) {
  const { endpoint, config } = await start(["--memory", ...words]);
  const cognito = new CognitoIdentityProviderClient(config);
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "example" }));
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "web",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  const ClientId = UserPoolClient?.ClientId ?? "";
  const Username = "ann";
  const Password = "Correct-horse-7";
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: "SUPPRESS" }));
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  );
  const { AccessToken = "", IdToken = "", RefreshToken = "" } = AuthenticationResult ?? {};
  return { cognito, endpoint, UserPoolId, ClientId, AccessToken, IdToken, RefreshToken };
}

suite("tokens of a user pool", () => {
  test("are accepted by aws-jwt-verify, which finds the keys where the issuer publishes them", async () => {
    const it = await signedIn([]);
    const issuer = `${it.endpoint}/${it.UserPoolId}`;
    const discovery = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as object; // JSON of an object
    assert.ok("jwks_uri" in discovery && typeof discovery.jwks_uri === "string");
    const verifier = JwtVerifier.create(
      { issuer, audience: it.ClientId, jwksUri: discovery.jwks_uri },
      { jwksCache: jwksCache() },
    );
    const ofId = await verifier.verify(it.IdToken);
    assert.deepEqual([ofId["cognito:username"], ofId.token_use, ofId.iss], ["ann", "id", issuer]);
    const forAccess = JwtVerifier.create(
      { issuer, audience: null, jwksUri: discovery.jwks_uri },
      { jwksCache: jwksCache() },
    );
    assert.equal((await forAccess.verify(it.AccessToken)).client_id, it.ClientId);
    const { cognito, ClientId, RefreshToken } = it;
    const { AuthenticationResult } = await cognito.send(
      new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }),
    );
    assert.equal((await verifier.verify(AuthenticationResult?.IdToken ?? "")).sub, ofId.sub);
    const [header, payload, signature = ""] = it.IdToken.split(".");
    const forged = `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    await assert.rejects(verifier.verify(forged), JwtInvalidSignatureError);
    const elsewhere = JwtVerifier.create(
      { issuer: `${issuer}x`, audience: null, jwksUri: discovery.jwks_uri },
      { jwksCache: jwksCache() },
    );
    await assert.rejects(elsewhere.verify(it.AccessToken), JwtInvalidIssuerError);
    cognito.destroy();
  });

  test("are accepted as Cognito's own, where this server goes by the name of AWS's", async () => {
    const it = await signedIn(["--public-url", "https://cognito-idp.us-east-1.amazonaws.com"]);
    const { UserPoolId, ClientId } = it;
    const verifier = CognitoJwtVerifier.create({ userPoolId: UserPoolId, clientId: ClientId, tokenUse: null });
    const jwks = await (await fetch(`${it.endpoint}/${UserPoolId}/.well-known/jwks.json`)).json();
    verifier.cacheJwks(jwks as Parameters<typeof verifier.cacheJwks>[0]); // the library checks its form
    assert.equal((await verifier.verify(it.IdToken, { tokenUse: "id" })).aud, ClientId);
    const access = await verifier.verify(it.AccessToken, { tokenUse: "access" });
    assert.deepEqual([access.client_id, access.username], [ClientId, "ann"]);
    await assert.rejects(verifier.verify(it.AccessToken, { tokenUse: "id" }), /Token use not allowed: access/);
    it.cognito.destroy();
  });
});
