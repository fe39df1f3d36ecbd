import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ConfigError } from "./config.ts";
import type { SignedRequest } from "./crypto/sigv4.ts";
import { signX509Request } from "./crypto/sigv4-x509.ts";
import { CertificateError, readCertificates } from "./crypto/x509/read.ts";
import { reason } from "./data-directory.ts";
import type { Clock } from "./runtime/clock.ts";

/**
 * `countersign credential-process`: temporary credentials for who holds a certificate and its private key, in the form
 * that SDKs take from `credential_process` in their config file (AWS SDKs and Tools Reference Guide, "Process credential
 * provider"). The flags are those of AWS's own credential helper for IAM Roles Anywhere; without a role, the certificate
 * is an IAM signing certificate, and the credentials its owner's.
 */
export interface CredentialProcess {
  readonly endpoint: URL;
  readonly region: string;
  /** Base64 of the DER. */
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly privateKey: KeyObject;
  /** Undefined asks STS for as long as it gives. */
  readonly durationSeconds: number | undefined;
  readonly role: RoleToAssume | undefined;
}

export interface RoleToAssume {
  readonly roleArn: string;
  readonly profileArn: string;
  readonly trustAnchorArn: string;
  readonly roleSessionName: string | undefined;
}

/** Why there are no credentials: one line, for a person. */
export class CredentialsRefused extends Error {
  override readonly name = "CredentialsRefused";
}

const options = {
  certificate: { type: "string" },
  "private-key": { type: "string" },
  intermediates: { type: "string" },
  "role-arn": { type: "string" },
  "profile-arn": { type: "string" },
  "trust-anchor-arn": { type: "string" },
  "role-session-name": { type: "string" },
  "session-duration": { type: "string" },
  endpoint: { type: "string" },
  region: { type: "string" },
} as const;

type Flags = { readonly [Name in keyof typeof options]?: string | undefined };

/** `words` are the arguments that follow the command. */
export function readCredentialProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CredentialProcess {
  const flags = readFlags(words);
  const certificates = readBundle("certificate", need(flags, "certificate"));
  const [certificate = ""] = certificates;
  const privateKey = readPrivateKey(need(flags, "private-key"));
  if (!new X509Certificate(Buffer.from(certificate, "base64")).checkPrivateKey(privateKey)) {
    throw new ConfigError("--private-key is not the key of --certificate");
  }
  const { intermediates } = flags;
  const duration = flags["session-duration"];
  if (duration !== undefined && !/^\d{1,6}$/.test(duration)) {
    throw new ConfigError(`--session-duration must be a number of seconds, not '${duration}'`);
  }
  const role = readRole(flags);
  return {
    endpoint: readEndpoint(flags.endpoint ?? (environment.AWS_ENDPOINT_URL || "http://127.0.0.1:4566")),
    // Roles Anywhere is where its trust anchor is.
    region:
      flags.region ??
      role?.trustAnchorArn.split(":")[3] ??
      (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || "us-east-1"),
    certificate,
    chain: intermediates === undefined ? [] : readBundle("intermediates", intermediates),
    privateKey,
    durationSeconds: duration === undefined ? undefined : Number(duration),
    role,
  };
}

function readFlags(words: readonly string[]): Flags {
  try {
    return parseArgs({ args: [...words], options, strict: true }).values;
  } catch (error) {
    // parseArgs explains at length; its first sentence says which word is wrong.
    throw new ConfigError(error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error));
  }
}

function need(flags: Flags, name: keyof Flags): string {
  const value = flags[name];
  if (value === undefined) throw new ConfigError(`credential-process needs --${name}`);
  return value;
}

function readRole(flags: Flags): RoleToAssume | undefined {
  const names = ["role-arn", "profile-arn", "trust-anchor-arn"] as const;
  if (names.every((name) => flags[name] === undefined)) {
    if (flags["role-session-name"] === undefined) return undefined;
  }
  return {
    roleArn: need(flags, "role-arn"),
    profileArn: need(flags, "profile-arn"),
    trustAnchorArn: need(flags, "trust-anchor-arn"),
    roleSessionName: flags["role-session-name"],
  };
}

function readEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(`--endpoint must be an http:// or https:// URL, not '${text}'`);
  }
  return url;
}

function readText(flag: keyof Flags, path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    throw new ConfigError(`--${flag} cannot be read: ${reason(error)}`);
  }
}

function readBundle(flag: keyof Flags, path: string): string[] {
  try {
    const certificates = readCertificates(readText(flag, path));
    if (certificates.length === 0) throw new ConfigError(`--${flag} ${path} holds no certificate in PEM`);
    return certificates.map(({ der }) => Buffer.from(der).toString("base64"));
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw new ConfigError(`--${flag} ${path}: ${error.message}`);
  }
}

