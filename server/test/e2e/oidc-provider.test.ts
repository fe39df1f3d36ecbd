/** A user pool as a relying party of OpenID Connect, over sockets, at a certified provider that knows nothing of AWS. */
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/main.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { startOidcProvider } from "./oidc-identity-provider.ts";
import { rootKey } from "./process.ts";
import { formOf, type Page, Visitor } from "./visitor.ts";

const callback = "https://app.example.com/callback";

async function federation() {
  const config = readConfig(["--memory", "--port", "0", "--loopback-issuers"], {
    AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
  });
  const { endpoint, stop } = await start(config, { log: silentLog });
  after(() => stop());
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: "us-east-1", credentials: rootKey });
  after(() => cognito.destroy());
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: "people",
      Schema: [{ Name: "groups", AttributeDataType: "String", Mutable: true }],
    }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "people" }));
  const base = `${endpoint}/pools/${UserPoolId}`;
  const idp = await startOidcProvider({ clientId: "countersign", redirectUri: `${base}/oauth2/idpresponse` });
  await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: "Certified",
      ProviderType: "OIDC",
      ProviderDetails: {
        client_id: "countersign",
        client_secret: idp.clientSecret,
        authorize_scopes: "openid email profile",
        attributes_request_method: "GET",
        oidc_issuer: idp.issuer,
      },
      AttributeMapping: {
        email: "email",
        email_verified: "email_verified",
        name: "name",
        "custom:groups": "groups",
      },
    }),
  );
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "web",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email", "profile"],
      CallbackURLs: [callback],
      SupportedIdentityProviders: ["Certified"],
    }),
  );
  const client_id = UserPoolClient?.ClientId ?? "";
  const authorize = (more: Readonly<Record<string, string>> = {}) => {
    const query = {
      response_type: "code",
      client_id,
      redirect_uri: callback,
      state: "of the app",
      nonce: "of the app",
    };
    return `${base}/oauth2/authorize?${new URLSearchParams({ ...query, ...more })}`;
  };
  return {
    cognito,
    UserPoolId,
    endpoint,
    idp,
    authorize,
    visitor: () => new Visitor(({ host }) => host === "app.example.com"),
    /** From the provider's page to the app. */
    async logIn(visitor: Visitor, page: Page, login: string): Promise<URL> {
      const consent = await visitor.submit(page, { login, password: "whatever it is" });
      return (await visitor.submit(consent)).url;
    },
    /** What the app gets for its code, verified. */
    async claimsFor(code: string): Promise<JWTPayload> {
      const body = new URLSearchParams({ grant_type: "authorization_code", client_id, redirect_uri: callback, code });
      const answer = await fetch(`${base}/oauth2/token`, { method: "POST", body });
      const { id_token } = (await answer.json()) as { id_token: string }; // else it fails below
      const keys = createRemoteJWKSet(new URL(`${endpoint}/${UserPoolId}/.well-known/jwks.json`));
      return (await jwtVerify(id_token, keys, { audience: client_id })).payload;
    },
    async user(Username: string) {
      const { UserAttributes = [], UserStatus } = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
      const found = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
      return { status: UserStatus, attributes: found };
    },
  };
}

suite("oidc-provider as the identity provider", async () => {
  const f = await federation();

  test("its endpoints are discovered", async () => {
    const { IdentityProvider } = await f.cognito.send(
      new DescribeIdentityProviderCommand({ UserPoolId: f.UserPoolId, ProviderName: "Certified" }),
    );
    const { authorize_url, token_url, attributes_url, jwks_uri } = IdentityProvider?.ProviderDetails ?? {};
    assert.deepEqual(
      [authorize_url, token_url, attributes_url, jwks_uri],
      ["/auth", "/token", "/me", "/jwks"].map((path) => f.idp.issuer + path),
    );
  });

  test("signs a user in, with what it says of it then", async () => {
    f.idp.accounts.set("ann", { email: "ann@example.com", email_verified: true, name: "Ann", groups: ["one", "two"] });
    const visitor = f.visitor();
    const url = await f.logIn(visitor, await visitor.open(f.authorize()), "ann");
    assert.equal(url.searchParams.get("state"), "of the app");
    const claims = await f.claimsFor(url.searchParams.get("code") ?? "");
    assert.equal(claims["cognito:username"], "Certified_ann");
    assert.deepEqual([claims.email, claims.email_verified, claims.nonce], ["ann@example.com", true, "of the app"]);
    assert.deepEqual(claims["cognito:groups"], [`${f.UserPoolId}_Certified`]);
    const { status, attributes } = await f.user("Certified_ann");
    assert.equal(status, "EXTERNAL_PROVIDER");
    assert.equal(attributes["custom:groups"], "[one,two]");
    f.idp.accounts.set("ann", { email: "ann@example.org", name: "Anna", groups: ["two"] });
    const other = f.visitor();
    await f.logIn(other, await other.open(f.authorize()), "ann");
    const after = (await f.user("Certified_ann")).attributes;
    assert.deepEqual(
      [after.sub, after.email, after.email_verified, after.name, after["custom:groups"]],
      [attributes.sub, "ann@example.org", "false", "Anna", "two"],
    );
    assert.deepEqual(f.idp.refused, []);
  });

  test("a linked account signs in as the user that it is linked to", async () => {
    const { cognito, UserPoolId } = f;
    const Username = "ada";
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: "SUPPRESS" }));
    await cognito.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId,
        SourceUser: {
          ProviderName: "Certified",
          ProviderAttributeName: "email",
          ProviderAttributeValue: "lovelace@example.com",
        },
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: Username },
      }),
    );
    f.idp.accounts.set("countess", { email: "lovelace@example.com", email_verified: true, name: "Ada" });
    const visitor = f.visitor();
    const url = await f.logIn(visitor, await visitor.open(f.authorize()), "countess");
    const claims = await f.claimsFor(url.searchParams.get("code") ?? "");
    assert.equal(claims["cognito:username"], "ada");
    assert.equal((await f.user("ada")).attributes.name, "Ada");
    await assert.rejects(f.user("Certified_countess"), { name: "UserNotFoundException" });
  });

  test("is told whom the app expects, and to ask again; its user may turn back", async () => {
    const visitor = f.visitor();
    await f.logIn(visitor, await visitor.open(f.authorize()), "ann");
    const more = { login_hint: "ann@example.com", prompt: "login" };
    const page = await visitor.open(f.authorize(more));
    assert.equal(page.url.origin, f.idp.issuer);
    assert.equal(formOf(page).fields.login, "ann@example.com");
    const [, abort = ""] = /<a href="([^"]*abort[^"]*)"/.exec(page.body) ?? [];
    const { url } = await visitor.open(new URL(abort, page.url));
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      error: "access_denied",
      error_description: "End-User aborted interaction",
      state: "of the app",
    });
  });
});
