import type { PoolAddress } from "../services/cognito/domains/pool-address.ts";
import type { Environment } from "../services/operation.ts";
import type { HttpRequest } from "./http.ts";

/** What of a request may be read by whoever reads the log; AWS hides the rest in the same words. */
const shown: ReadonlySet<string> = new Set([
  "client_id",
  "redirect_uri",
  "logout_uri",
  "response_type",
  "grant_type",
  "scope",
  "identity_provider",
  "idp_identifier",
  "code_challenge_method",
  "prompt",
  "lang",
  "token_type_hint",
]);
const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";
const mostParameters = 50;

interface Audited {
  readonly http: HttpRequest;
  readonly requestId: string;
  readonly address: PoolAddress;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly status: number;
}

/** A record as CloudTrail has of requests to a pool's domain (developer guide, "Example Amazon Cognito events"). */
export function auditRequest({ auditLog, clock, random }: Environment, audited: Audited): void {
  if (auditLog === undefined) return;
  const { http, requestId, address, query, form, status } = audited;
  const { pool } = address.context;
  const parameters = new Map<string, string[]>();
  for (const [name, value] of [...query, ...form].slice(0, mostParameters)) {
    // Names are anybody's, too.
    if (!/^[\w.[\]:-]{1,64}$/.test(name)) continue;
    const values = parameters.get(name) ?? [];
    values.push(shown.has(name) ? value.slice(0, 2_048) : hidden);
    parameters.set(name, values);
  }
  auditLog.write({
    eventVersion: "1.08",
    userIdentity: { accountId: pool.account_id },
    eventTime: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
    eventSource: "cognito-idp.amazonaws.com",
    eventName: eventName(http.method, address.path),
    awsRegion: pool.region,
    sourceIPAddress: http.remoteAddress,
    userAgent: http.headers.get("user-agent"),
    requestParameters: null,
    responseElements: null,
    additionalEventData: {
      responseParameters: { status },
      requestParameters: Object.fromEntries(parameters),
      userPoolDomain: address.base.slice(address.base.indexOf("//") + 2),
      userPoolId: pool.pool_id,
    },
    requestID: requestId,
    eventID: random.uuid(),
    readOnly: http.method === "GET",
    eventType: "AwsServiceEvent",
    managementEvent: true,
    recipientAccountId: pool.account_id,
    eventCategory: "Management",
  });
}

/** AWS's own names, where a path's last word is not it. */
const names: Readonly<Record<string, string>> = {
  "/oauth2/idpresponse": "OAuth2Response",
  "/saml2/idpresponse": "SAML2Response",
  "/saml2/logout": "SAML2Logout",
};

/** `Token_POST`. */
function eventName(method: string, path: string): string {
  const last = path.slice(path.lastIndexOf("/") + 1);
  return `${names[path] ?? last.charAt(0).toUpperCase() + last.slice(1)}_${method}`;
}
