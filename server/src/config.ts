import { homedir } from "node:os";
import { parseArgs } from "node:util";
import type { AuthMode } from "./access/authorize.ts";
import { isCidr } from "./runtime/addresses.ts";
import type { LogFormat, LogLevel } from "./runtime/log.ts";
import { defaultQuotas, type Quotas } from "./services/quotas.ts";

/** What a start is told. Every setting is a flag, `--log-format`, and a variable, `COUNTERSIGN_LOG_FORMAT`; the flag wins. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly memory: boolean;
  readonly database: string | undefined;
  readonly auth: AuthMode;
  readonly accountId: string;
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
  /** A file, to which a line is added for each request. */
  readonly auditLog: string | undefined;
  readonly allowReset: boolean;
  readonly testClock: boolean;
  readonly loopbackIssuers: boolean;
  /** Ranges in which identity providers may be asked. */
  readonly privateNetworks: readonly string[];
  /** Whether SAML identity providers may sign with SHA-1. */
  readonly samlSha1: boolean;
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly quotas: Quotas;
  /** Whether requests that come too often are refused. */
  readonly rateLimits: boolean;
  /** A JSON list of service control policies. */
  readonly scp: string | undefined;
  /** One to a line. */
  readonly compromisedPasswords: string | undefined;
  /** Trust anchors and profiles of IAM Roles Anywhere, JSON. */
  readonly rolesAnywhere: string | undefined;
  /** AWS's managed policies besides those that are shipped. */
  readonly managedPolicies: string | undefined;
  /** Where Lambda functions are: NAME=TARGET pairs, or the path of a JSON file; empty for none. */
  readonly lambda: string;
  readonly lambdaEndpoint: string | undefined;
  /** What signs requests to Invoke. */
  readonly lambdaCredentials: LambdaCredentials | undefined;
  /** base64 of 32 bytes, from the environment alone: command lines are read by everyone on the machine. */
  readonly masterKey: string | undefined;
  /** These two URLs may hold passwords: they are shown nowhere. */
  readonly smtp: string | undefined;
  readonly smsWebhook: string | undefined;
  /** Not empty where there is `smtp`. */
  readonly smtpFrom: string;
  /** Root's access key for a first start, where the environment brings one. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

export interface LambdaCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A setting that cannot be used: one line, for a person. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

interface Setting {
  readonly flag: string;
  /** What stands for the value in the help; absent for switches. */
  readonly value?: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** The one table of settings: the help and the README's table are printed from it. */
