import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { ConfigError, settings } from "./config.ts";
import { type SigningCredentials, signRequest } from "./crypto/sigv4.ts";
import { dataDirectory, reason } from "./data-directory.ts";
import type { Clock } from "./runtime/clock.ts";

/**
 * A running process, for commands that read from it, with root's access key: the one in the environment, of the process
 * that AWS_ENDPOINT_URL points at, or else, and with `--data`, that of the process started with the data directory.
 */
export interface RunningProcess {
  readonly endpoint: URL;
  readonly credentials: SigningCredentials;
}

/** Why nothing can be shown: one line, for a person. */
export class ControlRefused extends Error {
  override readonly name = "ControlRefused";
}

/** `data` is what `--data` says. */
export function findProcess(
  data: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): RunningProcess {
  const isTold = data === undefined && Boolean(environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY);
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = isTold
    ? environment
    : readEnvFile(data, environment);
  const url = AWS_ENDPOINT_URL || "http://127.0.0.1:4566";
  if (!URL.canParse(url)) throw new ConfigError(`AWS_ENDPOINT_URL must be a URL, not '${url}'`);
  return {
    endpoint: new URL(url),
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID ?? "", secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "" },
  };
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

/** What GET of a path under `/_countersign` answers: an object that has `member`, which tells it from a stranger's. */
export async function readFromProcess(
  { endpoint, credentials }: RunningProcess,
  clock: Clock,
  name: string,
  query: URLSearchParams,
  member: string,
): Promise<object> {
  const url = new URL(endpoint);
  url.pathname = `/_countersign/${name}`;
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
    const own = [...headers].filter(([header]) => header !== "host");
    response = await fetch(url, { headers: own, signal: AbortSignal.timeout(patience) });
    text = await response.text();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new ControlRefused(`${url.origin} cannot be asked: ${reason(cause)}`);
  }
  const answer = parsed(text);
  if (response.ok && member in answer) return answer;
  const why = "message" in answer ? `: ${String(answer.message)}` : "";
  throw new ControlRefused(shown(`${url.origin} refuses${why}`).replaceAll("\n", " "));
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Users choose names, and what a terminal takes for commands must not be among them. */
export function shown(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, "\u{FFFD}");
}
