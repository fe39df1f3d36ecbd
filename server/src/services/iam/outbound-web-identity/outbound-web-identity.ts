/** What AWS says of an account that is no issuer (reported of GetWebIdentityToken). */
export const disabled = "Outbound web identity federation is disabled for your account";
