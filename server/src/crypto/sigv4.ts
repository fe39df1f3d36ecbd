/**
 * crypto/: formats and primitives. Bytes, keys and a time in, values or a coded error out: no clock, no store, no AWS
 * answer, and of randomness only what is handed in. This file is Signature Version 4 (IAM User Guide, "Create a signed
 * AWS API request"), both ends of it, and sigv4-x509.ts the same under a certificate's key; seal.ts keeps secrets at
 * rest; x509/ reads and issues certificates. access/ turns
 * what is thrown here into each protocol's answer. Everything runs in time linear in the request, whose size the socket
 * has already bounded (the query is sorted as well).
 */
import { createHmac, hash, timingSafeEqual } from "node:crypto";

export interface ReceivedRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Lower-case name to value, one character per byte as node:http gives them; repeated headers joined by ",". */
export interface Headers {
  get(name: string): string | undefined;
}

/** One whose headers can be gone through, as whoever signs it must. */
export interface SignedRequest extends ReceivedRequest {
  readonly headers: ReadonlyMap<string, string>;
}

/** What a request says about its signature, well formed and in time, but not yet verified. */
export interface Authorization {
  readonly algorithm: Algorithm;
  /** Of whoever signs with a certificate: its serial number, in decimal. */
  readonly accessKeyId: string;
  /** Credential scope: YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** YYYYMMDDTHHMMSSZ, as it stands in the string to sign. */
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken?: string;
  /** Signed in the query rather than in a header. */
  readonly presigned: boolean;
  /** X-Amz-Expires, in seconds. */
  readonly expires?: number;
  /** Present with the AWS4-X509 algorithms, and with them alone. */
  readonly x509?: CertificateClaim;
}

/** The headers that bring the certificate, signed ones both. */
export interface CertificateClaim {
  /** X-Amz-X509: base64 of the DER. */
  readonly certificate: string;
  /** X-Amz-X509-Chain: the same of those that vouch for it, with commas between. */
  readonly chain: string | undefined;
}

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SigningScope {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly region: string;
  readonly service: string;
}

export type SignatureErrorKind =
  | "MissingAuthenticationToken"
  | "IncompleteSignature"
  | "SignatureDoesNotMatch"
  | "MalformedQueryString";

/** Why a request's signature is refused before it is computed. An empty message is AWS's own: it sends none there. */
export class SignatureError extends Error {
  override readonly name = "SignatureError";
  readonly kind: SignatureErrorKind;

  constructor(kind: SignatureErrorKind, message?: string) {
    super(message);
    this.kind = kind;
  }
}

