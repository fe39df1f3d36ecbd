import { deflateRawSync, inflateRawSync } from "node:zlib";
import { decodeBase64, decodeUtf8, longestMessage } from "./base64.ts";
import { malformed, SamlError } from "./saml-error.ts";
import { isSignedByAny, signatureAlgorithm, type Trust } from "./trusted-keys.ts";

/** How metadata names it. */
export const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

export type MessageParameter = "SAMLRequest" | "SAMLResponse";

export interface OutgoingRedirect {
  /** Of the identity provider; it may have a query of its own. */
  readonly location: string;
  readonly parameter: MessageParameter;
  /** XML without a signature of its own. */
  readonly message: string;
  readonly relayState?: string | undefined;
  /** RSASSA-PKCS1-v1_5 with SHA-256, by the service provider's key. Without, the message goes unsigned. */
  readonly sign?: ((bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array) | undefined;
}

const rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/** SAML bindings, 3.4.4: what the browser is sent to. What is signed is the very text that the URL holds. */
export async function redirectUrl(redirect: OutgoingRedirect): Promise<string> {
  const { location, parameter, message, relayState, sign } = redirect;
  const parts = [`${parameter}=${encodeURIComponent(deflateRawSync(message).toString("base64"))}`];
  if (relayState !== undefined) parts.push(`RelayState=${encodeURIComponent(relayState)}`);
  if (sign !== undefined) {
    parts.push(`SigAlg=${encodeURIComponent(rsaSha256)}`);
    const signature = await sign(Buffer.from(parts.join("&")));
    parts.push(`Signature=${encodeURIComponent(Buffer.from(signature).toString("base64"))}`);
  }
  // A fragment would swallow what comes behind it.
  const [target = ""] = location.split("#", 1);
  return `${target}${joint(target)}${parts.join("&")}`;
}

function joint(target: string): string {
  if (!target.includes("?")) return "?";
  return /[?&]$/.test(target) ? "" : "&";
}

/** A message as it came in a URL. Nothing of it is believed before `verifyRedirect`. */
export interface ReceivedRedirect {
  readonly parameter: MessageParameter;
  readonly text: string;
  readonly relayState: string | undefined;
  readonly signature: RedirectSignature | undefined;
}

interface RedirectSignature {
  readonly algorithm: string;
  /** The octets that were signed, exactly as they were sent. */
  readonly signed: Uint8Array;
  readonly value: Uint8Array;
}

const names: ReadonlySet<string> = new Set(["SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature"]);
const deflate = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";
/** Of an RSA key of 16384 bits. */
const longestSignature = 4_096;

/** `query` is as it was sent, with or without its question mark: encoded anew it could differ from what was signed. */
export function openRedirect(query: string): ReceivedRedirect {
  const raw = rawParameters(query);
  const request = raw.get("SAMLRequest");
  const response = raw.get("SAMLResponse");
  const message = request ?? response;
  if (message === undefined || (request !== undefined && response !== undefined)) {
    throw malformed("There is not exactly one message.");
  }
  const parameter = request === undefined ? "SAMLResponse" : "SAMLRequest";
  const relayState = raw.get("RelayState");
  return {
    parameter,
    text: inflate(decodeBase64(decoded(message))),
    relayState: relayState && decoded(relayState),
    signature: signatureOf(raw, parameter),
  };
}

/** Refuses what none of the certificates' keys has signed. */
export function verifyRedirect({ signature }: ReceivedRedirect, trust: Trust): void {
  if (signature === undefined) throw new SamlError("unsigned", "The message is not signed.");
  const algorithm = signatureAlgorithm(signature.algorithm, trust);
  if (algorithm === undefined) {
    throw new SamlError("signature", "The signature uses an algorithm that is not allowed.");
  }
  if (!isSignedByAny(trust.certificates, algorithm, signature.signed, signature.value)) {
    throw new SamlError("signature", "No trusted key made the signature.");
  }
}

export function readRedirect(query: string, trust: Trust): ReceivedRedirect {
  const received = openRedirect(query);
  verifyRedirect(received, trust);
  return received;
}

/** Those of the binding, still encoded. Of two by one name, one reader might take the first and another the second. */
function rawParameters(query: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of query.replace(/^\?/, "").split("&")) {
    const equals = part.indexOf("=");
    const name = equals === -1 ? part : part.slice(0, equals);
    const isEncoding = name === "SAMLEncoding";
    if (isEncoding && decoded(part.slice(equals + 1)) !== deflate) throw malformed("The encoding is not known.");
    if (!names.has(name)) continue;
    if (found.has(name)) throw malformed(`There is more than one ${name}.`);
    found.set(name, equals === -1 ? "" : part.slice(equals + 1));
  }
  return found;
}

/** SAML bindings, 3.4.4.1: message, RelayState, SigAlg, in this order, whatever the order in the query. */
function signatureOf(raw: ReadonlyMap<string, string>, parameter: MessageParameter): RedirectSignature | undefined {
  const value = raw.get("Signature");
  const algorithm = raw.get("SigAlg");
  if (value === undefined && algorithm === undefined) return undefined;
  if (value === undefined || algorithm === undefined) throw malformed("The signature is not whole.");
  const signed = [parameter, "RelayState", "SigAlg"].filter((name) => raw.has(name));
  return {
    algorithm: decoded(algorithm),
    signed: Buffer.from(signed.map((name) => `${name}=${raw.get(name)}`).join("&")),
    value: decodeBase64(decoded(value), longestSignature),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw malformed("The query is not encoded as a URL's.");
  }
}

/** A few hundred bytes can inflate to gigabytes. */
function inflate(bytes: Uint8Array): string {
  let inflated: Uint8Array;
  try {
    inflated = inflateRawSync(bytes, { maxOutputLength: longestMessage });
  } catch {
    throw malformed("The message is not deflated, or too long.");
  }
  return decodeUtf8(inflated);
}
