/** A message on its way out of the house. */
export interface OutgoingMessage {
  /** The same however often it is sent. */
  readonly id: string;
  readonly to: string;
  /** Empty where the medium has none. */
  readonly subject: string;
  readonly body: string;
  readonly isHtml: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly userPoolId: string;
  /** In place of the transport's own, as mail headers write it. */
  readonly from?: string | undefined;
  readonly replyTo?: string | undefined;
}

/** Sends messages of one medium, one by one: it has taken what it resolves for. */
export interface Transport {
  /** Throws TransportError. */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<void>;
}

/** unreachable: another time it may go; refused: this message never will. */
export type TransportErrorCode = "unreachable" | "refused";

export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
