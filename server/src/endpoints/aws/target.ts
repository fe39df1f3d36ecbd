import { refusal } from "../../contract/service-exception.ts";
import { catalog, type ServiceEntry } from "../../services/catalog.ts";
import type { HttpRequest } from "../http.ts";
import { type Form, parseForm } from "./form.ts";

/** Which operation of which service a request asks for. */
export interface Target {
  readonly service: ServiceEntry;
  readonly operationName: string;
  /** The parameters of a Query request, already split; undefined for JSON. */
  readonly form: Form | undefined;
}

/** An unknown action or version is answered before any service is reached, in this namespace (recorded from AWS). */
export const faultNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09";

const jsonTargets = new Map(
  Object.values(catalog).flatMap((service) =>
    service.model.targetPrefix === undefined ? [] : [[service.model.targetPrefix, service] as const],
  ),
);
const queryVersions = new Map(
  Object.values(catalog).flatMap((service) =>
    service.model.protocol === "query" ? [[service.model.apiVersion, service] as const] : [],
  ),
);

/** JSON protocol: `X-Amz-Target: {prefix}.{Operation}` (AWS JSON 1.1). */
export function jsonTarget(header: string): Target {
  const dot = header.indexOf(".");
  const service = jsonTargets.get(header.slice(0, Math.max(dot, 0)));
  const operationName = header.slice(dot + 1);
  if (service === undefined || !Object.hasOwn(service.model.operations, operationName)) {
    throw refusal("UnknownOperationException");
  }
  return { service, operationName, form: undefined };
}

/** Query protocol: Action and Version in the form body of a POST or in the query of a GET. */
export function queryTarget(request: HttpRequest): Target {
  const text =
    request.method === "GET"
      ? request.query
      : Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength).toString("latin1");
  const form = parseForm(text);
  const action = form.get("Action");
  const version = form.get("Version");
  const service = version === undefined ? undefined : queryVersions.get(version);
  if (action === undefined || service === undefined || !Object.hasOwn(service.model.operations, action)) {
    throw refusal(
      "InvalidAction",
      `Could not find operation ${action ?? "NO_ACTION_SPECIFIED"} for version ${version ?? "NO_VERSION_SPECIFIED"}`,
    );
  }
  return { service, operationName: action, form };
}

/** Whether a request that names no target is meant for a JSON service all the same: its content type or its scope says so. */
export function speaksJson(request: HttpRequest): boolean {
  if (request.headers.get("content-type")?.startsWith("application/x-amz-json-") === true) return true;
  const authorization = request.headers.get("authorization") ?? "";
  return jsonScopes.some((scope) => authorization.includes(scope));
}

/** How the credential scope of a request for a JSON service ends (SigV4, "Create a string to sign"). */
const jsonScopes = Object.values(catalog).flatMap(({ model }) =>
  model.protocol === "json" ? [`/${model.service}/aws4_request`] : [],
);
