import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { certificatesText, readCertificatesCommand } from "./certificates-command.ts";
import { type Config, ConfigError, help, readConfig } from "./config.ts";
import { ControlRefused } from "./control-request.ts";
import { CredentialsRefused, readCredentialProcess, requestCredentials } from "./credential-process.ts";
import { dataDirectory, openDataDirectory, reason, writeEnvFile } from "./data-directory.ts";
import { type Running, start } from "./main.ts";
import { outboxText, readOutboxCommand } from "./outbox-command.ts";
import { systemClock } from "./runtime/clock.ts";
import { createLog, type Log } from "./runtime/log.ts";
import { systemRandom } from "./runtime/random.ts";
import { WrongMasterKey } from "./services/first-start.ts";
import { PolicyCatalogError } from "./services/iam/managed-policies/aws-policies.ts";
import { StoreError } from "./store/store.ts";
import { version } from "./version.ts";

const [command, ...rest] = process.argv.slice(2);

try {
  if (command === "--help" || command === "-h" || command === "help") process.stdout.write(help(version));
  else if (command === "--version") console.log(version);
  else if (command === "env") printEnv(readConfig(rest, process.env));
  else if (command === "credential-process") await printCredentials(rest);
  else if (command === "outbox") {
    process.stdout.write(await outboxText(readOutboxCommand(rest, process.env), systemClock));
  } else if (command === "mock-idp") await runMockIdp(rest);
  else if (command === "certificates") await printCertificates(rest);
  else if (command === "start") await run(readConfig(rest, process.env));
  else if (command === undefined || command.startsWith("-")) await run(readConfig(process.argv.slice(2), process.env));
  else throw new ConfigError(`unknown command '${command}': countersign --help lists them`);
} catch (error) {
  const line = explain(error);
  if (line === undefined) throw error;
  console.error(`countersign: ${line}`);
  process.exitCode = 1;
}

async function run(config: Config): Promise<void> {
  const log = createLog({
    format: config.logFormat,
    level: config.logLevel,
    write: (line) => process.stderr.write(line),
  });
  const running = await start(config, { log });
  const directory = dataDirectory(config.dataDirectory);
  try {
    writeEnvFile(openDataDirectory(directory.path), exportsOf(running));
  } catch (error) {
    // In memory nothing else needs the directory, so a read-only home is no reason not to start.
    if (!config.memory) throw error;
    log.warn("countersign env will not know this process", { reason: reason(error) });
  }
  if (running.isFirstStart) {
    log.info(`account ${running.accountId} made; point AWS clients here with: eval "$(countersign env)"`);
    if (config.credentials !== undefined) {
      // Whoever has keys of a real account in the shell should know that they are now in a file as well.
      log.warn(`root's access key was taken from AWS_ACCESS_KEY_ID: ${config.credentials.accessKeyId}`);
    }
  }
  endWhenTold(log, async () => {
    await running.stop();
    if (config.memory) rmSync(directory.env, { force: true });
  });
  // Last, since whoever waits for this line may stop the process at once.
  console.log(`Countersign listening on ${running.endpoint}`);
}

/** On SIGTERM and SIGINT, and with npm. */
function endWhenTold(log: Log, end: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: string) => {
    // A second signal means now.
    if (stopping) process.exit(1);
    stopping = true;
    log.info("stopping", { signal });
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error("stopping failed", { error });
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  if (process.env.npm_lifecycle_event !== undefined) stopWithParent(stop);
}

/** npm ends on SIGTERM without telling what it started, which then would run on for ever: the parent is watched instead. */
function stopWithParent(stop: (signal: string) => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop("end of parent");
  }, 500);
  watch.unref();
}

function exportsOf({ endpoint, credentials }: Running): string {
  return [
    `export AWS_ENDPOINT_URL=${endpoint}`,
    `export AWS_ACCESS_KEY_ID=${quoted(credentials.accessKeyId)}`,
    `export AWS_SECRET_ACCESS_KEY=${quoted(credentials.secretAccessKey)}`,
    // The CLI and boto3 read the one, the SDKs for JavaScript, Go and Rust the other.
    "export AWS_DEFAULT_REGION=us-east-1 AWS_REGION=us-east-1",
    // A token left over from real AWS would be sent along and refused.
    "unset AWS_SESSION_TOKEN AWS_PROFILE",
    "",
  ].join("\n");
}

/** For a POSIX shell: what a user brought along may hold anything. */
function quoted(text: string): string {
  return /^[\w+/=.-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function printEnv(config: Config): void {
  const { env } = dataDirectory(config.dataDirectory);
  if (!existsSync(env))
    throw new ConfigError(`nothing has been started with the data directory ${config.dataDirectory}`);
  process.stdout.write(readFileSync(env, "utf8"));
}

/** For `credential_process` in a config file of AWS's SDKs, which take all that is on standard output for credentials. */
async function printCredentials(words: readonly string[]): Promise<void> {
  const credentials = await requestCredentials(readCredentialProcess(words, process.env), systemClock);
  process.stdout.write(`${JSON.stringify(credentials)}\n`);
}

async function runMockIdp(words: readonly string[]): Promise<void> {
  // Loaded when asked for: a server has no use for it.
  const { readMockIdpCommand, startMockIdp } = await import("./mock-idp-command.ts");
  const command = readMockIdpCommand(words);
  const log = createLog({ format: "text", level: "info", write: (line) => process.stderr.write(line) });
  const started = await startMockIdp(command, { clock: systemClock, random: systemRandom(), log });
  endWhenTold(log, () => started.stop());
  console.log(`SAML metadata: ${started.metadataUrl}`);
  console.log(`OpenID Connect issuer: ${started.issuer}, client: ${command.client.id}`);
  console.log(`Mock identity provider listening on ${started.url}`);
}

/** Ends with 2 where certificates end soon and only those were asked for, so that whoever runs it by the clock is told. */
async function printCertificates(words: readonly string[]): Promise<void> {
  const command = readCertificatesCommand(words, process.env);
  let count = 0;
  for await (const { text, certificates } of certificatesText(command, systemClock)) {
    count += certificates;
    // Lists can be longer than memory is large.
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  }
  if (command.expiring !== undefined && count > 0) process.exitCode = 2;
}

/** One line for what a person can put right; undefined for a fault of ours, which keeps its stack. */
function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof StoreError) return error.message;
  if (error instanceof CredentialsRefused || error instanceof ControlRefused) return error.message;
  if (error instanceof WrongMasterKey || error instanceof PolicyCatalogError) return error.message;
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  const where = "address" in error && "port" in error ? `${String(error.address)}:${String(error.port)}` : "";
  if (code === "EADDRINUSE") return `${where} is taken: choose another with --port, or 0 for a free one`;
  if (code === "EACCES" || code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `cannot listen: ${error.message}`;
  return undefined;
}