/** Strangers can ask for this many times a second: no stack is collected for it. */
function refusal(kind: SignatureErrorKind, message?: string): SignatureError {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return new SignatureError(kind, message);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

const hmacSha256 = "AWS4-HMAC-SHA256";
/** IAM Roles Anywhere User Guide, "The signing process". Another key, another check of the same string to sign. */
export const x509Algorithms = ["AWS4-X509-RSA-SHA256", "AWS4-X509-ECDSA-SHA256"] as const;

export type X509Algorithm = (typeof x509Algorithms)[number];
export type Algorithm = typeof hmacSha256 | X509Algorithm;

export const terminator = "aws4_request";
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const windowMinutes = 15;
const windowMs = windowMinutes * 60_000;
const longestExpiry = 604_800;

// --- Reading and checking what a request claims ---

interface Claim {
  readonly algorithm: Algorithm;
  readonly credential: string;
  readonly signature: string;
  readonly signedHeaders: string;
  readonly date: string;
  readonly sessionToken: string | undefined;
  readonly presigned: boolean;
  readonly expires: number | undefined;
  readonly x509: CertificateClaim | undefined;
}

/**
 * Reads the Authorization header or the X-Amz- query parameters and refuses in AWS's order and words. The order, and all
 * texts but those of X-Amz-Expires, were observed on AWS's Query services ("AWS Auth Error Ordering", recorded by the
 * scratchstack project); the numbers below are its steps. The region is not compared with anything: a server of one's own
 * is called under whatever region its clients are set to.
 */
export function parseAuthorization(request: ReceivedRequest, now: number, expectedService: string): Authorization {
  // 4
  const parameters = queryParameters(request.query);
  // 5
  const header = request.headers.get("authorization");
  const queryAlgorithm = first(parameters, "X-Amz-Algorithm");
  if (header !== undefined && queryAlgorithm !== undefined) throw refusal("SignatureDoesNotMatch");
  let claim: Claim;
  if (header !== undefined) claim = claimOfHeader(request, header);
  else if (queryAlgorithm === hmacSha256) claim = claimOfQuery(request, parameters);
  // Observed: a query with an algorithm AWS does not know counts as unsigned, unlike a header with one.
  else throw refusal("MissingAuthenticationToken", "Request is missing Authentication Token");

  // 8
  const signedHeaders = claim.signedHeaders.split(";");
  if (!signedHeaders.includes("host") && !signedHeaders.includes(":authority")) {
    throw refusal("SignatureDoesNotMatch", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  if (claim.x509 !== undefined) checkSignedCertificate(request, signedHeaders);
  // 9
  const timestamp = claim.presigned ? claim.date : basicFormat(claim.date);
  const signedAt = instant(timestamp);
  if (signedAt === undefined) {
    throw refusal(
      "IncompleteSignature",
      `Date must be in ISO-8601 'basic format'. Got '${claim.date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  // 10, 11
  checkTime(signedAt, timestamp, now);
  // 12
  const parts = claim.credential.split("/");
  const [accessKeyId, date, region, service, term] = parts;
  if (
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    term === undefined ||
    parts.length > 5
  ) {
    throw refusal(
      "IncompleteSignature",
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${claim.credential}'`,
    );
  }
  // 13
  checkScope(date, region, service, term, timestamp, expectedService);

  return {
    algorithm: claim.algorithm,
    accessKeyId,
    date,
    region,
    service,
    timestamp,
    signedHeaders,
    signature: claim.signature,
    ...(claim.sessionToken !== undefined && { sessionToken: claim.sessionToken }),
    presigned: claim.presigned,
    ...(claim.expires !== undefined && { expires: claim.expires }),
    ...(claim.x509 !== undefined && { x509: claim.x509 }),
  };
}

/**
 * Roles Anywhere User Guide: the headers with the certificate must be signed. One more sentence like that on the host; AWS's
 * own is not known.
 */
function checkSignedCertificate(request: ReceivedRequest, signedHeaders: readonly string[]): void {
  for (const name of ["X-Amz-Date", "X-Amz-X509", "X-Amz-X509-Chain"]) {
    const header = name.toLowerCase();
    if (signedHeaders.includes(header) || request.headers.get(header) === undefined) continue;
    throw refusal("SignatureDoesNotMatch", `'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
}

function algorithmOf(name: string): Algorithm | undefined {
  if (name === hmacSha256) return name;
  return x509Algorithms.find((algorithm) => algorithm === name);
}

function claimOfHeader(request: ReceivedRequest, header: string): Claim {
  const trimmed = header.trim();
  const blank = trimmed.indexOf(" ");
  // 6a
  const named = blank === -1 ? trimmed : trimmed.slice(0, blank);
  const algorithm = algorithmOf(named);
  if (algorithm === undefined) {
    // A single word is not taken for an algorithm (recorded from AWS, 2026-09).
    if (blank === -1 && named !== "") refuseWord(request, named);
    throw refusal("IncompleteSignature", `Unsupported AWS 'algorithm': '${named}'.`);
  }
  let credential: string | undefined;
  let signature: string | undefined;
  let signedHeaders: string | undefined;
  for (const untrimmed of blank === -1 ? [] : trimmed.slice(blank).split(",")) {
    const part = untrimmed.trim();
    if (part === "") continue;
    const equals = part.indexOf("=");
    // 6b
    if (equals === -1) {
      throw refusal(
        "IncompleteSignature",
        `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${trimmed}'.`,
      );
    }
    // 6c: of a repeated part the last counts.
    const value = part.slice(equals + 1);
    const key = part.slice(0, equals);
    if (key === "Credential") credential = value;
    else if (key === "Signature") signature = value;
    else if (key === "SignedHeaders") signedHeaders = value;
  }
  // 6d
  const date = request.headers.get("x-amz-date") ?? request.headers.get("date");
  const certificate = algorithm === hmacSha256 ? undefined : request.headers.get("x-amz-x509");
  const isBare = algorithm !== hmacSha256 && certificate === undefined;
  if (
    credential === undefined ||
    signature === undefined ||
    signedHeaders === undefined ||
    date === undefined ||
    isBare
  ) {
    const missing: string[] = [];
    if (credential === undefined) missing.push("Authorization header requires 'Credential' parameter.");
    if (signature === undefined) missing.push("Authorization header requires 'Signature' parameter.");
    if (signedHeaders === undefined) missing.push("Authorization header requires 'SignedHeaders' parameter.");
    if (date === undefined) {
      missing.push(noDate);
    }
    // Worded like the one above; AWS's own sentence is not known.
    if (isBare) missing.push("Authorization header requires existence of a 'X-Amz-X509' header.");
    throw refusal("IncompleteSignature", `${missing.join(" ")} Authorization=${algorithm}`);
  }
  return {
    algorithm,
    credential,
    signature,
    signedHeaders,
    date,
    sessionToken: request.headers.get("x-amz-security-token"),
    presigned: false,
    expires: undefined,
    x509: certificate === undefined ? undefined : { certificate, chain: request.headers.get("x-amz-x509-chain") },
  };
}

function refuseWord(request: ReceivedRequest, word: string): never {
  const missing = ["Credential", "Signature", "SignedHeaders"].map((name) => {
    return `Authorization header requires '${name}' parameter.`;
  });
  if ((request.headers.get("x-amz-date") ?? request.headers.get("date")) === undefined) missing.push(noDate);
  const digest = hash("sha256", word, "base64");
  throw refusal(
    "IncompleteSignature",
    `${missing.join(" ")} (Hashed with SHA-256 and encoded with Base64) Authorization=${digest}`,
  );
}

const noDate = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";

function claimOfQuery(request: ReceivedRequest, parameters: readonly Parameter[]): Claim {
  // 7: of a repeated parameter the first counts.
  const credential = first(parameters, "X-Amz-Credential");
  const signature = first(parameters, "X-Amz-Signature");
  const signedHeaders = first(parameters, "X-Amz-SignedHeaders");
  const date = first(parameters, "X-Amz-Date");
  if (credential === undefined || signature === undefined || signedHeaders === undefined || date === undefined) {
    const missing: string[] = [];
    if (credential === undefined) missing.push("X-Amz-Credential");
    if (signature === undefined) missing.push("X-Amz-Signature");
    if (signedHeaders === undefined) missing.push("X-Amz-SignedHeaders");
    if (date === undefined) missing.push("X-Amz-Date");
    const sentences = missing.map((name) => `AWS query-string parameters must include '${name}'.`);
    throw refusal("IncompleteSignature", `${sentences.join(" ")} Re-examine the query-string parameters.`);
  }
  return {
    algorithm: hmacSha256,
    credential,
    signature,
    signedHeaders,
    date,
    sessionToken: first(parameters, "X-Amz-Security-Token") ?? request.headers.get("x-amz-security-token"),
    presigned: true,
    expires: expiryOf(first(parameters, "X-Amz-Expires")),
    x509: undefined,
  };
}

/** The texts are S3's (API reference, "Authenticating requests: using query parameters"); the Query services' are not known. */
function expiryOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!integer.test(text)) throw refusal("IncompleteSignature", "X-Amz-Expires should be a number");
  const expires = Number(text);
  if (expires < 0) throw refusal("IncompleteSignature", "X-Amz-Expires must be non-negative");
  if (expires > longestExpiry) {
    throw refusal(
      "IncompleteSignature",
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${longestExpiry} seconds`,
    );
  }
  return expires;
}

/**
 * Fifteen minutes either way, for presigned requests too: outside S3, AWS reads X-Amz-Expires but neither shortens nor
 * lengthens the window by it (aws-sdk-go#2167, aws-iam-authenticator#160; EKS clients sign for 60 seconds and use the
 * result for 14 minutes).
 */
function checkTime(signedAt: number, timestamp: string, now: number): void {
  const current = Math.floor(now / 1000) * 1000;
  if (signedAt < current - windowMs) {
    throw refusal(
      "SignatureDoesNotMatch",
      `Signature expired: ${timestamp} is now earlier than ${formatTimestamp(current - windowMs)} (${formatTimestamp(current)} - ${windowMinutes} min.)`,
    );
  }
  if (signedAt > current + windowMs) {
    throw refusal(
      "SignatureDoesNotMatch",
      `Signature not yet current: ${timestamp} is still later than ${formatTimestamp(current + windowMs)} (${formatTimestamp(current)} + ${windowMinutes} min.)`,
    );
  }
}

function checkScope(
  date: string,
  region: string,
  service: string,
  term: string,
  timestamp: string,
  expectedService: string,
): void {
  const requestDate = timestamp.slice(0, 8);
  // Any region is good, but it has to be a name: it is kept as the key's last use and becomes part of ARNs.
  const validRegion = regionName.test(region);
  if (validRegion && service === expectedService && term === terminator && date === requestDate) return;
  const wrong: string[] = [];
  if (!validRegion) wrong.push(`Credential should be scoped to a valid region, not '${region}'.`);
  if (service !== expectedService) {
    wrong.push(`Credential should be scoped to correct service: '${expectedService}'.`);
  }
  if (term !== terminator) {
    wrong.push(`Credential should be scoped with a valid terminator: '${terminator}', not '${term}'.`);
  }
  if (date !== requestDate) {
    wrong.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${requestDate}', from '${timestamp}'.`,
    );
  }
  throw refusal("SignatureDoesNotMatch", wrong.join(" "));
}

