import assert from "node:assert/strict";
import { presignRequest, type SignedRequest, signRequest } from "../src/crypto/sigv4.ts";
import type { HttpResponse } from "../src/endpoints/http.ts";
import { type Credentials, type Harness, startOfTest } from "./harness.ts";

/** What no client would send: requests as they stand on the wire, and answers as they come back. */

const versions = { iam: "2010-05-08", sts: "2011-06-15" };
const userPools = "AWSCognitoIdentityProviderService";

export function queryRequest(
  service: keyof typeof versions,
  Action: string,
  parameters: Readonly<Record<string, string>> = {},
): SignedRequest {
  const form = new URLSearchParams({ Action, Version: versions[service], ...parameters });
  return {
    method: "POST",
    path: "/",
    query: "",
    headers: new Map([
      ["host", "countersign.test"],
      ["content-type", "application/x-www-form-urlencoded; charset=utf-8"],
    ]),
    body: Buffer.from(form.toString()),
  };
}

/** The same request with its parameters in the URL. */
export function asGet(request: SignedRequest): SignedRequest {
  return {
    ...request,
    method: "GET",
    query: Buffer.from(request.body).toString(),
    headers: new Map([["host", "countersign.test"]]),
    body: new Uint8Array(0),
  };
}

export function jsonRequest(operation: string, input: object = {}): SignedRequest {
  return {
    method: "POST",
    path: "/",
    query: "",
    headers: new Map([
      ["host", "countersign.test"],
      ["content-type", "application/x-amz-json-1.1"],
      ["x-amz-target", `${userPools}.${operation}`],
    ]),
    body: Buffer.from(JSON.stringify(input)),
  };
}

export interface Signing {
  readonly service?: string;
  readonly region?: string;
  readonly now?: number;
  readonly expires?: number;
}

function scopeOf(request: SignedRequest, { service, region = "us-east-1", now = startOfTest }: Signing) {
  const text = request.query + Buffer.from(request.body).toString();
  const of = request.headers.has("x-amz-target") ? "cognito-idp" : text.includes(versions.sts) ? "sts" : "iam";
  return { now, region, service: service ?? of };
}

/** Signed in a header, for the service that it is meant for unless told otherwise. */
export function sign(request: SignedRequest, credentials: Credentials, signing: Signing = {}): SignedRequest {
  return signRequest(request, credentialsOf(credentials), scopeOf(request, signing));
}

/** Signed in the query: a presigned URL. */
export function presign(request: SignedRequest, credentials: Credentials, signing: Signing = {}): SignedRequest {
  const { expires = 300 } = signing;
  return presignRequest(request, credentialsOf(credentials), { ...scopeOf(request, signing), expires });
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: Credentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

export function withHeader(request: SignedRequest, name: string, value: string | undefined): SignedRequest {
  const headers = new Map(request.headers);
  if (value === undefined) headers.delete(name);
  else headers.set(name, value);
  return { ...request, headers };
}

export function headersOf({ headers }: HttpResponse): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < headers.length; at += 2) found.set((headers[at] ?? "").toLowerCase(), headers[at + 1] ?? "");
  return found;
}

export interface WireError {
  readonly status: number;
  readonly code: string | undefined;
  /** Undefined where the answer carries none. */
  readonly message: string | undefined;
}

/** An error of the Query protocol, whose layout is checked on the way. */
export function xmlError(response: HttpResponse, namespace?: string): WireError {
  const headers = headersOf(response);
  assert.equal(headers.get("content-type"), "text/xml");
  const match =
    /^<ErrorResponse xmlns="([^"]*)">\n {2}<Error>\n {4}<Type>(Sender|Receiver)<\/Type>\n {4}<Code>([^<]*)<\/Code>\n(?: {4}<Message>([^<]*)<\/Message>\n)? {2}<\/Error>\n {2}<RequestId>([^<]*)<\/RequestId>\n<\/ErrorResponse>\n$/.exec(
      response.body,
    );
  assert.ok(match, response.body);
  const [, xmlns, type, code, message, requestId] = match;
  if (namespace !== undefined) assert.equal(xmlns, namespace);
  assert.equal(type, response.status >= 500 ? "Receiver" : "Sender");
  assert.equal(requestId, headers.get("x-amzn-requestid"));
  return { status: response.status, code, message: message === undefined ? undefined : textOf(message) };
}

function textOf(xml: string): string {
  return xml
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#xD;", "\r")
    .replaceAll("&amp;", "&");
}

/** An error of AWS JSON 1.1, whose headers are checked on the way. */
export function jsonError(response: HttpResponse): WireError {
  const headers = headersOf(response);
  assert.equal(headers.get("content-type"), "application/x-amz-json-1.1");
  const { __type: code, message: text, Message } = JSON.parse(response.body);
  // A refusal by policies has a capital, and nothing else has (recorded from AWS, 2026-09).
  const message = code === "AccessDeniedException" ? Message : text;
  assert.equal(headers.get("x-amzn-errortype"), `${code}:`);
  assert.equal(headers.get("x-amzn-errormessage"), message);
  assert.match(headers.get("x-amzn-requestid") ?? "", /^[0-9a-f-]{36}$/);
  return { status: response.status, code, message };
}

/** The text of the first element of this name. */
export function element(response: HttpResponse, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(response.body)?.[1];
}

/** Who the server takes the signer of a request for, by GetCallerIdentity. */
export async function callerOf(h: Harness, request: SignedRequest): Promise<string | undefined> {
  const response = await h.send(request);
  assert.equal(response.status, 200, response.body);
  return element(response, "Arn");
}
