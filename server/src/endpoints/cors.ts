import type { Endpoint } from "./http.ts";

/**
 * Cross-origin rules (Fetch standard, "CORS protocol") for the AWS endpoint. Any origin may ask, as on AWS: what a request
 * may do is decided by its signature or token, never by a cookie.
 */
export const corsHeaders: readonly string[] = [
  "access-control-allow-origin",
  "*",
  "access-control-expose-headers",
  "x-amzn-requestid, x-amzn-errortype, x-amzn-errormessage, date",
];

export const preflight: Endpoint = () => ({
  status: 200,
  headers: [
    ...corsHeaders,
    "access-control-allow-methods",
    "GET, POST, OPTIONS",
    "access-control-allow-headers",
    "amz-sdk-invocation-id, amz-sdk-request, authorization, cache-control, content-type, x-amz-content-sha256, x-amz-date, x-amz-security-token, x-amz-target, x-amz-user-agent",
    "access-control-max-age",
    "172800",
  ],
  body: "",
});
