import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ConfigError, flagError } from "./config.ts";
import { reason } from "./data-directory.ts";
import { type Listener, listen } from "./endpoints/listen.ts";
import { Refused } from "./mock-idp/http.ts";
import { type KeyFiles, MockKeys } from "./mock-idp/keys.ts";
import { mockIdp, type RunningMockIdp } from "./mock-idp/mock-idp.ts";
import { isRsa, readCertificate, readServiceProvider, type ServiceProvider } from "./mock-idp/service-provider.ts";
import { defaultUsers, type MockUser, readUsers, UsersError } from "./mock-idp/users.ts";
import { isLoopbackAddress } from "./runtime/addresses.ts";
import type { Clock } from "./runtime/clock.ts";
import { createKeyPairs, type KeyPairs } from "./runtime/key-pairs.ts";
import type { Log } from "./runtime/log.ts";
import type { Random } from "./runtime/random.ts";
import { SamlError } from "./saml/saml-error.ts";

/** `countersign mock-idp`: an identity provider for trying federation offline. */
export interface MockIdpCommand {
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end; undefined for the address and port it listens on. */
  readonly publicUrl: string | undefined;
  readonly users: readonly MockUser[];
  readonly signIn: string | undefined;
  readonly requireSignedRequests: boolean;
  /** Files. */
  readonly spCertificates: readonly string[];
  /** URLs and files. */
  readonly spMetadata: readonly string[];
  /** PEM. */
  readonly encryptFor: string | undefined;
  readonly client: { readonly id: string; readonly secret: string };
  readonly allowedOrigins: readonly string[];
  readonly dataDirectory: string | undefined;
  /** Milliseconds that its clock is ahead, for rehearsals with a server whose clock was moved. */
  readonly clockOffset: number;
}

const options = {
  host: { type: "string", default: "127.0.0.1" },
  port: { type: "string", default: "8080" },
  "public-url": { type: "string" },
  users: { type: "string" },
  "sign-in": { type: "string" },
  "require-signed-requests": { type: "boolean", default: false },
  "sp-certificate": { type: "string", multiple: true },
  "sp-metadata": { type: "string", multiple: true },
  "encrypt-to": { type: "string" },
  "client-id": { type: "string", default: "countersign" },
  "client-secret": { type: "string", default: "secret" },
  "allow-origin": { type: "string", multiple: true },
  "data-dir": { type: "string" },
  "clock-offset": { type: "string", default: "0d" },
} as const;

/** `words` are the arguments that follow the command. */
export function readMockIdpCommand(words: readonly string[]): MockIdpCommand {
  const flags = readFlags(words);
  const port = Number(flags.port);
  if (!/^\d{1,5}$/.test(flags.port) || port > 65_535) {
    throw new ConfigError(`--port must be a number from 0 to 65535, not '${flags.port}'`);
  }
  const allowedOrigins = flags["allow-origin"] ?? [];
  for (const origin of allowedOrigins) requireOrigin("allow-origin", origin);
  const publicUrl = flags["public-url"];
  if (publicUrl !== undefined) requireOrigin("public-url", publicUrl);
  const spCertificates = flags["sp-certificate"] ?? [];
  const spMetadata = flags["sp-metadata"] ?? [];
  const requireSignedRequests = flags["require-signed-requests"];
  if (requireSignedRequests && spCertificates.length === 0 && spMetadata.length === 0) {
    throw new ConfigError("--require-signed-requests needs --sp-certificate or --sp-metadata to check them with");
  }
  for (const path of spCertificates) certificateIn("sp-certificate", path);
  const encryptTo = flags["encrypt-to"];
  return {
    host: flags.host,
    port,
    publicUrl: publicUrl?.replace(/\/+$/, ""),
    users: flags.users === undefined ? defaultUsers : usersIn(flags.users),
    signIn: flags["sign-in"],
    requireSignedRequests,
    spCertificates,
    spMetadata,
    encryptFor: encryptTo === undefined ? undefined : encryptionCertificateIn(encryptTo),
    client: { id: flags["client-id"], secret: flags["client-secret"] },
    allowedOrigins,
    dataDirectory: flags["data-dir"],
    clockOffset: readOffset(flags["clock-offset"]),
  };
}

function readFlags(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, strict: true }).values;
  } catch (error) {
    throw flagError(error);
  }
}

