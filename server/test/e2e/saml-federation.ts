/** A user pool whose people sign in at samlify, and apps that send them there. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after } from "node:test";
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  GetSigningCertificateCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/main.ts";
import { shiftedClock } from "../../src/runtime/clock.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { rootKey } from "./process.ts";
import { type Person, startIdentityProvider } from "./saml-identity-provider.ts";
import { type Page, Visitor } from "./visitor.ts";

export const callback = "https://app.example.com/callback";
export const signedOut = "https://app.example.com/signed-out";
export const ann: Person = {
  nameId: "ann@example.com",
  sessionIndex: "_session1",
  attributes: { email: "ann@example.com", given_name: "Ann <& Co>" },
};

/** A pool whose users come from one SAML provider alone, which knows what GetSigningCertificate and Create have said. */
export async function federation({
  encrypts,
  domain,
  callbackUrl = callback,
  storage = ["--memory"],
}: {
  encrypts: boolean;
  domain?: string;
  callbackUrl?: string;
  storage?: readonly string[];
}) {
  const clock = shiftedClock();
  const run = async (port: string) => {
    const running = await start(
      readConfig([...storage, "--port", port], {
        AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
        AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      }),
      { log: silentLog, clock },
    );
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= running.stop();
      return stopped;
    };
    after(stop);
    return { endpoint: running.endpoint, stop };
  };
  const { endpoint, stop } = await run("0");
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: "us-east-1", credentials: rootKey });
  after(() => cognito.destroy());
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "people" }));
  const UserPoolId = UserPool?.Id ?? "";
  if (domain !== undefined) await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: domain }));
  const base =
    domain === undefined
      ? `${endpoint}/pools/${UserPoolId}`
      : `http://${domain}.auth.us-east-1.localhost:${new URL(endpoint).port}`;
  const idp = await startIdentityProvider({ clock, encrypts });
  const { IdentityProvider } = await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: "Work",
      ProviderType: "SAML",
      ProviderDetails: {
        MetadataFile: idp.metadata,
        RequestSigningAlgorithm: "rsa-sha256",
        EncryptedResponses: String(encrypts),
        IDPSignout: "true",
        IDPInit: "true",
      },
      AttributeMapping: { email: "email", given_name: "givenName" },
      IdpIdentifiers: ["example.com"],
    }),
  );
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "web",
      SupportedIdentityProviders: ["Work"],
      CallbackURLs: [callbackUrl],
      LogoutURLs: [signedOut, callbackUrl],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email", "profile"],
    }),
  );
  const signingCertificate = async () =>
    (await cognito.send(new GetSigningCertificateCommand({ UserPoolId }))).Certificate ?? "";
  const register = async () =>
    idp.register({
      entityId: `urn:amazon:cognito:sp:${UserPoolId}`,
      signingCertificate: await signingCertificate(),
      encryptionCertificate: IdentityProvider?.ProviderDetails?.ActiveEncryptionCertificate ?? "",
      responseUrl: `${base}/saml2/idpresponse`,
      logoutUrl: `${base}/saml2/logout`,
    });
  await register();
  idp.signIn(ann);
  return {
    clock,
    cognito,
    endpoint,
    base,
    callbackUrl,
    idp,
    UserPoolId,
    ClientId: UserPoolClient?.ClientId ?? "",
    signingCertificate,
    register,
    /** As another process would, at the same address. */
    async restart(): Promise<void> {
      await stop();
      await run(new URL(endpoint).port);
    },
    visitor: () => new Visitor((url) => url.origin === "https://app.example.com"),
  };
}

export type Federation = Awaited<ReturnType<typeof federation>>;

/** What an app sends the browser to, and what it remembers meanwhile. */
export function authorization({ base, ClientId, callbackUrl }: Federation) {
  const verifier = randomBytes(32).toString("base64url");
  const url = new URL(`${base}/oauth2/authorize`);
  url.search = new URLSearchParams({
    client_id: ClientId,
    redirect_uri: callbackUrl,
    response_type: "code",
    scope: "openid email profile",
    state: "remembered",
    nonce: "number-used-once",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    identity_provider: "Work",
  }).toString();
  return { url, verifier };
}

export interface Tokens {
  readonly id_token: string;
  readonly access_token: string;
  readonly refresh_token: string;
}

export async function redeem(
  { endpoint, UserPoolId, ClientId, callbackUrl }: Federation,
  returned: Pick<Page, "url" | "body">,
  verifier?: string,
): Promise<Tokens> {
  const code = returned.url.searchParams.get("code");
  assert.ok(code !== null, `${returned.url} ${returned.body}`);
  // By path: only browsers are sure to resolve names below localhost.
  const response = await fetch(`${endpoint}/pools/${UserPoolId}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: ClientId,
      redirect_uri: callbackUrl,
      code,
      ...(verifier === undefined ? {} : { code_verifier: verifier }),
    }),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as Tokens; // members are looked at where they are used
}

export async function signIn(f: Federation, visitor = f.visitor()): Promise<Tokens> {
  const { url, verifier } = authorization(f);
  const returned = await visitor.submit(await visitor.open(url));
  assert.equal(returned.url.searchParams.get("state"), "remembered", returned.url.href);
  return redeem(f, returned, verifier);
}

export async function refresh({ endpoint, UserPoolId, ClientId }: Federation, tokens: Tokens): Promise<number> {
  const response = await fetch(`${endpoint}/pools/${UserPoolId}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "refresh_token",
      client_id: ClientId,
      refresh_token: tokens.refresh_token,
    }),
  });
  await response.arrayBuffer();
  return response.status;
}

export async function claimsOf({ endpoint, UserPoolId, ClientId }: Federation, tokens: Tokens) {
  const issuer = `${endpoint}/${UserPoolId}`;
  const verifier = JwtVerifier.create(
    { issuer, audience: ClientId, jwksUri: `${issuer}/.well-known/jwks.json` },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: async (uri) => (await fetch(uri)).arrayBuffer() } }) },
  );
  return verifier.verify(tokens.id_token);
}

export async function userOf({ cognito, UserPoolId }: Federation, Username: string) {
  const user = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  const attributes = Object.fromEntries(user.UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? []);
  return { status: user.UserStatus, attributes };
}
