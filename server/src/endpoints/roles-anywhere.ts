import { stranger } from "../access/authenticate.ts";
import { refusal, ServiceException } from "../contract/service-exception.ts";
import type { Environment } from "../services/operation.ts";
import type { CreateSessionInput } from "../services/roles-anywhere/create-session.ts";
import { type Endpoint, type HttpRequest, type HttpResponse, headerSafe } from "./http.ts";

/** AWS's restJson1: IAM Roles Anywhere User Guide, "CreateSession API", and the client in its credential helper. */
const service = { service: "rolesanywhere", protocol: "json" } as const;

const statuses: Readonly<Record<string, number>> = {
  ValidationException: 400,
  SerializationException: 400,
  ResourceNotFoundException: 404,
  ServiceUnavailableException: 503,
};

export function rolesAnywhereEndpoint(environment: Environment): Endpoint {
  return async (request) => {
    const requestId = environment.random.uuid();
    try {
      // Whom the certificate stands for is none of the account's principals: the caller only says which account it is.
      const { caller, region } = await stranger(request, service, environment);
      // Loaded when it is first asked for, as operations are.
      const { createSession } = await import("../services/roles-anywhere/create-session.ts");
      const output = await createSession(
        request,
        () => readInput(request),
        {
          caller,
          region,
          requestId,
          sourceIp: request.remoteAddress,
          userAgent: request.headers.get("user-agent"),
          secureTransport: request.secure,
          host: request.headers.get("host"),
        },
        environment,
      );
      return answer(201, output, requestId);
    } catch (error) {
      return refused(error, requestId, environment);
    }
  };
}

function answer(status: number, value: object, requestId: string, headers: readonly string[] = []): HttpResponse {
  return {
    status,
    headers: ["content-type", "application/json", "x-amzn-RequestId", requestId, ...headers],
    body: JSON.stringify(value),
  };
}

function refused(error: unknown, requestId: string, { log }: Environment): HttpResponse {
  if (!(error instanceof ServiceException)) {
    log.error("internal failure", { requestId, operation: "CreateSession", error });
    const message = "The request processing has failed because of an unknown error, exception or failure.";
    return answer(500, { message }, requestId, ["x-amzn-ErrorType", "InternalServerException"]);
  }
  const { code, message } = error;
  const status = statuses[code] ?? 403;
  // Without its text, which may repeat what the client sent.
  if (log.isDebug) log.debug("refused", { requestId, operation: "CreateSession", status, code });
  const headers = ["x-amzn-ErrorType", code];
  if (message !== "") headers.push("x-amzn-ErrorMessage", headerSafe(message));
  return answer(status, message === "" ? {} : { message }, requestId, headers);
}

const names = ["profileArn", "roleArn", "trustAnchorArn"] as const;

/** What names things may stand in the query, where the helper has it, or in the body. */
function readInput(request: HttpRequest): CreateSessionInput {
  const body = readBody(request.body);
  const query = new URLSearchParams(request.query);
  const input: { -readonly [Name in keyof CreateSessionInput]: CreateSessionInput[Name] } = {};
  for (const name of names) input[name] = query.get(name) ?? textOf(body, name);
  input.roleSessionName = textOf(body, "roleSessionName");
  const { durationSeconds } = body;
  if (durationSeconds !== undefined && durationSeconds !== null) {
    if (typeof durationSeconds !== "number" || !Number.isInteger(durationSeconds)) throw unreadable();
    input.durationSeconds = durationSeconds;
  }
  return input;
}

type Body = { readonly [Name in keyof CreateSessionInput]?: unknown };

function readBody(bytes: Uint8Array): Body {
  if (bytes.byteLength === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    throw unreadable();
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable();
  return value;
}

function textOf(body: Body, name: keyof CreateSessionInput): string | undefined {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw unreadable();
  return value;
}

/** As AWS's JSON services have it: without a text. */
function unreadable(): ServiceException {
  return refusal("SerializationException");
}
