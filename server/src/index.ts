import { readConfig } from "./config.ts";
import { start } from "./main.ts";
import { shiftedClock } from "./runtime/clock.ts";
import { silentLog } from "./runtime/log.ts";

/** How `startCountersign` starts; everything may be left out. */
export interface CountersignOptions {
  /** `full` (default): signatures and policies. `signature`: signatures alone. `off`: any credentials are root. */
  readonly auth?: "full" | "signature" | "off";
  /** 12 digits; `000000000000` by default. */
  readonly accountId?: string;
  /** TCP port on 127.0.0.1; a free one by default. */
  readonly port?: number;
  /** Region of `clientConfig()`; `us-east-1` by default. */
  readonly region?: string;
  /** Time at which Countersign starts, from which its clock goes on; the machine's time by default. */
  readonly now?: Date;
}

/** What the AWS SDK's clients take: `new IAMClient(countersign.clientConfig())`. */
export interface ClientConfig {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

export interface Countersign {
  /** `http://127.0.0.1:port`. */
  readonly endpoint: string;
  /** Root's access key. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  clientConfig(): ClientConfig;
  /** Countersign's own clock: certificates expire and are renewed by it. Signing times are held against the machine's. */
  readonly clock: {
    now(): Date;
    set(at: Date): void;
    /** Moves forward by this many milliseconds. */
    advance(milliseconds: number): void;
  };
  /** Lets requests under way finish, then closes. */
  stop(): Promise<void>;
}

/**
 * Starts Countersign in this process, in memory, on a free port: for tests.
 *
 * ```ts
 * const countersign = await startCountersign();
 * const iam = new IAMClient(countersign.clientConfig());
 * await iam.send(new CreateUserCommand({ UserName: "ann" }));
 * await countersign.stop();
 * ```
 *
 * @throws ConfigError where an option cannot be used, or the error of node:net where the port is taken.
 */
export async function startCountersign(options: CountersignOptions = {}): Promise<Countersign> {
  const config = readConfig(
    [
      "--memory",
      ...["--auth", options.auth ?? "full"],
      // A test that makes a hundred users at once is no attack.
      ...["--rate-limits", "off"],
      ...["--account", options.accountId ?? "000000000000"],
      ...["--port", String(options.port ?? 0)],
    ],
    {},
  );
  const clock = shiftedClock();
  if (options.now !== undefined) clock.set(options.now.getTime());
  const running = await start(config, { log: silentLog, clock });
  const { endpoint, credentials } = running;
  return {
    endpoint,
    credentials,
    clientConfig: () => ({ endpoint, region: options.region ?? "us-east-1", credentials: { ...credentials } }),
    clock: {
      now: () => new Date(clock.now()),
      set: (at) => clock.set(at.getTime()),
      advance: (milliseconds) => clock.set(clock.now() + milliseconds),
    },
    stop: () => running.stop(),
  };
}