const integer = /^-?\d{1,15}$/;
const regionName = /^[\w.-]{1,64}$/;
const basicTimestamp = /^\d{8}T\d{6}Z$/;
const extendedTimestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** AWS takes the extended form in a header, too (observed). */
function basicFormat(date: string): string {
  return extendedTimestamp.test(date) ? date.replaceAll("-", "").replaceAll(":", "") : date;
}

let lastTimestamp = "";
let lastInstant: number | undefined;

/** Milliseconds; undefined where the text is not a time of the calendar in basic format. Most requests repeat the last. */
function instant(timestamp: string): number | undefined {
  if (timestamp !== lastTimestamp) {
    lastInstant = readInstant(timestamp);
    lastTimestamp = timestamp;
  }
  return lastInstant;
}

function readInstant(timestamp: string): number | undefined {
  if (!basicTimestamp.test(timestamp)) return undefined;
  const year = Number(timestamp.slice(0, 4));
  const month = Number(timestamp.slice(4, 6)) - 1;
  const day = Number(timestamp.slice(6, 8));
  const hour = Number(timestamp.slice(9, 11));
  const minute = Number(timestamp.slice(11, 13));
  const second = Number(timestamp.slice(13, 15));
  const at = Date.UTC(year, month, day, hour, minute, second);
  // Date.UTC carries 30 February into March and hour 24 into the next day, and reads the years 0 to 99 as 1900 to 1999.
  const carried = new Date(at);
  const exact = carried.getUTCDate() === day && carried.getUTCFullYear() === year;
  return exact && minute < 60 && second < 60 ? at : undefined;
}

