import { homedir } from "node:os";
import { parseArgs } from "node:util";
import type { AuthMode } from "./access/authorize.ts";
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
  readonly allowReset: boolean;
  readonly testClock: boolean;
  readonly loopbackIssuers: boolean;
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly quotas: Quotas;
  /** A JSON list of service control policies. */
  readonly scp: string | undefined;
  /** Trust anchors and profiles of IAM Roles Anywhere, JSON. */
  readonly rolesAnywhere: string | undefined;
  /** AWS's managed policies besides those that are shipped. */
  readonly managedPolicies: string | undefined;
  /** base64 of 32 bytes, from the environment alone: command lines are read by everyone on the machine. */
  readonly masterKey: string | undefined;
  /** Root's access key for a first start, where the environment brings one. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
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
    flag: "quotas",
    value: "LIST",
    fallback: "",
    meaning: "quotas other than AWS's: UsersPerAccount=100000,GroupsPerAccount=500",
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
  const accountId = text("account");
  if (!/^\d{12}$/.test(accountId)) throw new ConfigError(`--account must be 12 digits, not '${accountId}'`);
  const database = text("database") || undefined;
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
    throw new ConfigError("--database must be a postgres:// URL");
  }
  const memory = isOn("memory");
  if (memory && database !== undefined) throw new ConfigError("--memory and --database exclude each other");
  const id = environment.AWS_ACCESS_KEY_ID || undefined;
  const secret = environment.AWS_SECRET_ACCESS_KEY || undefined;
  return {
    host: text("host"),
    port,
    dataDirectory: text("data").replace(/^~(?=\/)/, environment.HOME || homedir()),
    memory,
    database,
    auth: oneOf("auth", ["full", "signature", "off"]),
    accountId,
    logFormat: oneOf("log-format", ["text", "json"]),
    logLevel: oneOf("log-level", ["debug", "info", "warn", "error", "silent"]),
    allowReset: isOn("allow-reset"),
    testClock: isOn("test-clock"),
    loopbackIssuers: isOn("loopback-issuers"),
    publicUrl: readPublicUrl(text("public-url")),
    quotas: readQuotas(text("quotas")),
    scp: text("scp") || undefined,
    rolesAnywhere: text("roles-anywhere") || undefined,
    managedPolicies: text("managed-policies") || undefined,
    masterKey: environment.COUNTERSIGN_MASTER_KEY || undefined,
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
    // parseArgs explains at length; its first sentence says which word is wrong.
    throw new ConfigError(error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error));
  }
}

function readPublicUrl(text: string): string | undefined {
  if (text === "") return undefined;
  if (!/^https?:\/\/[^\s?#@]+$/.test(text) || !URL.canParse(text)) {
    throw new ConfigError(`--public-url must be an http:// or https:// URL, not '${text}'`);
  }
  return text.replace(/\/+$/, "");
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
       countersign credential-process --certificate FILE --private-key FILE [--intermediates FILE]
                   [--role-arn ARN --profile-arn ARN --trust-anchor-arn ARN [--role-session-name NAME]]
                   [--session-duration SECONDS] [--endpoint URL] [--region REGION]
                                        print temporary credentials, for credential_process in ~/.aws/config
       countersign --help | --version

settings, each also as COUNTERSIGN_… in the environment:
${rows.map(([flag, meaning]) => `  ${flag.padEnd(width)}${meaning}`).join("\n")}

COUNTERSIGN_MASTER_KEY holds base64 of 32 bytes in place of the data directory's master.key. A first start takes
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY as root's access key, or makes one.
`;
}
