import type { Model } from "./shape.ts";

/**
 * Errors that any operation of a service may give, with the status AWS answers: the Query services' "common errors"
 * page of the IAM User Guide (2026) and, for JSON, the captures behind it. Kept short and visible, because they are the
 * one way past the per-operation lists.
 */
const queryErrors = {
  AccessDenied: 403,
  ExpiredToken: 403,
  IncompleteSignature: 403,
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidClientTokenId: 403,
  InvalidParameterValue: 400,
  MalformedInput: 400,
  MalformedQueryString: 400,
  MissingAction: 400,
  MissingAuthenticationToken: 403,
  NotImplemented: 501,
  RequestEntityTooLarge: 413,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  Throttling: 400,
  ValidationError: 400,
} as const;

const jsonErrors = {
  AccessDeniedException: 400,
  ExpiredTokenException: 400,
  IncompleteSignatureException: 400,
  InternalErrorException: 500,
  InvalidParameterException: 400,
  InvalidSignatureException: 400,
  MissingAuthenticationTokenException: 400,
  NotImplementedException: 501,
  RequestEntityTooLarge: 413,
  SerializationException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 400,
  UnknownOperationException: 400,
  UnrecognizedClientException: 400,
} as const;

export type QueryError = keyof typeof queryErrors;
export type JsonError = keyof typeof jsonErrors;
export type CommonError = QueryError | JsonError;

/**
 * The only way an operation, or a phase before it, refuses. `code` is the shape name where AWS models the error
 * (`NoSuchEntityException`) and the wire code where it does not (`AccessDenied`). Without a message the wire carries none,
 * as AWS does for some errors.
 */
export class ServiceException extends Error {
  override readonly name = "ServiceException";
  readonly code: string;
  readonly members: Readonly<Record<string, unknown>> | undefined;
  /** Of the response, besides those of every refusal: name, value, name, value. Worked out when it is answered. */
  readonly headers: (() => readonly string[]) | undefined;

  constructor(
    code: string,
    message?: string,
    members?: Readonly<Record<string, unknown>>,
    headers?: () => readonly string[],
  ) {
    super(message);
    this.code = code;
    this.members = members;
    this.headers = headers;
  }
}

/** A refusal is an ordinary answer, asked for many times a second: no stack is collected for it. */
export function refusal(
  code: string,
  message?: string,
  members?: Readonly<Record<string, unknown>>,
  headers?: () => readonly string[],
): ServiceException {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return new ServiceException(code, message, members, headers);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The code on the wire, the HTTP status and whose fault it is, all from the contract. */
export function wireError(
  model: Pick<Model, "protocol" | "errors">,
  exception: ServiceException,
): { code: string; status: number; fault: "client" | "server" } {
  const modelled = model.errors[exception.code];
  if (modelled !== undefined) return modelled;
  const common: Readonly<Record<string, number>> = model.protocol === "query" ? queryErrors : jsonErrors;
  const status = common[exception.code] ?? 500;
  return { code: exception.code, status, fault: status >= 500 ? "server" : "client" };
}