/** YYYYMMDDTHHMMSSZ. */
export function formatTimestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll("-", "").replaceAll(":", "")}Z`;
}

// --- The signature itself ---

/**
 * Whether the request was signed with this key. That covers all that parseAuthorization read but a session token sent in
 * an unsigned header, which has to vouch for itself.
 */
export function verifySignature(
  request: ReceivedRequest,
  authorization: Authorization,
  signingKey: SigningKey,
): boolean {
  // A key that is a secret cannot have made a signature that is said to be a certificate's.
  if (authorization.algorithm !== hmacSha256 || !hexSignature.test(authorization.signature)) return false;
  const expected = signingKey.sign(stringToSign(canonicalRequest(request, authorization), authorization));
  return timingSafeEqual(Buffer.from(expected, "latin1"), Buffer.from(authorization.signature, "latin1"));
}

const hexSignature = /^[0-9a-f]{64}$/;

const blockBytes = 64;
const digestBytes = 32;

/**
 * HMAC-SHA-256 (RFC 2104) under one key, as two hashes of the padded key and the text: an Hmac object for each request
 * would cost more than twice as much. Good for one day, region and service, so worth keeping.
 */
export class SigningKey {
  readonly #inner = Buffer.alloc(blockBytes, 0x36);
  readonly #outer = Buffer.alloc(blockBytes + digestBytes, 0x5c);

  constructor(key: Uint8Array) {
    if (key.length !== digestBytes) throw new RangeError("a signing key is a SHA-256 digest");
    for (const [at, byte] of key.entries()) {
      this.#inner[at] = 0x36 ^ byte;
      this.#outer[at] = 0x5c ^ byte;
    }
  }

  /** In lower-case hexadecimal digits. Each character of the text stands for one byte. */
  sign(text: string): string {
    const inner = Buffer.allocUnsafe(blockBytes + text.length);
    inner.set(this.#inner);
    inner.write(text, blockBytes, "latin1");
    this.#outer.write(hash("sha256", inner, "binary"), blockBytes, "latin1");
    return hash("sha256", this.#outer, "hex");
  }
}

export function deriveSigningKey(secret: string, date: string, region: string, service: string): SigningKey {
  let key = Buffer.from(`AWS4${secret}`);
  for (const part of [date, region, service, terminator]) key = createHmac("sha256", key).update(part).digest();
  return new SigningKey(key);
}

/**
 * The hash at the end is always the body's own. A signed X-Amz-Content-Sha256 that says anything else, UNSIGNED-PAYLOAD
 * included, makes a signature that does not match: the parameters of these services travel in the body.
 */
export function canonicalRequest(
  request: ReceivedRequest,
  { signedHeaders, presigned }: Pick<Authorization, "signedHeaders" | "presigned">,
): string {
  const { headers, body } = request;
  const path = request.path === "/" ? "/" : canonicalPath(request.path);
  const query = request.query === "" ? "" : canonicalQuery(request.query, presigned);
  let text = `${request.method}\n${path}\n${query}\n`;
  for (const name of signedHeaders) {
    // A header that was signed and did not arrive counts as empty: nothing but an empty one had been signed the same.
    const value = headers.get(name === ":authority" ? "host" : name) ?? "";
    text += `${name}:${blanksToFold.test(value) ? foldBlanks(value) : value}\n`;
  }
  return `${text}\n${signedHeaders.join(";")}\n${body.length === 0 ? emptyHash : hash("sha256", body, "hex")}`;
}

export function stringToSign(
  canonical: string,
  {
    algorithm,
    timestamp,
    date,
    region,
    service,
  }: Pick<Authorization, "algorithm" | "timestamp" | "date" | "region" | "service">,
): string {
  // Only header values can hold characters above 7F, and each of those stands for one byte.
  const digest = hash("sha256", Buffer.from(canonical, "latin1"), "hex");
  return `${algorithm}\n${timestamp}\n${date}/${region}/${service}/${terminator}\n${digest}`;
}

const blanksToFold = /[\t\n\r]| {2}|^ | $/;
const blanks = /[\t\n\r ]+/g;

function foldBlanks(value: string): string {
  return value.replace(blanks, " ").trim();
}

/** Dot segments and empty ones resolved, then encoded once more: every service but S3 signs its path so. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(encode(Buffer.from(segment)));
  }
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${end}`;
}

