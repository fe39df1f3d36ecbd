import { lookup } from "node:dns";
import type { IncomingMessage, RequestOptions } from "node:http";
import { isIP } from "node:net";
import { isLoopbackAddress, isPublicAddress, isWithin } from "./addresses.ts";
import { FetchError } from "./fetch-error.ts";

export interface PublicFetch {
  readonly timeoutMs: number;
  readonly bytes: number;
  /** Whether this machine may be asked, on any port: for tests of federation. */
  readonly allowLoopback: boolean;
  /** Ranges that may be asked although they are not public, on any port. */
  readonly privateNetworks?: readonly string[];
  /** With a body it is posted. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** In place of one that begins with this fetch. */
  readonly signal?: AbortSignal;
}

/**
 * What a URL answers, whoever named it: bounded in time and size, over HTTPS at its own port, without redirects, and never
 * from an address that only this machine or its network reaches. The address is looked at when it is connected to, so that
 * a name cannot change its mind in between. Without TLS, which keeps an answer from being another's, only what is near is asked.
 */
export async function fetchPublic(
  url: URL,
  { timeoutMs, bytes, allowLoopback, privateNetworks = [], headers = {}, body, signal }: PublicFetch,
): Promise<{ readonly status: number; readonly body: string; readonly location?: string }> {
  const isNear = (address: string) =>
    (allowLoopback && isLoopbackAddress(address)) || isWithin(address, privateNetworks);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  // A port that is the scheme's own is left out of a URL.
  const isUsual = url.protocol === "https:" && url.port === "";
  const isAllowed = (address: string) => isNear(address) || (isUsual && isPublicAddress(address));
  const mayBeAllowed = isUsual || allowLoopback || privateNetworks.length > 0;
  if (!isWeb || !mayBeAllowed || url.username !== "" || url.password !== "" || (isIP(host) !== 0 && !isAllowed(host))) {
    throw new FetchError("unusable", "The URL is none that may be fetched.");
  }
  const { request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
  const options: RequestOptions = {
    method: body === undefined ? "GET" : "POST",
    headers: body === undefined ? headers : { ...headers, "content-length": Buffer.byteLength(body) },
    signal: signal ?? AbortSignal.timeout(timeoutMs),
    agent: false,
    lookup: (name, wanted, done) => {
      lookup(name, { ...wanted, all: true }, (error, found) => {
        if (error !== null) return done(error, []);
        if (found.some(({ address }) => !isAllowed(address))) return done(new Error("The address is not public."), []);
        const [first] = found;
        if (wanted.all === true || first === undefined) done(null, found);
        else done(null, first.address, first.family);
      });
    },
  };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, options, resolve).on("error", reject).end(body);
    });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response) {
      const part: Uint8Array = chunk;
      length += part.byteLength;
      if (length > bytes) {
        response.destroy();
        throw new FetchError("unusable", "The document is too long.");
      }
      chunks.push(part);
    }
    const {
      statusCode: status = 0,
      headers: { location },
    } = response;
    const text = Buffer.concat(chunks).toString("utf8");
    return { status, body: text, ...(location === undefined ? {} : { location }) };
  } catch (error) {
    throw error instanceof FetchError ? error : new FetchError("unreachable", "The server does not answer.", error);
  }
}
