import { InvocationError } from "./function-reply.ts";

/** A function as AWS Lambda's Node.js runtime has them: it returns, returns a promise, calls back, or ends by its context. */
type Handler = (event: unknown, context: object, callback: (error: unknown, result?: unknown) => void) => unknown;

/** What a function threw, rejected with or called back with: its own words, for whoever called it. */
export class LocalFunctionError extends Error {
  override readonly name = "LocalFunctionError";
}

export interface LocalFunction {
  /** Absolute URL of the module, `file:…`. */
  readonly module: string;
  /** The name that it exports the function by. */
  readonly exportName: string;
}

export interface LocalInvocation {
  readonly functionArn: string;
  readonly functionName: string;
  readonly requestId: string;
  readonly timeoutMs: number;
}

/**
 * Runs a function of a JavaScript module in this process, and gives its result as JSON text. Only those whom the operator
 * trusts as much as this program belong here: nothing stands between it and them.
 */
export async function runLocalFunction(
  { module, exportName }: LocalFunction,
  event: string,
  { functionArn, functionName, requestId, timeoutMs }: LocalInvocation,
): Promise<string> {
  const handler = await loadFunction(module, exportName);
  const endsAt = performance.now() + timeoutMs;
  let timer: NodeJS.Timeout | undefined;
  try {
    const result = await new Promise<unknown>((resolve, reject) => {
      timer = setTimeout(() => reject(new InvocationError("timeout", `No answer in ${timeoutMs} ms.`)), timeoutMs);
      const fail = (error: unknown) => reject(new LocalFunctionError(messageOf(error)));
      const settle = (error: unknown, value?: unknown) => {
        if (error === null || error === undefined) resolve(value);
        else fail(error);
      };
      const context = {
        functionName,
        functionVersion: "$LATEST",
        invokedFunctionArn: functionArn,
        memoryLimitInMB: "128",
        awsRequestId: requestId,
        logGroupName: `/aws/lambda/${functionName}`,
        logStreamName: requestId,
        callbackWaitsForEmptyEventLoop: true,
        getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAt - performance.now())),
        done: settle,
        succeed: resolve,
        fail,
      };
      try {
        const returned = handler(JSON.parse(event), context, settle);
        // One that takes a callback returns nothing of meaning; one that takes none has said all there is.
        if (isThenable(returned)) returned.then(resolve, fail);
        else if (returned !== undefined || handler.length < 2) resolve(returned);
      } catch (error) {
        fail(error);
      }
    });
    return textOf(result);
  } finally {
    clearTimeout(timer);
  }
}

async function loadFunction(module: string, exportName: string): Promise<Handler> {
  let loaded: unknown;
  try {
    loaded = await import(module);
  } catch (error) {
    throw new InvocationError("unreachable", "The module of the function cannot be loaded.", error);
  }
  // A CommonJS module whose names Node does not see stands whole under `default`.
  const found = member(loaded, exportName) ?? member(member(loaded, "default"), exportName);
  if (typeof found !== "function") {
    throw new InvocationError("unreachable", `The module of the function exports no function '${exportName}'.`);
  }
  return found as Handler; // a function; what it does with its arguments is its own
}

function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" && name in value ? Reflect.get(value, name) : undefined;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof member(value, "then") === "function";
}

function textOf(result: unknown): string {
  try {
    // Nothing becomes null, as AWS Lambda answers for a function that returns nothing.
    return JSON.stringify(result) ?? "null";
  } catch (error) {
    // A circle, or a BigInt.
    throw new LocalFunctionError(`Unable to stringify response body: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