export const settings = [
  { flag: "host", value: "ADDRESS", fallback: "127.0.0.1", meaning: "address to listen on" },
  { flag: "port", value: "PORT", fallback: "4566", meaning: "port to listen on; 0 takes a free one" },
  {
    flag: "data",
    value: "DIR",
    fallback: "~/.local/share/countersign",
    meaning: "directory of the database and its master key",
  },
  { flag: "memory", fallback: "false", meaning: "keep everything in memory; nothing outlives the process" },
  { flag: "database", value: "URL", fallback: "", meaning: "postgres://… to keep the data in PostgreSQL" },
  {
    flag: "auth",
    value: "MODE",
    fallback: "full",
    meaning: "full, signature (no policies) or off (any credentials are root)",
  },
  {
    flag: "account",
    value: "ID",
    fallback: "000000000000",
    meaning: "the account that a first start creates, 12 digits",
  },
  { flag: "log-format", value: "FORMAT", fallback: "text", meaning: "text or json, on standard error" },
  { flag: "log-level", value: "LEVEL", fallback: "info", meaning: "debug (each request), info, warn, error or silent" },
  {
    flag: "audit-log",
    value: "FILE",
    fallback: "",
    meaning: "a file that each request adds a line to, JSON as CloudTrail's, without secrets",
  },
  {
    flag: "quotas",
    value: "LIST",
    fallback: "",
    meaning: "quotas other than AWS's: UsersPerAccount=100000,GroupsPerAccount=500",
  },
  {
    flag: "rate-limits",
    value: "MODE",
    fallback: "",
    meaning: "on or off: AWS's request rates of user pools, with TooManyRequestsException; on, unless --auth is off",
  },
  {
    flag: "managed-policies",
    value: "FILE",
    fallback: "",
    meaning:
      "more of AWS's managed policies, as get-account-authorization-details --filter AWSManagedPolicy prints them",
  },
  {
    flag: "scp",
    value: "FILE",
    fallback: "",
    meaning: "service control policies that bind every account, a JSON list; FullAWSAccess among them, as on AWS",
  },
  {
    flag: "compromised-passwords",
    value: "FILE",
    fallback: "",
    meaning: "passwords that everybody knows, or their SHA-1, one to a line, for the threat protection of user pools",
  },
  {
    flag: "roles-anywhere",
    value: "FILE",
    fallback: "",
    meaning: "trust anchors and profiles of IAM Roles Anywhere, JSON",
  },
  { flag: "allow-reset", fallback: "false", meaning: "allow POST /_countersign/reset on a database that is kept" },
  {
    flag: "public-url",
    value: "URL",
    fallback: "",
    meaning: "where others find this server, if not at its address and port: the issuer of its tokens",
  },
  {
    flag: "loopback-issuers",
    fallback: "false",
    meaning: "allow OpenID Connect providers at http://localhost, for tests of federation",
  },
  {
    flag: "private-networks",
    value: "LIST",
    fallback: "",
    meaning: "ranges in which identity providers may be asked, as 10.0.0.0/8,fd00::/8; else none but public",
  },
  {
    flag: "saml-sha1",
    fallback: "false",
    meaning: "believe SAML identity providers that sign with SHA-1, which can be forged",
  },
  {
    flag: "smtp",
    value: "URL",
    fallback: "",
    meaning: "smtp://… or smtps://…, by which emails to pool users go; without, countersign outbox shows them",
  },
  {
    flag: "smtp-from",
    value: "ADDRESS",
    fallback: "",
    meaning: "the sender of those emails, where a user pool names none; needed with --smtp",
  },
  {
    flag: "sms-webhook",
    value: "URL",
    fallback: "",
    meaning: "where text messages to pool users are posted as JSON; without, countersign outbox shows them",
  },
  {
    flag: "lambda",
    value: "LIST",
    fallback: "",
    meaning:
      "where functions of user pools are: NAME=http://…,NAME=module.js#handler, or a JSON file of names and targets",
  },
  {
    flag: "lambda-endpoint",
    value: "URL",
    fallback: "",
    meaning: "an endpoint of the AWS Lambda API, for all other functions of user pools",
  },
  { flag: "test-clock", fallback: "false", meaning: "allow POST /_countersign/clock to move the clock" },
] as const satisfies readonly Setting[];

type Flag = (typeof settings)[number]["flag"];

