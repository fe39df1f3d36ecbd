/** A user pool whose users come from an OpenID Connect provider, and what that answers: all of it is the test's to change. */
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  CreateIdentityProviderCommand,
  type CreateIdentityProviderCommandInput,
  type CreateUserPoolCommandInput,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Harness } from "./harness.ts";
import { answerJson, type OidcIssuer, oidcIssuer } from "./oidc-issuer.ts";
import { type Answer, callback, codeRequest, DomainVisitor, type OnDomain, poolOnDomain } from "./pool-domain.ts";

export const clientSecret = "the secret of the client";

export interface AskedProvider {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly parameters: URLSearchParams;
}

export interface OidcFederation extends OnDomain {
  readonly idp: OidcIssuer;
  /** Of the token endpoint and the one for attributes, in order. */
  readonly asked: AskedProvider[];
  /** What replaces claims of the ID token; undefined takes one away. */
  claims: Readonly<Record<string, unknown>>;
  header: Readonly<Record<string, unknown>>;
  userInfo: Readonly<Record<string, unknown>>;
  /** In place of what the token endpoint answers. */
  tokenAnswer: ((response: ServerResponse) => void) | undefined;
  /** In place of an ID token. */
  idToken: ((nonce: string) => string) | undefined;
  /** Where the browser is sent. */
  begin(browser: DomainVisitor, more?: Readonly<Record<string, string>>): Promise<URL>;
  /** What it gets when it comes back; the provider remembers the nonce, and checks PKCE. */
  end(browser: DomainVisitor, begun: URL, more?: Readonly<Record<string, string>>): Promise<Answer>;
  signIn(browser?: DomainVisitor, more?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** Named `Okta`; the app of the pool lets nobody else in. */
export async function oidcFederation(
  h: Harness,
  given: Partial<CreateIdentityProviderCommandInput> = {},
  pool: Partial<CreateUserPoolCommandInput> = {},
): Promise<OidcFederation> {
  const idp = await oidcIssuer();
  const on = await poolOnDomain(h, { pool });
  const name = given.ProviderName ?? "Okta";
  await h.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: on.UserPoolId,
      ProviderName: name,
      ProviderType: "OIDC",
      AttributeMapping: { email: "email", email_verified: "email_verified", name: "name" },
      ...given,
      ProviderDetails: {
        client_id: "client",
        client_secret: clientSecret,
        authorize_scopes: "openid email",
        ...((given.ProviderType ?? "OIDC") === "OIDC" && {
          attributes_request_method: "GET",
          oidc_issuer: idp.issuer,
          authorize_url: `${idp.issuer}/authorize`,
          token_url: `${idp.issuer}/token`,
          attributes_url: `${idp.issuer}/userinfo`,
          jwks_uri: `${idp.issuer}/keys`,
        }),
        ...given.ProviderDetails,
      },
    }),
  );
  await h.cognito.send(
    new UpdateUserPoolClientCommand({
      UserPoolId: on.UserPoolId,
      ClientId: on.ClientId,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code", "implicit"],
      AllowedOAuthScopes: ["openid", "email"],
      CallbackURLs: [callback],
      SupportedIdentityProviders: [name],
    }),
  );
  let nonce = "";
  let challenge: string | null = null;
  const it: OidcFederation = {
    ...on,
    idp,
    asked: [],
    claims: {},
    header: {},
    userInfo: { sub: "ann", email: "ann@example.com", name: "Ann" },
    tokenAnswer: undefined,
    idToken: undefined,
    async begin(browser, more = {}) {
      return (await browser.get("/oauth2/authorize", { query: codeRequest(on, { state: "of the app", ...more }) }))
        .location;
    },
    end(browser, begun, more = {}) {
      nonce = begun.searchParams.get("nonce") ?? "";
      challenge = begun.searchParams.get("code_challenge");
      const state = begun.searchParams.get("state") ?? "";
      return browser.get("/oauth2/idpresponse", { query: { code: "the code", state, ...more } });
    },
    async signIn(browser = new DomainVisitor(h, on.host), more = {}) {
      return it.end(browser, await it.begin(browser, more));
    },
  };
  const note = async (request: IncomingMessage): Promise<AskedProvider> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url ?? "", idp.issuer);
    const body = Buffer.concat(chunks).toString();
    const parameters = request.method === "POST" ? new URLSearchParams(body) : searchParams;
    const noted = {
      method: request.method ?? "",
      path: pathname,
      authorization: request.headers.authorization,
      parameters,
    };
    it.asked.push(noted);
    return noted;
  };
  idp.answers.set("/token", async (response, request) => {
    const { parameters } = await note(request);
    if (it.tokenAnswer !== undefined) return it.tokenAnswer(response);
    const digest = createHash("sha256")
      .update(parameters.get("code_verifier") ?? "")
      .digest("base64url");
    const isRight = parameters.get("code") === "the code" && (challenge === null || digest === challenge);
    if (!isRight) return answerJson({ error: "invalid_grant", error_description: "no such code" }, 400)(response);
    const iat = h.clock.now() / 1000;
    const times = { iat, exp: iat + 300 };
    const id_token = it.idToken?.(nonce) ?? (await idp.token({ nonce, ...times, ...it.claims }, it.header));
    answerJson({ access_token: "bearer", token_type: "Bearer", expires_in: 300, id_token })(response);
  });
  idp.answers.set("/userinfo", async (response, request) => {
    await note(request);
    answerJson(it.userInfo)(response);
  });
  return it;
}
