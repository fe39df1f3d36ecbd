import { type SigningCredentials, signRequest } from "../../../crypto/sigv4.ts";
import type { Clock } from "../../../runtime/clock.ts";
import { type FunctionReply, InvocationError, postToFunction } from "../../../runtime/function-reply.ts";
import { LocalFunctionError, runLocalFunction } from "../../../runtime/local-function.ts";
import type { Random } from "../../../runtime/random.ts";
import { functionName, type Target } from "./targets.ts";

/** What came of one call of a function. */
export type Outcome =
  | { readonly kind: "answer"; readonly value: unknown }
  /** It was no JSON. */
  | { readonly kind: "malformed" }
  /** It refused or broke, in its own words. */
  | { readonly kind: "functionError"; readonly message: string }
  /** It was not reached, or not in time: AWS's code, or a sentence. */
  | { readonly kind: "failed"; readonly reason: string; readonly mayPass: boolean; readonly cause?: unknown };

export interface LambdaParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Undefined sends requests to Invoke unsigned. */
  readonly credentials: SigningCredentials | undefined;
  readonly timeoutMs: number;
}

/** Of the answer of a function (AWS Lambda quotas, synchronous invocations). */
const mostBytes = 6_291_556;

/** As AWS names them where the endpoint names none. */
const codes: Readonly<Record<number, string>> = {
  403: "AccessDeniedException",
  404: "ResourceNotFoundException",
  429: "TooManyRequestsException",
};

export async function callFunction(
  parts: LambdaParts,
  target: Target,
  functionArn: string,
  event: string,
): Promise<Outcome> {
  try {
    if (target.kind === "module") return await callModule(parts, target, functionArn, event);
    if (target.kind === "invoke") return readInvoke(await postInvoke(parts, target.url, functionArn, event));
    const request = { headers: { "content-type": "application/json" }, body: event };
    return readPlain(await postToFunction(target.url, request, { timeoutMs: parts.timeoutMs, bytes: mostBytes }));
  } catch (error) {
    if (!(error instanceof InvocationError)) throw error;
    // AWS's own words for the first (recorded 2022). The second has none: on AWS, Lambda itself is always there.
    const reasons = {
      timeout: "Socket timeout while invoking Lambda function",
      unreachable: "Unable to reach Lambda function",
    };
    if (error.code !== "tooLong") {
      return { kind: "failed", reason: reasons[error.code], mayPass: true, cause: error.cause ?? error.message };
    }
    return tooLong;
  }
}

/** As AWS Lambda says it, in place of the answer. */
const tooLong: Outcome = {
  kind: "functionError",
  message: `Response payload size exceeded maximum allowed payload size (${mostBytes} bytes)`,
};

async function callModule(
  { random, timeoutMs }: LambdaParts,
  target: Extract<Target, { kind: "module" }>,
  functionArn: string,
  event: string,
): Promise<Outcome> {
  const invocation = { functionArn, functionName: functionName(functionArn), requestId: random.uuid(), timeoutMs };
  try {
    const answer = await runLocalFunction(target, event, invocation);
    return Buffer.byteLength(answer) > mostBytes ? tooLong : readAnswer(answer);
  } catch (error) {
    if (!(error instanceof LocalFunctionError)) throw error;
    return { kind: "functionError", message: error.message };
  }
}

function postInvoke(
  { clock, credentials, timeoutMs }: LambdaParts,
  url: string,
  functionArn: string,
  event: string,
): Promise<FunctionReply> {
  const { host, pathname, search } = new URL(url);
  const headers = { "content-type": "application/json", "x-amz-invocation-type": "RequestResponse" };
  const bounds = { timeoutMs, bytes: mostBytes };
  if (credentials === undefined) return postToFunction(url, { headers, body: event }, bounds);
  const region = functionArn.split(":")[3] ?? "us-east-1";
  const request = {
    method: "POST",
    path: pathname,
    query: search.slice(1),
    headers: new Map(Object.entries({ ...headers, host })),
    body: Buffer.from(event),
  };
  const signed = new Map(signRequest(request, credentials, { now: clock.now(), region, service: "lambda" }).headers);
  // The client puts it there itself, from the URL.
  signed.delete("host");
  return postToFunction(url, { headers: Object.fromEntries(signed), body: event }, bounds);
}

/** Invoke: 200 whatever the function did; X-Amz-Function-Error says that it broke (AWS Lambda API Reference). */
function readInvoke({ status, headers, body }: FunctionReply): Outcome {
  if (status < 200 || status > 299) return failedWith(status, headers.get("x-amzn-errortype"));
  if (headers.get("x-amz-function-error") === null) return readAnswer(body);
  return { kind: "functionError", message: errorMessage(parsed(body)) ?? "Unhandled" };
}

/** Of a URL that takes events: a function that fails says so by `errorMessage`, as AWS Lambda's runtimes do. */
function readPlain({ status, body }: FunctionReply): Outcome {
  const isGood = status >= 200 && status <= 299;
  const value = parsed(body);
  const message = errorMessage(value);
  if (message !== undefined && !(isGood && hasResponse(value))) return { kind: "functionError", message };
  return isGood ? readAnswer(body) : failedWith(status, null);
}

function failedWith(status: number, errorType: string | null): Outcome {
  const named = /^[A-Za-z][A-Za-z0-9]{0,63}/.exec(errorType ?? "")?.[0];
  const isBroken = status >= 500;
  const reason = named ?? codes[status] ?? (isBroken ? "ServiceException" : `HTTP status ${status}`);
  return { kind: "failed", reason, mayPass: isBroken || status === 429 };
}

/** Null is what AWS Lambda makes of nothing, and what user pools call no JSON (recorded from AWS, 2019 to 2025). */
function readAnswer(body: string): Outcome {
  const value = parsed(body);
  return value === undefined || value === null ? { kind: "malformed" } : { kind: "answer", value };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function errorMessage(value: unknown): string | undefined {
  if (value === null || typeof value !== "object" || !("errorMessage" in value)) return undefined;
  return typeof value.errorMessage === "string" ? value.errorMessage : undefined;
}

function hasResponse(value: unknown): boolean {
  return value !== null && typeof value === "object" && "response" in value;
}
