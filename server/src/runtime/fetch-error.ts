/** unreachable: no answer in time, or the server's own fault; unusable: an answer that is not what was asked for. */
export type FetchErrorCode = "unreachable" | "unusable";

export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly code: FetchErrorCode;

  constructor(code: FetchErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
