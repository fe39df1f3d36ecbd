import { ServiceException } from "../../../contract/service-exception.ts";

/** A sign-in at an identity provider that ends without a user, in words for the app. */
export class FederationError extends Error {
  override readonly name = "FederationError";
  /** As RFC 6749, 4.1.2.1, has them. */
  readonly code: string;

  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }
}

/** Refused by itself: never the server's own fault, nor that too many come at a time. */
const notForApps: ReadonlySet<string> = new Set(["InternalErrorException", "TooManyRequestsException"]);

/**
 * What an app hears of a refusal, be it of federation, of one of the pool's functions, or of what ends every sign-in;
 * undefined for what is none. Refusals that operations share end with a blank here, as reported from AWS.
 */
export function federationErrorOf(error: unknown): FederationError | undefined {
  if (error instanceof FederationError) return error;
  if (!(error instanceof ServiceException) || notForApps.has(error.code)) return undefined;
  return new FederationError("invalid_request", `${error.message} `);
}
