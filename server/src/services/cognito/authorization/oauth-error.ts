/** Errors of the endpoints that apps call themselves (RFC 6749, 5.2; RFC 7009, 2.2.1). */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_token_type";

/** What an app hears; AWS says no more than the code, but where a function of the pool's owner has spoken. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly code: OAuthErrorCode;
  readonly description: string | undefined;

  constructor(code: OAuthErrorCode, description?: string) {
    super(code);
    this.code = code;
    this.description = description;
  }
}
