/*
 * services/cognito/authorization/: a user pool as an OAuth 2.0 and OpenID Connect server (RFC 6749; OpenID Connect Core).
 * authorization-request.ts reads what an app asks for, complete.ts ends every sign-in on the domain with what the app gets,
 * browser-session.ts remembers the browser for an hour, browser-binding.ts tells it from others; redeem-code.ts, client.ts
 * and user-claims.ts are what apps themselves call.
 */

/**
 * A request of the authorization endpoint that is refused. Where the client and its redirect_uri can be believed, the app
 * hears of it there; where they cannot, a page says so and nobody is sent anywhere (RFC 6749, 4.1.2.1).
 */
export class AuthorizationError extends Error {
  override readonly name = "AuthorizationError";
  /** `invalid_request`, `unauthorized_client`… as the RFC has them, and AWS's own for pages. */
  readonly code: string;
  /** Where the browser goes with it; undefined for a page. */
  readonly location: string | undefined;

  constructor(code: string, description: string, location?: string) {
    super(description);
    this.code = code;
    this.location = location;
  }
}
