/**
 * The AWS endpoint: the Query protocol (IAM, STS) and JSON 1.1 (Cognito), one pipeline for all 331 operations:
 * target, authenticate, decode, validate, perform, encode, in this order and nothing else. The signature is checked
 * before the body is decoded, since it covers raw bytes and a stranger should learn nothing about limits.
 * Every refusal leaves through `refuse`, with the request id and the headers AWS sends.
 */
import { type Authenticated, authenticate, stranger } from "../../access/authenticate.ts";
import { type CommonError, refusal, ServiceException, wireError } from "../../contract/service-exception.ts";
import type { Model } from "../../contract/shape.ts";
import { loadOperation, type ServiceEntry } from "../../services/catalog.ts";
import { countryHeader } from "../../services/cognito/risk/origin.ts";
import { isContention, isOverload } from "../../services/failure.ts";
import { type AnyOperation, type Environment, perform } from "../../services/operation.ts";
import { type HttpRequest, type HttpResponse, headerSafe } from "../http.ts";
import { audit, auditName } from "./audit.ts";
import type { Form } from "./form.ts";
import { compileJsonDecoder, compileJsonEncoder } from "./json.ts";
import { compileQueryDecoder, compileQueryEncoder, encodeQueryError } from "./query.ts";
import { type NameOf, redactorOf } from "./redact.ts";
import { faultNamespace, jsonTarget, queryTarget, speaksJson, type Target } from "./target.ts";
import { compileValidator } from "./validate.ts";

/** What one operation needs of the wire, compiled when it is first asked for. */
interface Plan {
  readonly model: Model;
  readonly name: string;
  readonly signed: boolean;
  /** The errors that AWS lists for it. */
  readonly errors: readonly string[];
  readonly service: ServiceEntry;
  /** Undefined until it is loaded. */
  operation: AnyOperation | undefined;
  readonly decode: (form: Form | undefined, body: Uint8Array) => Record<string, unknown>;
  readonly validate: (input: Record<string, unknown>) => string | undefined;
  readonly encode: (output: object, requestId: string) => string;
  readonly redact: (input: Record<string, unknown>, nameOf?: NameOf) => unknown;
}

/** How often operations without an implementation were asked for, by `service:Operation`. */
export type NotImplementedCounts = Map<string, number>;

export function awsEndpoint(environment: Environment, notImplemented: NotImplementedCounts) {
  const plans = new Map<ServiceEntry, Map<string, Plan>>();
  const planOf = ({ service, operationName }: Target): Plan => {
    let ofService = plans.get(service);
    if (ofService === undefined) {
      ofService = new Map();
      plans.set(service, ofService);
    }
    let plan = ofService.get(operationName);
    if (plan === undefined) {
      plan = compilePlan(service, operationName);
      ofService.set(operationName, plan);
    }
    return plan;
  };

  return async (request: HttpRequest): Promise<HttpResponse> => {
    const requestId = environment.random.uuid();
    const jsonHeader = request.headers.get("x-amz-target");
    let plan: Plan | undefined;
    let known: Authenticated | undefined;
    let input: Record<string, unknown> | undefined;
    const note = (refusal?: ServiceException) => {
      if (environment.auditLog === undefined || plan === undefined) return;
      const parameters = input && plan.redact(input, auditName);
      audit(environment, { request, requestId, operation: plan, identified: known, parameters, refusal });
    };
    try {
      if (jsonHeader === undefined && speaksJson(request)) throw refusal("UnknownOperationException");
      const target = jsonHeader === undefined ? queryTarget(request) : jsonTarget(jsonHeader);
      plan = planOf(target);
      const identify = plan.signed ? authenticate : stranger;
      const identified = identify(request, plan.model, environment);
      known = identified instanceof Promise ? await identified : identified;
      const { caller, region } = known;
      plan.operation ??= await loadOperation(plan.service, plan.name);
      if (plan.operation === undefined) {
        const name = `${plan.model.service}:${plan.name}`;
        notImplemented.set(name, (notImplemented.get(name) ?? 0) + 1);
        throw refusal(
          plan.model.protocol === "query" ? "NotImplemented" : "NotImplementedException",
          `${name} is not implemented by Countersign.`,
        );
      }
      input = plan.decode(target.form, request.body);
      const invalid = plan.validate(input);
      if (invalid !== undefined) {
        throw refusal(plan.model.protocol === "query" ? "ValidationError" : "InvalidParameterException", invalid);
      }
      if (environment.log.isDebug) {
        environment.log.debug("request", {
          requestId,
          operation: plan.name,
          caller: caller.arn,
          input: plan.redact(input),
        });
      }
      const output = await perform(
        plan.operation,
        input,
        {
          caller,
          region,
          requestId,
          sourceIp: request.remoteAddress,
          userAgent: request.headers.get("user-agent"),
          secureTransport: request.secure,
          host: request.headers.get("host"),
          country: request.headers.get(countryHeader),
        },
        environment,
      );
      note();
      return {
        status: 200,
        headers: [
          "content-type",
          plan.model.protocol === "query" ? "text/xml" : "application/x-amz-json-1.1",
          "x-amzn-RequestId",
          requestId,
        ],
        body: plan.encode(output, requestId),
      };
    } catch (error) {
      const protocol = plan?.model.protocol ?? (jsonHeader !== undefined || speaksJson(request) ? "json" : "query");
      return refuse(error, protocol, plan, requestId, environment, note);
    }
  };
}