/** Flags first, then the environment, then the defaults. `words` are the arguments that follow the command. */
export function readConfig(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const flags = readFlags(words);
  const text = (flag: Flag): string => {
    const variable = `COUNTERSIGN_${flag.replaceAll("-", "_").toUpperCase()}`;
    const fallback = settings.find((setting) => setting.flag === flag)?.fallback ?? "";
    return flags.get(flag) ?? (environment[variable] || fallback);
  };
  const oneOf = <const T extends string>(flag: Flag, allowed: readonly T[]): T => {
    const given = text(flag);
    const found = allowed.find((candidate) => candidate === given);
    if (found === undefined) throw new ConfigError(`--${flag} must be ${allowed.join(", ")}, not '${given}'`);
    return found;
  };
  const isOn = (flag: Flag): boolean => {
    const given = text(flag).toLowerCase();
    if (["true", "1", "yes"].includes(given)) return true;
    if (["false", "0", "no"].includes(given)) return false;
    throw new ConfigError(`--${flag} must be true or false, not '${given}'`);
  };
  const port = Number(text("port"));
  if (!/^\d{1,5}$/.test(text("port")) || port > 65_535) {
    throw new ConfigError(`--port must be a number from 0 to 65535, not '${text("port")}'`);
  }
  const auth = oneOf("auth", ["full", "signature", "off"]);
  const accountId = text("account");
  if (!/^\d{12}$/.test(accountId)) throw new ConfigError(`--account must be 12 digits, not '${accountId}'`);
  const database = text("database") || undefined;
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
    throw new ConfigError("--database must be a postgres:// URL");
  }
  const memory = isOn("memory");
  if (memory && database !== undefined) throw new ConfigError("--memory and --database exclude each other");
  const smtp = readTransport("smtp", text("smtp"), ["smtp:", "smtps:"]);
  const smtpFrom = text("smtp-from");
  if (smtp !== undefined && smtpFrom === "") throw new ConfigError("--smtp needs --smtp-from");
  const id = environment.AWS_ACCESS_KEY_ID || undefined;
  const secret = environment.AWS_SECRET_ACCESS_KEY || undefined;
  return {
    host: text("host"),
    port,
    dataDirectory: text("data").replace(/^~(?=\/)/, environment.HOME || homedir()),
    memory,
    database,
    auth,
    accountId,
    logFormat: oneOf("log-format", ["text", "json"]),
    logLevel: oneOf("log-level", ["debug", "info", "warn", "error", "silent"]),
    auditLog: text("audit-log") || undefined,
    allowReset: isOn("allow-reset"),
    testClock: isOn("test-clock"),
    loopbackIssuers: isOn("loopback-issuers"),
    privateNetworks: readNetworks(text("private-networks")),
    samlSha1: isOn("saml-sha1"),
    publicUrl: readPublicUrl(text("public-url")),
    quotas: readQuotas(text("quotas")),
    rateLimits: text("rate-limits") === "" ? auth !== "off" : oneOf("rate-limits", ["on", "off"]) === "on",
    scp: text("scp") || undefined,
    compromisedPasswords: text("compromised-passwords") || undefined,
    rolesAnywhere: text("roles-anywhere") || undefined,
    managedPolicies: text("managed-policies") || undefined,
    lambda: text("lambda"),
    lambdaEndpoint: text("lambda-endpoint") || undefined,
    lambdaCredentials: readLambdaCredentials(environment),
    masterKey: environment.COUNTERSIGN_MASTER_KEY || undefined,
    smtp,
    smsWebhook: readTransport("sms-webhook", text("sms-webhook"), ["http:", "https:"]),
    smtpFrom,
    credentials: id === undefined || secret === undefined ? undefined : { accessKeyId: id, secretAccessKey: secret },
  };
}

function readFlags(words: readonly string[]): Map<string, string> {
  const options: Record<string, { type: "string" | "boolean" }> = {};
  for (const setting of settings) options[setting.flag] = { type: "value" in setting ? "string" : "boolean" };
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true });
    return new Map(Object.entries(values).map(([flag, value]) => [flag, String(value)]));
  } catch (error) {
    throw flagError(error);
  }
}

/** What parseArgs threw. It explains at length; its first sentence says which word is wrong. */
export function flagError(error: unknown): ConfigError {
  return new ConfigError(error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error));
}

