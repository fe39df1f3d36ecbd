/** A user pool whose users come from a SAML provider of the tests' own, and what their browsers send it. */
import { inflateRawSync } from "node:zlib";
import {
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { HttpResponse } from "../src/endpoints/http.ts";
import type { Harness } from "./harness.ts";
import { metadataOf, type ResponseParts, type SamlIdentityProvider, samlIdentityProvider } from "./saml-responses.ts";

export const appCallback = "https://app.example.com/callback";
export const appSignedOut = "https://app.example.com/signed-out";
export const host = "countersign.test";
const minute = 60_000;

export interface SamlPool {
  readonly h: Harness;
  readonly poolId: string;
  readonly clientId: string;
  readonly idp: SamlIdentityProvider;
  /** Of the pool's domain. */
  readonly base: string;
  /** Bare base64: what the provider may encrypt for. */
  readonly encryptionCertificate: string;
}

/** With single logout, and with two certificates where a second is given. */
export function metadataWithLogout(idp: SamlIdentityProvider, certificates = [idp.certificate]): string {
  return metadataOf(idp, certificates).replace(
    "<md:SingleSignOnService",
    '<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/slo?tenant=1"/><md:SingleSignOnService',
  );
}

/** The provider is called `Work`. */
export async function samlPool(
  h: Harness,
  {
    idp,
    details = {},
    client = {},
    pool = {},
  }: {
    readonly idp?: SamlIdentityProvider;
    readonly details?: Readonly<Record<string, string>>;
    readonly client?: Partial<CreateUserPoolClientCommandInput>;
    readonly pool?: Partial<CreateUserPoolCommandInput>;
  } = {},
): Promise<SamlPool> {
  const provider = idp ?? (await samlIdentityProvider());
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "people", ...pool }));
  const UserPoolId = UserPool?.Id ?? "";
  const { IdentityProvider } = await h.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: "Work",
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile: metadataWithLogout(provider), ...details },
      AttributeMapping: { email: "mail" },
      IdpIdentifiers: ["example.com"],
    }),
  );
  const { UserPoolClient } = await h.cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "web",
      SupportedIdentityProviders: ["Work"],
      CallbackURLs: [appCallback],
      LogoutURLs: [appSignedOut],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email"],
      ...client,
    }),
  );
  return {
    h,
    poolId: UserPoolId,
    clientId: UserPoolClient?.ClientId ?? "",
    idp: provider,
    base: `http://${host}/pools/${UserPoolId}`,
    encryptionCertificate: IdentityProvider?.ProviderDetails?.ActiveEncryptionCertificate ?? "",
  };
}

/** What a browser sends to the pool's domain. */
export function send(
  { h, poolId }: SamlPool,
  target: string,
  {
    form,
    cookies = [],
    name = host,
  }: { form?: Readonly<Record<string, string>>; cookies?: readonly string[]; name?: string } = {},
): Promise<HttpResponse> {
  const [path = "", query = ""] = target.split("?");
  const headers = new Map([["host", name]]);
  if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
  if (form !== undefined) headers.set("content-type", "application/x-www-form-urlencoded");
  return h.send({
    method: form === undefined ? "GET" : "POST",
    path: `/pools/${poolId}${path}`,
    query,
    headers,
    body: Buffer.from(new URLSearchParams(form ?? {}).toString()),
  });
}

export function header({ headers }: HttpResponse, name: string): string | undefined {
  const at = headers.findIndex((other, index) => index % 2 === 0 && other.toLowerCase() === name);
  return at === -1 ? undefined : headers[at + 1];
}

/** As browsers send it back. */
export function cookieOf(response: HttpResponse): string {
  return header(response, "set-cookie")?.split(";")[0] ?? "";
}

export function locationOf(response: HttpResponse): URL {
  const location = header(response, "location");
  if (location === undefined) throw new Error(`${response.status} without a location: ${response.body}`);
  return new URL(location);
}

/** A message in a URL, as XML. */
export function messageIn(url: URL): string {
  const message = url.searchParams.get("SAMLRequest") ?? url.searchParams.get("SAMLResponse") ?? "";
  return inflateRawSync(Buffer.from(message, "base64")).toString();
}

export interface Begun {
  /** At the identity provider. */
  readonly url: URL;
  readonly requestId: string;
  readonly relayState: string;
  /** Of the browser that began it. */
  readonly cookie: string;
}

/** Begins a sign-in, up to where the browser is at the identity provider. */
export async function begin(pool: SamlPool, more: Readonly<Record<string, string>> = {}): Promise<Begun> {
  const query = new URLSearchParams({
    client_id: pool.clientId,
    redirect_uri: appCallback,
    response_type: "code",
    scope: "openid email",
    state: "remembered",
    identity_provider: "Work",
    ...more,
  });
  const response = await send(pool, `/oauth2/authorize?${query}`);
  const url = locationOf(response);
  const [, requestId = ""] = / ID="([^"]+)"/.exec(messageIn(url)) ?? [];
  return { url, requestId, relayState: url.searchParams.get("RelayState") ?? "", cookie: cookieOf(response) };
}

/** What a response to a request of the pool says; `parts` replace what a good one says. */
export function answering(
  { h, poolId, base }: SamlPool,
  inResponseTo: string | undefined,
  parts: ResponseParts = {},
): ResponseParts {
  return {
    now: h.clock.now(),
    audience: `urn:amazon:cognito:sp:${poolId}`,
    recipient: `${base}/saml2/idpresponse`,
    ...(inResponseTo === undefined ? {} : { inResponseTo }),
    confirmedUntil: 3 * minute,
    sessionIndex: "_session",
    attributes: { mail: "ann@example.com" },
    ...parts,
  };
}
