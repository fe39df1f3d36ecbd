/** Details of identity providers that a user pool would take. */

export const googleDetails = { client_id: "id", client_secret: "secret", authorize_scopes: "openid email" };

export const oidcDetails = {
  client_id: "id",
  client_secret: "secret",
  authorize_scopes: "openid email",
  attributes_request_method: "GET",
  oidc_issuer: "https://idp.example.com",
  attributes_url: "https://idp.example.com/userinfo",
  authorize_url: "https://idp.example.com/authorize",
  jwks_uri: "https://idp.example.com/jwks",
  token_url: "https://idp.example.com/token",
};
