/** timeout: nothing in time; unreachable: no whole answer; tooLong: more than was asked for. */
export type InvocationErrorCode = "timeout" | "unreachable" | "tooLong";

export class InvocationError extends Error {
  override readonly name = "InvocationError";
  readonly code: InvocationErrorCode;

  constructor(code: InvocationErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export interface InvocationBounds {
  /** For all of it, from the connection to the last byte. */
  readonly timeoutMs: number;
  /** Of the answer. */
  readonly bytes: number;
}

export interface FunctionReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Posts JSON to a function and reads what it answers, bounded in time and size. A redirect is an answer like any other:
 * nobody said that what is posted may go elsewhere.
 */
export async function postToFunction(
  url: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  { timeoutMs, bytes }: InvocationBounds,
): Promise<FunctionReply> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { method: "POST", ...request, redirect: "manual", signal });
    return { status: response.status, headers: response.headers, body: await readBody(response, bytes) };
  } catch (error) {
    if (error instanceof InvocationError) throw error;
    if (signal.aborted) throw new InvocationError("timeout", `No answer in ${timeoutMs} ms.`);
    throw new InvocationError("unreachable", "The function does not answer.", error);
  }
}

async function readBody(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > limit) throw new InvocationError("tooLong", `The answer has more than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
