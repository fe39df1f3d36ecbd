import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { signIn, somebody } from "../../../../test/pool-sessions.ts";
import { createClient } from "../../../../test/pool-users.ts";

suite("RevokeToken", async () => {
  const h = await harness();
  const revoke = async (ClientId: string, Token: string, ClientSecret?: string) => {
    const { $metadata, ...answer } = await h.cognito.send(new RevokeTokenCommand({ ClientId, Token, ClientSecret }));
    return answer;
  };
  const getUser = (AccessToken: string) => h.cognito.send(new GetUserCommand({ AccessToken }));
  const refresh = (ClientId: string, RefreshToken: string) =>
    h.cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }));
  const revoked = (what: string) => ({
    code: "NotAuthorizedException",
    message: `${what} Token has been revoked`,
    status: 400,
  });

  test("ends the session of the token with all its access tokens, and no other", async () => {
    const it = await somebody(h);
    const other = await signIn(h, it.ClientId, it.sub);
    const { AuthenticationResult: refreshed } = await refresh(it.ClientId, it.RefreshToken);
    assert.deepEqual(await revoke(it.ClientId, it.RefreshToken), {});
    assert.deepEqual(await refused(getUser(it.AccessToken)), revoked("Access"));
    assert.deepEqual(await refused(getUser(refreshed?.AccessToken ?? "")), revoked("Access"));
    assert.deepEqual(await refused(refresh(it.ClientId, it.RefreshToken)), revoked("Refresh"));
    await getUser(other.AccessToken);
    await refresh(it.ClientId, other.RefreshToken);
    // Twice is as once.
    assert.deepEqual(await revoke(it.ClientId, it.RefreshToken), {});
  });

  test("wants the client's secret", async () => {
    const it = await somebody(h, { client: { GenerateSecret: true } });
    const unauthorized = {
      code: "UnauthorizedException",
      message: "Invalid client or secret",
      status: 400,
    };
    assert.deepEqual(await refused(revoke(it.ClientId, it.RefreshToken)), unauthorized);
    assert.deepEqual(await refused(revoke(it.ClientId, it.RefreshToken, "x".repeat(24))), unauthorized);
    await getUser(it.AccessToken);
    await revoke(it.ClientId, it.RefreshToken, it.ClientSecret);
    assert.deepEqual(await refused(getUser(it.AccessToken)), revoked("Access"));
  });

  test("refuses other tokens, other clients' tokens, and clients that cannot revoke", async () => {
    const it = await somebody(h);
    const fails = async (ClientId: string, token: string, code: string, message: string) =>
      assert.deepEqual(await refused(revoke(ClientId, token)), { code, message, status: 400 });
    await fails(it.ClientId, it.AccessToken, "UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
    await fails(it.ClientId, it.IdToken, "UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
    await fails(it.ClientId, "nothing", "InvalidParameterException", "Invalid Refresh Token.");
    await fails("nobody", it.RefreshToken, "UnauthorizedException", "Invalid client or secret");
    const { ClientId } = await createClient(h, it.UserPoolId);
    await fails(ClientId, it.RefreshToken, "UnauthorizedException", "The token was issued to another client.");
    const fixed = await somebody(h, { client: { EnableTokenRevocation: false } });
    const cannot = "This feature is not enabled for this client";
    await fails(fixed.ClientId, fixed.RefreshToken, "UnsupportedOperationException", cannot);
    await getUser(it.AccessToken);
  });
});
