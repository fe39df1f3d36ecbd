import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { parseArgs } from "node:util";
import { ConfigError, settings } from "./config.ts";
import { signRequest } from "./crypto/sigv4.ts";
import { dataDirectory, reason } from "./data-directory.ts";
import type { Clock } from "./runtime/clock.ts";
import type { OutboxMessage } from "./services/cognito/messages/outbox.ts";

/**
 * `countersign outbox`: messages to pool users, read with root's access key: the one in the environment, of the process
 * that AWS_ENDPOINT_URL points at, or else, and with `--data`, that of the process started with the data directory.
 */
export interface OutboxCommand {
  readonly endpoint: URL;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly query: URLSearchParams;
  readonly isJson: boolean;
}

/** Why nothing can be shown: one line, for a person. */
export class OutboxRefused extends Error {
  override readonly name = "OutboxRefused";
}

const options = {
  to: { type: "string" },
  "user-pool-id": { type: "string" },
  limit: { type: "string" },
  json: { type: "boolean" },
  data: { type: "string" },
} as const;

type Flags = { readonly [Name in keyof typeof options]?: string | boolean | undefined };

/** `words` are the arguments that follow the command. */
export function readOutboxCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): OutboxCommand {
  const flags = readFlags(words);
  const query = new URLSearchParams();
  if (flags.to !== undefined) query.set("to", String(flags.to));
  if (flags["user-pool-id"] !== undefined) query.set("userPoolId", String(flags["user-pool-id"]));
  if (flags.limit !== undefined) query.set("limit", String(flags.limit));
  const isTold =
    flags.data === undefined && Boolean(environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY);
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = isTold
    ? environment
    : readEnvFile(flags.data === undefined ? undefined : String(flags.data), environment);
  const url = AWS_ENDPOINT_URL || "http://127.0.0.1:4566";
  if (!URL.canParse(url)) throw new ConfigError(`AWS_ENDPOINT_URL must be a URL, not '${url}'`);
  return {
    endpoint: new URL(url),
    accessKeyId: AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
    query,
    isJson: flags.json === true,
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

/** What a start wrote for `countersign env`: exports for a shell, some of them in quotes. */
function readEnvFile(
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const fallback = settings.find(({ flag }) => flag === "data")?.fallback ?? "";
  const directory = given ?? (environment.COUNTERSIGN_DATA || fallback);
  const { env } = dataDirectory(directory.replace(/^~(?=\/)/, environment.HOME || homedir()));
  let text: string;
  try {
    text = readFileSync(env, "utf8");
  } catch {
    throw new ConfigError(`nothing has been started with the data directory ${directory}`);
  }
  const lines = text.matchAll(/^export (AWS_(?:ENDPOINT_URL|ACCESS_KEY_ID|SECRET_ACCESS_KEY))=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = "", value = ""]) => [name, unquoted(value)]));
}

function unquoted(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("'\\''", "'") : text;
}

const patience = 20_000;

/** What the command prints. */
export async function outboxText(command: OutboxCommand, clock: Clock): Promise<string> {
  const answer = await request(command, clock);
  if (command.isJson) return `${JSON.stringify(answer, undefined, 2)}\n`;
  if (answer.messages.length === 0) return "No messages.\n";
  return answer.messages.map(readable).join("\n");
}

interface Answer {
  readonly messages: readonly OutboxMessage[];
}

async function request({ endpoint, query, ...credentials }: OutboxCommand, clock: Clock): Promise<Answer> {
  const url = new URL(endpoint);
  url.pathname = "/_countersign/outbox";
  url.search = query.toString();
  const unsigned = {
    method: "GET",
    path: url.pathname,
    query: url.search.slice(1),
    headers: new Map([["host", url.host]]),
    body: new Uint8Array(0),
  };
  const scope = { now: clock.now(), region: "us-east-1", service: "countersign" };
  const { headers } = signRequest(unsigned, credentials, scope);
  let response: Response;
  let text: string;
  try {
    // fetch writes the Host header itself, from the same URL.
    const own = [...headers].filter(([name]) => name !== "host");
    response = await fetch(url, { headers: own, signal: AbortSignal.timeout(patience) });
    text = await response.text();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new OutboxRefused(`${url.origin} cannot be asked: ${reason(cause)}`);
  }
  const answer = parsed(text);
  if (response.ok && "messages" in answer) return answer as Answer; // Countersign's own, by its path
  const why = "message" in answer ? `: ${String(answer.message)}` : "";
  throw new OutboxRefused(shown(`${url.origin} refuses${why}`).replaceAll("\n", " "));
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function readable(message: OutboxMessage): string {
  const { createdAt, kind, medium, destination, username, userPoolId, state, failure } = message;
  const outcome = failure === undefined ? state : `${state}: ${failure}`;
  const lines = [
    `${createdAt} ${kind}, ${medium} to ${destination} for ${username} of ${userPoolId} (${outcome})`,
    ...(message.subject === undefined ? [] : [`  ${message.subject}`]),
    ...(message.message === undefined ? [] : message.message.split("\n").map((line) => `  ${line}`)),
    ...(message.link === undefined ? [] : [`  ${message.link}`]),
  ];
  return `${shown(lines.join("\n"))}\n`;
}

/** Users choose names, and what a terminal takes for commands must not be among them. */
function shown(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, "\u{FFFD}");
}
