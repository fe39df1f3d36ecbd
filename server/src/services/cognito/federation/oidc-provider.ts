/*
 * services/cognito/federation/oidc-*.ts: a user pool as a relying party of OpenID Connect, and of the social providers,
 * two of which have OAuth 2.0 and an address for attributes alone. oidc-sign-in.ts sends people to their provider,
 * oidc-callback.ts ends what they come back with: oidc-exchange.ts asks the provider, oidc-id-token.ts believes its token,
 * oidc-claims.ts reads what it says. This file is who the provider is.
 */
import type { IdentityProviderRow, StringMap } from "../../../store/identity-providers.ts";
import type { Environment } from "../../operation.ts";
import { openDetails } from "../identity-providers/identity-provider.ts";
import { oauthProviderTypes } from "../identity-providers/oauth-details.ts";

/** Below the address of the pool's domain (developer guide, "Adding social identity providers"). */
export const callbackPath = "/oauth2/idpresponse";

/** What each provider's own documentation says of it. */
interface Dialect {
  /** Undefined for who has no ID tokens. */
  readonly idToken:
    | {
        /** As `iss` says it; else `oidc_issuer`. */
        readonly issuers?: readonly string[];
        /** Where nobody has told us. */
        readonly jwksUri?: string;
      }
    | undefined;
  readonly knowsPkce: boolean;
  /** Whether it is told what the app says of its user: login_hint, prompt. */
  readonly isHinted: boolean;
}

const plainOAuth: Dialect = { idToken: undefined, knowsPkce: false, isHinted: false };

const dialects: ReadonlyMap<string, Dialect> = new Map<string, Dialect>([
  ["OIDC", { idToken: {}, knowsPkce: true, isHinted: true }],
  [
    "Google",
    {
      idToken: {
        issuers: ["https://accounts.google.com", "accounts.google.com"],
        jwksUri: "https://www.googleapis.com/oauth2/v3/certs",
      },
      knowsPkce: true,
      isHinted: true,
    },
  ],
  [
    "SignInWithApple",
    { idToken: { jwksUri: "https://appleid.apple.com/auth/keys" }, knowsPkce: false, isHinted: false },
  ],
  ["Facebook", plainOAuth],
  ["LoginWithAmazon", plainOAuth],
]);

export interface OidcProvider extends Dialect {
  readonly row: IdentityProviderRow;
  readonly type: string;
  readonly name: string;
  readonly details: StringMap;
  readonly clientId: string;
  /** What the provider calls who a user is. */
  readonly subjectClaim: string;
}

export function oidcProviderOf(environment: Pick<Environment, "seal">, row: IdentityProviderRow): OidcProvider {
  const type = row.provider_type;
  const dialect = dialects.get(type);
  if (dialect === undefined) throw new TypeError(`${type} is no provider of OAuth 2.0`);
  const details = openDetails(environment, row);
  return {
    ...dialect,
    row,
    type,
    name: row.provider_name,
    details,
    clientId: details.client_id ?? "",
    subjectClaim: row.attributeMapping?.username ?? oauthProviderTypes.get(type)?.username ?? "sub",
  };
}

/** The issuers that are this provider; undefined for who has no ID tokens. */
export function issuersOf({ idToken, details }: OidcProvider): readonly string[] | undefined {
  return idToken && (idToken.issuers ?? (details.oidc_issuer === undefined ? [] : [details.oidc_issuer]));
}