function canonicalQuery(query: string, presigned: boolean): string {
  const parameters = queryParameters(query).filter(({ name }) => !(presigned && name === "X-Amz-Signature"));
  // By name, then by value, in the order of their encoded bytes: joined first, "a-=" would come before "a=".
  parameters.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return parameters.map(({ name, value }) => `${name}=${value}`).join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// --- Query strings and percent-encoding ---

/** Name and value, percent-encoded in the one canonical way. */
interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * Encoding anew what has been decoded makes every spelling of a parameter equal, so that what is verified is what will be
 * acted on: "+" is a blank here because it is one to whoever reads the form.
 */
function queryParameters(query: string): Parameter[] {
  const parameters: Parameter[] = [];
  if (query === "") return parameters;
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = equals === -1 ? part : part.slice(0, equals);
    const value = equals === -1 ? "" : part.slice(equals + 1);
    parameters.push({ name: canonicalElement(name), value: canonicalElement(value) });
  }
  return parameters;
}

function first(parameters: readonly Parameter[], name: string): string | undefined {
  const value = parameters.find((parameter) => parameter.name === name)?.value;
  return value?.includes("%") ? decode(value).toString() : value;
}

function canonicalElement(text: string): string {
  return unreservedOnly.test(text) ? text : encode(decode(text));
}

