/**
 * malformed: no SAML 2.0 message of the kind that was expected, or one that could be read in two ways. status: the
 * identity provider says that it failed. unsigned: what must be signed is not. signature: signed by nobody trusted, or
 * changed since, or encrypted so that nobody here can tell. unencrypted: plain where it must be encrypted. expired,
 * early, issuer, audience, recipient, request: signed well, but not for now, by whom, for whom or where it came.
 */
export type SamlErrorCode =
  | "malformed"
  | "status"
  | "unsigned"
  | "signature"
  | "unencrypted"
  | "expired"
  | "early"
  | "issuer"
  | "audience"
  | "recipient"
  | "request";

/** Its message is for logs and developers: it never holds what a message said. */
export class SamlError extends Error {
  override readonly name = "SamlError";
  readonly code: SamlErrorCode;

  constructor(code: SamlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function malformed(message: string): SamlError {
  return new SamlError("malformed", message);
}