/** From the environment alone, and never root's own: that key is of this server, not of where functions are. */
function readLambdaCredentials(
  environment: Readonly<Record<string, string | undefined>>,
): LambdaCredentials | undefined {
  const accessKeyId = environment.COUNTERSIGN_LAMBDA_ACCESS_KEY_ID || undefined;
  const secretAccessKey = environment.COUNTERSIGN_LAMBDA_SECRET_ACCESS_KEY || undefined;
  const sessionToken = environment.COUNTERSIGN_LAMBDA_SESSION_TOKEN || undefined;
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ConfigError("COUNTERSIGN_LAMBDA_ACCESS_KEY_ID and COUNTERSIGN_LAMBDA_SECRET_ACCESS_KEY go together");
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

function readPublicUrl(text: string): string | undefined {
  if (text === "") return undefined;
  if (!/^https?:\/\/[^\s?#@]+$/.test(text) || !URL.canParse(text)) {
    throw new ConfigError(`--public-url must be an http:// or https:// URL, not '${text}'`);
  }
  return text.replace(/\/+$/, "");
}

function readNetworks(list: string): readonly string[] {
  const ranges = list === "" ? [] : list.split(",");
  const wrong = ranges.find((range) => !isCidr(range));
  if (wrong !== undefined) throw new ConfigError(`--private-networks needs ranges as 10.0.0.0/8, not '${wrong}'`);
  return ranges;
}

function readTransport(flag: Flag, text: string, protocols: readonly string[]): string | undefined {
  if (text === "") return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWhole = url !== undefined && url.hostname !== "" && decodes(url.username) && decodes(url.password);
  if (!isWhole || !protocols.includes(url.protocol)) {
    // It may hold a password, so it is not repeated.
    throw new ConfigError(
      `--${flag} must be a URL that begins with ${protocols.map((name) => `${name}//`).join(" or ")}`,
    );
  }
  return text;
}

function decodes(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}

function readQuotas(list: string): Quotas {
  const quotas: Record<string, number> = { ...defaultQuotas };
  for (const entry of list === "" ? [] : list.split(",")) {
    const [name = "", value = ""] = entry.split("=");
    if (!Object.hasOwn(quotas, name)) throw new ConfigError(`--quotas knows no '${name}'`);
    if (!/^\d{1,9}$/.test(value)) throw new ConfigError(`--quotas needs a number for ${name}, not '${value}'`);
    quotas[name] = Number(value);
  }
  return quotas as Quotas; // every name was checked against the table it started as
}

export function help(version: string): string {
  const rows = settings.map((setting): [string, string] => {
    const flag = `--${setting.flag}${"value" in setting ? ` ${setting.value}` : ""}`;
    const shown = setting.fallback === "" || setting.fallback === "false" ? "" : ` (${setting.fallback})`;
    return [flag, setting.meaning + shown];
  });
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
  return `countersign ${version}: IAM, STS and Cognito user pools behind one endpoint

usage: countersign [start] [settings]   run until SIGTERM or Ctrl-C
       countersign env [settings]       print how to point AWS clients here: eval "$(countersign env)"
       countersign outbox [--to ADDRESS] [--user-pool-id ID] [--limit NUMBER] [--json] [--data DIR]
                                        print messages to pool users, the newest first
       countersign certificates [--expiring TIME] [--json] [--data DIR]
                                        print every signing and encryption certificate, and when it ends; with
                                        --expiring 30d only those that end so soon, and then exit with 2
       countersign credential-process --certificate FILE --private-key FILE [--intermediates FILE]
                   [--role-arn ARN --profile-arn ARN --trust-anchor-arn ARN [--role-session-name NAME]]
                   [--session-duration SECONDS] [--endpoint URL] [--region REGION]
                                        print temporary credentials, for credential_process in ~/.aws/config
       countersign mock-idp [--port PORT] [--host ADDRESS] [--public-url URL] [--users FILE] [--sign-in NAME]
                   [--sp-metadata URL|FILE]... [--sp-certificate FILE]... [--require-signed-requests]
                   [--encrypt-to FILE] [--client-id ID] [--client-secret SECRET] [--allow-origin URL]...
                   [--data-dir DIR] [--clock-offset TIME]
                                        run an identity provider for trying federation, SAML and OpenID Connect
       countersign --help | --version

settings, each also as COUNTERSIGN_… in the environment:
${rows.map(([flag, meaning]) => `  ${flag.padEnd(width)}${meaning}`).join("\n")}

COUNTERSIGN_MASTER_KEY holds base64 of 32 bytes in place of the data directory's master.key. A first start takes
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY as root's access key, or makes one. Requests to --lambda-endpoint are signed
where there are COUNTERSIGN_LAMBDA_ACCESS_KEY_ID and COUNTERSIGN_LAMBDA_SECRET_ACCESS_KEY.
`;
}
