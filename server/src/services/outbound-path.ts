/** Below it every account that is an issuer publishes its keys. */
export const outboundPath = "/outbound";