/** Step 4: percent-escapes and plus signs to bytes. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    let byte = bytes[at] ?? 0;
    if (byte === percent) {
      if (at + 2 >= bytes.length) throw refusal("MalformedQueryString", "Incomplete trailing escape % sequence");
      const sequence = bytes.toString("utf8", at, at + 3);
      if (!percentEscape.test(sequence)) {
        throw refusal("MalformedQueryString", `Illegal hex character in escape % pattern: ${sequence}`);
      }
      byte = Number.parseInt(sequence.slice(1), 16);
      at += 2;
    } else if (byte === plus) {
      byte = blank;
    }
    bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}

/** RFC 3986 2.1 and 2.3: everything but the unreserved characters becomes an upper-case escape. */
function encode(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += encoded[byte];
  return text;
}

const percent = 0x25;
const plus = 0x2b;
const blank = 0x20;
const percentEscape = /^%[0-9A-Fa-f]{2}$/;
const unreservedOnly = /^[\w.~-]*$/;
const encoded: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return unreservedOnly.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
});

// --- Signing ---

/** The request with an Authorization header over all its headers, as an SDK sends it. */
export function signRequest(
  request: SignedRequest,
  credentials: SigningCredentials,
  { now, region, service }: SigningScope,
): SignedRequest {
  const timestamp = formatTimestamp(now);
  const date = timestamp.slice(0, 8);
  const headers = new Map(request.headers);
  headers.delete("authorization");
  headers.set("x-amz-date", timestamp);
  if (credentials.sessionToken !== undefined) headers.set("x-amz-security-token", credentials.sessionToken);
  const signedHeaders = [...headers.keys()].sort();
  const canonical = canonicalRequest({ ...request, headers }, { signedHeaders, presigned: false });
  const text = stringToSign(canonical, { algorithm: hmacSha256, timestamp, date, region, service });
  const key = deriveSigningKey(credentials.secretAccessKey, date, region, service);
  const credential = `${credentials.accessKeyId}/${date}/${region}/${service}/${terminator}`;
  const signature = key.sign(text);
  headers.set(
    "authorization",
    `${hmacSha256} Credential=${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`,
  );
  return { ...request, headers };
}

/** The request with its signature, over all its headers, in the query: what a presigned URL is made of. */
export function presignRequest(
  request: SignedRequest,
  credentials: SigningCredentials,
  { now, region, service, expires }: SigningScope & { readonly expires: number },
): SignedRequest {
  const timestamp = formatTimestamp(now);
  const date = timestamp.slice(0, 8);
  const signedHeaders = [...request.headers.keys()].sort();
  const parameters = [
    ["X-Amz-Algorithm", hmacSha256],
    ["X-Amz-Credential", `${credentials.accessKeyId}/${date}/${region}/${service}/${terminator}`],
    ["X-Amz-Date", timestamp],
    ["X-Amz-Expires", String(expires)],
    ...(credentials.sessionToken === undefined ? [] : [["X-Amz-Security-Token", credentials.sessionToken]]),
    ["X-Amz-SignedHeaders", signedHeaders.join(";")],
  ].map(([name, value = ""]) => `${name}=${encode(Buffer.from(value))}`);
  const query = [...(request.query === "" ? [] : [request.query]), ...parameters].join("&");
  const canonical = canonicalRequest({ ...request, query }, { signedHeaders, presigned: true });
  const text = stringToSign(canonical, { algorithm: hmacSha256, timestamp, date, region, service });
  const key = deriveSigningKey(credentials.secretAccessKey, date, region, service);
  return { ...request, query: `${query}&X-Amz-Signature=${key.sign(text)}` };
}