function readPrivateKey(path: string): KeyObject {
  const text = readText("private-key", path);
  try {
    return createPrivateKey(text);
  } catch {
    // What OpenSSL says of a key that it cannot read helps nobody, and the file is a secret.
    throw new ConfigError(`--private-key ${path} holds no private key in PEM, or one under a password`);
  }
}

/** What SDKs read from the standard output of a credential process. */
export interface ProcessCredentials {
  readonly Version: 1;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: string;
}

export function requestCredentials(process: CredentialProcess, clock: Clock): Promise<ProcessCredentials> {
  return process.role === undefined ? getSessionToken(process, clock) : createSession(process, process.role, clock);
}

async function getSessionToken(process: CredentialProcess, clock: Clock): Promise<ProcessCredentials> {
  const form = new URLSearchParams({ Action: "GetSessionToken", Version: "2011-06-15" });
  if (process.durationSeconds !== undefined) form.set("DurationSeconds", String(process.durationSeconds));
  const { ok, text } = await send(process, clock, "sts", {
    path: "/",
    query: "",
    type: "application/x-www-form-urlencoded; charset=utf-8",
    body: form.toString(),
  });
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  if (!ok) throw refusedWith(element("Code"), unescapeXml(element("Message")), process);
  return credentials(
    {
      accessKeyId: element("AccessKeyId"),
      secretAccessKey: element("SecretAccessKey"),
      sessionToken: element("SessionToken"),
      expiration: element("Expiration"),
    },
    process,
  );
}

/** IAM Roles Anywhere, in the form of aws/rolesanywhere-credential-helper: what names things is in the query. */
async function createSession(
  process: CredentialProcess,
  role: RoleToAssume,
  clock: Clock,
): Promise<ProcessCredentials> {
  const { profileArn, roleArn, trustAnchorArn, roleSessionName } = role;
  const query = Object.entries({ profileArn, roleArn, trustAnchorArn });
  const { ok, text, errorType } = await send(process, clock, "rolesanywhere", {
    path: "/sessions",
    query: query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&"),
    type: "application/json",
    body: JSON.stringify({ durationSeconds: process.durationSeconds ?? 3600, roleSessionName }),
  });
  const answer = parseJson(text);
  if (!ok) throw refusedWith(errorType?.replace(/[:,].*/, ""), member(answer, "message"), process);
  const set = member(answer, "credentialSet");
  const given = member(Array.isArray(set) ? set[0] : undefined, "credentials");
  return credentials(
    {
      accessKeyId: member(given, "accessKeyId"),
      secretAccessKey: member(given, "secretAccessKey"),
      sessionToken: member(given, "sessionToken"),
      expiration: member(given, "expiration"),
    },
    process,
  );
}

const patience = 20_000;

async function send(
  { endpoint, region, certificate, chain, privateKey }: CredentialProcess,
  clock: Clock,
  service: string,
  { path, query, type, body }: { path: string; query: string; type: string; body: string },
): Promise<{ ok: boolean; text: string; errorType: string | null }> {
  const request: SignedRequest = {
    method: "POST",
    path,
    query,
    headers: new Map([
      ["host", endpoint.host],
      ["content-type", type],
    ]),
    body: Buffer.from(body),
  };
  const signed = signX509Request(request, { certificate, chain, privateKey }, { now: clock.now(), region, service });
  const url = new URL(endpoint);
  url.pathname = path;
  url.search = query;
  // fetch writes the Host header itself, from the same URL.
  const headers = [...signed.headers].filter(([name]) => name !== "host");
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(patience) });
    return { ok: response.ok, text: await response.text(), errorType: response.headers.get("x-amzn-errortype") };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new CredentialsRefused(`${endpoint.origin} cannot be asked: ${reason(cause)}`);
  }
}

function credentials(found: Readonly<Record<string, unknown>>, { endpoint }: CredentialProcess): ProcessCredentials {
  const text = (name: string): string => {
    const value = found[name];
    if (typeof value === "string" && value !== "") return value;
    throw new CredentialsRefused(`${endpoint.origin} answered without credentials`);
  };
  return {
    Version: 1,
    AccessKeyId: text("accessKeyId"),
    SecretAccessKey: text("secretAccessKey"),
    SessionToken: text("sessionToken"),
    Expiration: text("expiration"),
  };
}

function refusedWith(code: unknown, message: unknown, { endpoint }: CredentialProcess): CredentialsRefused {
  if (typeof code !== "string") return new CredentialsRefused(`${endpoint.origin} answered with no answer of AWS's`);
  // One line, whatever the other side sends.
  const words = typeof message === "string" && message !== "" ? `${code}: ${message}` : code;
  return new CredentialsRefused(words.replaceAll(/\s+/g, " "));
}

function member(value: unknown, name: string): unknown {
  const isObject = typeof value === "object" && value !== null && Object.hasOwn(value, name);
  return isObject ? (value as Record<string, unknown>)[name] : undefined; // it is an object that has it
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unescapeXml(text: string | undefined): string | undefined {
  return text
    ?.replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
