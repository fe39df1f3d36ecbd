/** A user pool as an OpenID Connect provider, for a certified relying party that knows nothing of AWS, over a socket. */
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import * as oidc from "openid-client";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/main.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { password } from "../pool-users.ts";
import { rootKey } from "./process.ts";
import { Visitor } from "./visitor.ts";

const redirect_uri = "https://app.example.com/callback";
const post_logout_redirect_uri = "https://app.example.com/bye";

const atApp = (url: URL) => url.host === "app.example.com";

async function provider() {
  const config = readConfig(["--memory", "--port", "0"], {
    AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
  });
  const { endpoint, stop } = await start(config, { log: silentLog });
  after(() => stop());
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: "us-east-1", credentials: rootKey });
  after(() => cognito.destroy());
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "people" }));
  const UserPoolId = UserPool?.Id ?? "";
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "people" }));
  const { User } = await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: "ann",
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: "ann@example.com" },
        { Name: "email_verified", Value: "true" },
      ],
    }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: "ann", Password: password, Permanent: true }),
  );
  const userId = User?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";

  /** A relying party for a new client, as it finds its provider: by its issuer alone. */
  const relyingParty = async (
    given: Partial<ConstructorParameters<typeof CreateUserPoolClientCommand>[0]>,
    authentication: (secret: string) => oidc.ClientAuth,
  ) => {
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: "web",
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid", "email"],
        CallbackURLs: [redirect_uri],
        LogoutURLs: [post_logout_redirect_uri],
        ...given,
      }),
    );
    const { ClientId = "", ClientSecret = "" } = UserPoolClient ?? {};
    const client = await oidc.discovery(
      new URL(`${endpoint}/${UserPoolId}`),
      ClientId,
      {},
      authentication(ClientSecret),
      // TLS ends before this server, where there is any.
      { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
    );
    return { client, ClientId };
  };

  return { endpoint, UserPoolId, userId, cognito, relyingParty };
}

suite("openid-client", async () => {
  const it = await provider();

  /** Signed in by code with PKCE, state and nonce, at the pool's pages unless the browser is signed in already. */
  const signIn = async (client: oidc.Configuration, browser = new Visitor(atApp)) => {
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    const expectedState = oidc.randomState();
    const expectedNonce = oidc.randomNonce();
    const url = oidc.buildAuthorizationUrl(client, {
      redirect_uri,
      scope: "openid email",
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      state: expectedState,
      nonce: expectedNonce,
    });
    let page = await browser.open(url);
    const isAsked = !atApp(page.url);
    if (isAsked) page = await browser.submit(page, { username: "ann", password });
    const callback = page.url;
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
    return { browser, isAsked, callback, checks, tokens: await oidc.authorizationCodeGrant(client, callback, checks) };
  };

  const authentications: Readonly<Record<string, [boolean, (secret: string) => oidc.ClientAuth]>> = {
    "no secret": [false, () => oidc.None()],
    client_secret_basic: [true, (secret) => oidc.ClientSecretBasic(secret)],
    client_secret_post: [true, (secret) => oidc.ClientSecretPost(secret)],
  };
  for (const [name, [GenerateSecret, authentication]] of Object.entries(authentications)) {
    test(`finds the pool, signs in, refreshes, asks who it is and revokes, with ${name}`, async () => {
      const { client, ClientId } = await it.relyingParty({ GenerateSecret }, authentication);
      assert.equal(client.serverMetadata().issuer, `${it.endpoint}/${it.UserPoolId}`);
      const { tokens, callback, checks } = await signIn(client);
      const claims = tokens.claims();
      assert.deepEqual(
        [claims?.sub, claims?.aud, claims?.email, claims?.email_verified, claims?.nonce],
        [it.userId, ClientId, "ann@example.com", true, checks.expectedNonce],
      );
      const info = await oidc.fetchUserInfo(client, tokens.access_token, it.userId);
      assert.deepEqual(info, {
        sub: it.userId,
        email: "ann@example.com",
        email_verified: "true",
        username: "ann",
      });
      const refreshed = await oidc.refreshTokenGrant(client, tokens.refresh_token ?? "");
      assert.equal(refreshed.claims()?.sub, it.userId);
      assert.notEqual(refreshed.access_token, tokens.access_token);
      await oidc.tokenRevocation(client, tokens.refresh_token ?? "");
      await assert.rejects(oidc.refreshTokenGrant(client, tokens.refresh_token ?? ""), { error: "invalid_grant" });
      // AWS names no scheme in its challenge, so the library learns no more from it.
      await assert.rejects(oidc.fetchUserInfo(client, refreshed.access_token, it.userId), {
        message: "unexpected HTTP response status code",
      });
      await assert.rejects(oidc.authorizationCodeGrant(client, callback, checks), { error: "invalid_grant" });
    });
  }

  test("hears at its callback of what it may not have", async () => {
    const { client } = await it.relyingParty({}, () => oidc.None());
    const expectedState = oidc.randomState();
    const url = oidc.buildAuthorizationUrl(client, { redirect_uri, scope: "openid profile", state: expectedState });
    const { url: callback } = await new Visitor(atApp).open(url);
    await assert.rejects(oidc.authorizationCodeGrant(client, callback, { expectedState }), { error: "invalid_scope" });
  });

  test("gets tokens for itself, as a machine", async () => {
    const Scopes = [{ ScopeName: "read", ScopeDescription: "read" }];
    const { UserPoolId } = it;
    await it.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "books", Name: "books", Scopes }));
    const { client } = await it.relyingParty(
      {
        GenerateSecret: true,
        AllowedOAuthFlows: ["client_credentials"],
        AllowedOAuthScopes: ["books/read"],
        CallbackURLs: undefined,
        LogoutURLs: undefined,
      },
      (secret) => oidc.ClientSecretBasic(secret),
    );
    const tokens = await oidc.clientCredentialsGrant(client, { scope: "books/read" });
    assert.deepEqual([tokens.token_type, tokens.expires_in, tokens.id_token], ["bearer", 3600, undefined]);
  });

  test("need not ask again for another app, until the browser signs out", async () => {
    const first = await it.relyingParty({}, () => oidc.None());
    const second = await it.relyingParty({}, () => oidc.None());
    const { browser, isAsked, tokens } = await signIn(first.client);
    assert.equal(isAsked, true);
    const again = await signIn(second.client, browser);
    assert.equal(again.isAsked, false);
    assert.equal(again.tokens.claims()?.auth_time, tokens.claims()?.auth_time);
    const url = oidc.buildEndSessionUrl(first.client, { logout_uri: post_logout_redirect_uri });
    assert.equal((await browser.open(url)).url.href, post_logout_redirect_uri);
    assert.equal((await signIn(second.client, browser)).isAsked, true);
  });
});
