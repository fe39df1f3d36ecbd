/** Requests of AWS JSON 1.1 as they were sent when the answers were recorded, and whole answers to them. */
import assert from "node:assert/strict";
import { cognito } from "../../src/contract/cognito.ts";
import type { SignedRequest } from "../../src/crypto/sigv4.ts";
import type { HttpResponse } from "../../src/endpoints/http.ts";
import type { Credentials, Harness } from "../harness.ts";
import { headersOf, jsonRequest, sign, withHeader } from "../requests.ts";

/** How a request shows who sends it. A recording tries out what operations do with it that ask for none. */
export type Transport = "signed" | "unsigned" | "another-secret" | "invalid-signature" | "malformed-authorization";

/** Without a transport, as clients do it: signed where the operation asks for that. `GET /path` is no operation. */
export function ask(
  h: Harness,
  operation: string,
  input: object,
  credentials: Credentials,
  transport?: Transport,
): Promise<HttpResponse> {
  if (operation.startsWith("GET ")) {
    return h.send({ path: operation.slice(4), headers: new Map([["host", "countersign.test"]]) });
  }
  const isSigned = cognito.operations[operation]?.auth === "sigv4";
  return h.send(shown(jsonRequest(operation, input), credentials, transport ?? (isSigned ? "signed" : "unsigned")));
}

function shown(request: SignedRequest, credentials: Credentials, transport: Transport): SignedRequest {
  switch (transport) {
    case "signed":
      return sign(request, credentials);
    case "unsigned":
      return request;
    case "another-secret":
      return sign(request, { ...credentials, secretAccessKey: "of somebody else" });
    case "invalid-signature": {
      const nobody = { accessKeyId: "AKIAINVALIDPROBE0000", secretAccessKey: "of nobody" };
      return sign(request, nobody);
    }
    case "malformed-authorization":
      // As it was sent: the answer has its hash.
      return withHeader(request, "authorization", "intentionally-invalid-probe");
  }
}

const requestId = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** An answer of an operation has these headers, and no other but our own (aws-sdk-cpp#1789, aws-sdk-ios-samples#144, amplify-swift#3344). */
export function holdHeaders(response: HttpResponse): void {
  const { "x-amzn-requestid": id, ...headers } = Object.fromEntries(headersOf(response));
  assert.match(id ?? "", requestId);
  const expected: Record<string, string> = { "content-type": "application/x-amz-json-1.1" };
  if (response.status !== 200) {
    const { __type, message, Message = message } = JSON.parse(response.body);
    expected["x-amzn-errortype"] = `${__type}:`;
    // Line feeds cannot be in a header.
    if (Message !== undefined) expected["x-amzn-errormessage"] = String(Message).replaceAll("\n", " ");
  }
  for (const name of Object.keys(headers)) if (name.startsWith("x-countersign-")) delete headers[name];
  assert.deepEqual(headers, expected);
}