function requireOrigin(flag: string, text: string): void {
  if (!/^https?:\/\/[^\s/?#@]+\/?$/.test(text) || !URL.canParse(text)) {
    throw new ConfigError(`--${flag} must be like https://app.example.com, not '${text}'`);
  }
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

function readOffset(text: string): number {
  const [, number = "", unit = ""] = /^(-?\d{1,5})([hd])$/.exec(text) ?? [];
  const milliseconds = units[unit];
  if (milliseconds === undefined) throw new ConfigError(`--clock-offset must be like 366d or -2h, not '${text}'`);
  return Number(number) * milliseconds;
}

function usersIn(path: string): readonly MockUser[] {
  try {
    return readUsers(textOf("users", path));
  } catch (error) {
    throw error instanceof UsersError ? new ConfigError(`--users ${path}: ${error.message}`) : error;
  }
}

function certificateIn(flag: string, path: string): string {
  try {
    return readCertificate(textOf(flag, path));
  } catch (error) {
    throw error instanceof SamlError ? new ConfigError(`--${flag} ${path}: ${error.message}`) : error;
  }
}

function encryptionCertificateIn(path: string): string {
  const certificate = certificateIn("encrypt-to", path);
  if (!isRsa(certificate))
    throw new ConfigError(`--encrypt-to ${path}: its key is not RSA, and cannot be encrypted to`);
  return certificate;
}

function textOf(flag: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError(`--${flag} ${path} cannot be read: ${reason(error)}`);
  }
}

export interface StartedMockIdp extends Omit<RunningMockIdp, "endpoint"> {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startMockIdp(
  command: MockIdpCommand,
  parts: { readonly clock: Clock; readonly random: Random; readonly log: Log },
): Promise<StartedMockIdp> {
  const { random, log } = parts;
  const clock: Clock = { now: () => parts.clock.now() + command.clockOffset };
  const keyPairs: KeyPairs = createKeyPairs({ ready: 0, burst: 0 });
  const files = command.dataDirectory === undefined ? undefined : keyFiles(command.dataDirectory);
  const keys = new MockKeys({ makePair: () => keyPairs.takeOrMake(), clock, random, files });
  let idp: RunningMockIdp | undefined;
  const listener: Listener = await listen({
    host: command.host,
    port: command.port,
    log,
    // It is known by the port that it was given.
    endpoint: (request) => idp?.endpoint(request) ?? { status: 503, headers: [], body: "" },
  });
  const host = command.host.includes(":") ? `[${command.host}]` : command.host;
  const url = `http://${host}:${listener.port}`;
  if (!isLoopback(command.host)) {
    log.warn("reachable from other machines: whoever asks is signed in as anybody, without a password", { url });
  }
  idp = mockIdp({
    baseUrl: command.publicUrl ?? url,
    clock,
    random,
    keys,
    users: command.users,
    signIn: command.signIn,
    requireSignedRequests: command.requireSignedRequests,
    serviceProviders: readsServiceProviders(command.spMetadata, parts.clock),
    requestCertificates: () => command.spCertificates.map((path) => certificateAt(path)),
    encryptFor: command.encryptFor,
    client: command.client,
    allowedOrigins: command.allowedOrigins,
  });
  return {
    url,
    metadataUrl: idp.metadataUrl,
    issuer: idp.issuer,
    stop: async () => {
      await listener.stop(1_000);
      keyPairs.close();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || isLoopbackAddress(host);
}

/** Read again for each request: whoever rehearses a change of certificates puts another one into the file. */
function certificateAt(path: string): string {
  try {
    return certificateIn("sp-certificate", path);
  } catch (error) {
    throw error instanceof ConfigError ? new Refused(`${error.message}.`) : error;
  }
}

/** For their owner alone. */
function keyFiles(directory: string): KeyFiles {
  const pathOf = (name: string) => join(directory, `mock-idp-${name}.pem`);
  return {
    read: (name) => (existsSync(pathOf(name)) ? readFileSync(pathOf(name), "utf8") : undefined),
    write(name, text) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileSync(pathOf(name), text, { mode: 0o600, flag: "wx" });
    },
  };
}

const metadataFor = 10_000;
const bounds = { timeoutMs: 5_000, bytes: 524_288 };

/** Kept for ten seconds. One that cannot be read is refused by name, when somebody signs in. */
function readsServiceProviders(sources: readonly string[], clock: Clock): () => Promise<readonly ServiceProvider[]> {
  let known: { readonly at: number; readonly providers: Promise<readonly ServiceProvider[]> } | undefined;
  return () => {
    const now = clock.now();
    if (known === undefined || now - known.at >= metadataFor) {
      const providers = Promise.all(sources.map(serviceProviderAt));
      known = { at: now, providers };
      providers.catch(() => {
        known = undefined;
      });
    }
    return known.providers;
  };
}

async function serviceProviderAt(source: string): Promise<ServiceProvider> {
  try {
    return readServiceProvider(/^https?:\/\//.test(source) ? await fetched(source) : readFileSync(source, "utf8"));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof SamlError ? cause.message : reason(cause);
    throw new Refused(`The metadata of the service provider, ${source}, cannot be read: ${why}`);
  }
}

async function fetched(url: string): Promise<string> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(bounds.timeoutMs) });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > bounds.bytes) throw new Error("it is too long");
    chunks.push(chunk);
  }
  if (!response.ok) throw new Error(`it answers ${response.status}`);
  return Buffer.concat(chunks).toString();
}