function compilePlan(service: ServiceEntry, name: string): Plan {
  const { model } = service;
  const shape = model.operations[name];
  if (shape === undefined) throw new Error(`${name} is not an operation of ${model.service}`);
  const shared = {
    model,
    service,
    name,
    signed: shape.auth === "sigv4",
    errors: shape.errors,
    operation: undefined,
    validate: compileValidator(model, shape.input),
    redact: redactorOf(model, shape.input),
  };
  if (model.protocol === "query") {
    const decode = compileQueryDecoder(model, shape.input);
    return {
      ...shared,
      decode(form) {
        if (form === undefined) throw new Error("a Query request without a form");
        return decode(form);
      },
      encode: compileQueryEncoder(model, name),
    };
  }
  const decode = compileJsonDecoder(model, shape.input);
  return {
    ...shared,
    decode: (_form, body) => decode(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8")),
    encode: compileJsonEncoder(model, shape.output),
  };
}

/** The one way out for errors. What is not a ServiceException is a fault of ours: logged in full, told to nobody. */
function refuse(
  error: unknown,
  protocol: Model["protocol"],
  plan: Plan | undefined,
  requestId: string,
  { log }: Environment,
  note: (refusal: ServiceException) => void,
): HttpResponse {
  let exception: ServiceException;
  if (error instanceof ServiceException) {
    exception = error;
  } else {
    log.error("internal failure", { requestId, operation: plan?.name, error });
    exception = failure(error, protocol, plan?.errors ?? []);
  }
  note(exception);
  // A refusal before any service was found is still worded in the protocol the client spoke.
  const { code, status, fault } = wireError(plan?.model ?? { protocol, errors: {} }, exception);
  const { message } = exception;
  // Without its text, which may repeat what the client sent.
  if (log.isDebug) log.debug("refused", { requestId, operation: plan?.name, status, code });
  if (protocol === "query") {
    const namespace = plan === undefined ? faultNamespace : plan.model.xmlNamespace;
    return {
      status,
      headers: ["content-type", "text/xml", "x-amzn-RequestId", requestId, ...(exception.headers?.() ?? [])],
      body: encodeQueryError({ code, message, fault }, requestId, namespace),
    };
  }
  const headers = [
    "content-type",
    "application/x-amz-json-1.1",
    "x-amzn-RequestId",
    requestId,
    "x-amzn-ErrorType",
    `${code}:`,
    ...(exception.headers?.() ?? []),
  ];
  if (message !== "") headers.push("x-amzn-ErrorMessage", headerSafe(message));
  const body: Record<string, unknown> = { __type: code };
  // Denials by policies have a capital letter on AWS (recorded 2026-09).
  if (message !== "") body[code === "AccessDeniedException" ? "Message" : "message"] = message;
  return { status, headers, body: JSON.stringify({ ...body, ...exception.members }) };
}

/** A fault of ours in the operation's own words, where AWS gives it any; the texts are those of the API references. */
function failure(error: unknown, protocol: Model["protocol"], listed: readonly string[]): ServiceException {
  if (isContention(error) && listed.includes("ConcurrentModificationException")) {
    return refusal(
      "ConcurrentModificationException",
      protocol === "query"
        ? "The request was rejected because multiple requests to change this object were submitted simultaneously. Wait a few minutes and submit your request again."
        : "This exception is thrown if two or more modifications are happening concurrently.",
    );
  }
  if (isOverload(error) && listed.includes("TooManyRequestsException")) {
    return refusal("TooManyRequestsException", "Too many requests");
  }
  const common = (protocol === "query" ? "InternalFailure" : "InternalErrorException") satisfies CommonError;
  return refusal(
    listed.includes("ServiceFailureException") ? "ServiceFailureException" : common,
    "The request processing has failed because of an unknown error, exception or failure.",
  );
}
