/**
 * The other side of the wire for these tests: a real IAMClient whose request handler is a function. It gets the form that
 * the SDK sent and gives the XML that AWS would answer with (AWS Query protocol, iam/2010-05-08).
 */

import assert from "node:assert/strict";
import { IAMClient } from "@aws-sdk/client-iam";

export type Form = Readonly<Record<string, string>>;

/** A member of an answer, as recordings have it. */
export type Member = string | number | boolean | readonly Member[] | { readonly [name: string]: Member };

export interface Refusal {
  readonly status: number;
  readonly Code: string;
  readonly Message: string;
}

export type Answer = { readonly [name: string]: Member } | Refusal;

/** One request that must come, without `Version`, and what it is answered. */
export interface Exchange {
  readonly sent: Form;
  readonly answer: Answer;
}

export interface Script {
  readonly client: IAMClient;
  /** Fails if fewer requests came than the script has. */
  readonly finished: () => void;
}

/** A client whose every request is answered by a function. */
export function answering(respond: (form: Form) => Answer): IAMClient {
  return new IAMClient({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: { body?: unknown }, options?: { abortSignal?: AbortSignal }) => {
        options?.abortSignal?.throwIfAborted();
        assert.equal(typeof request.body, "string");
        const { Version, ...form } = Object.fromEntries(new URLSearchParams(String(request.body)));
        assert.equal(Version, "2010-05-08");
        return { response: responseTo(form, respond(form)) };
      },
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
  });
}

/** A client that must send just these requests, in this order. */
export function scripted(exchanges: readonly Exchange[]): Script {
  let next = 0;
  const client = answering((form) => {
    const exchange = exchanges[next];
    next += 1;
    assert.ok(exchange !== undefined, `unexpected request ${JSON.stringify(form)}`);
    assert.deepEqual(form, exchange.sent);
    return exchange.answer;
  });
  return { client, finished: () => assert.equal(next, exchanges.length, "not every scripted request was sent") };
}

function responseTo(form: Form, answer: Answer): { statusCode: number; headers: Form; body: Uint8Array } {
  const requestId = "c2fe0b6c-0f1c-4e6a-9d5c-0123456789ab";
  const xmlns = "https://iam.amazonaws.com/doc/2010-05-08/";
  const refused = isRefusal(answer);
  const text = refused
    ? `<ErrorResponse xmlns="${xmlns}"><Error><Type>Sender</Type>${xml({ Code: answer.Code, Message: answer.Message })}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`
    : `<${form.Action}Response xmlns="${xmlns}"><${form.Action}Result>${xml(answer)}</${form.Action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${form.Action}Response>`;
  return {
    statusCode: refused ? answer.status : 200,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: new TextEncoder().encode(text),
  };
}

function isRefusal(answer: Answer): answer is Refusal {
  return "status" in answer && "Code" in answer;
}

function xml(member: Member): string {
  if (typeof member !== "object") return escaped(String(member));
  if (isList(member)) return member.map((item) => `<member>${xml(item)}</member>`).join("");
  return Object.entries(member)
    .map(([name, value]) => `<${name}>${xml(value)}</${name}>`)
    .join("");
}

// Array.isArray does not narrow readonly arrays.
function isList(member: Member): member is readonly Member[] {
  return Array.isArray(member);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#xD;");
}
