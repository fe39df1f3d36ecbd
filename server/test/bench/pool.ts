import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Requests } from "./load.ts";
import { rootCredentials, type Server, type Start, startCountersign } from "./servers.ts";
import { createSigner, unsigned } from "./signer.ts";
import { allAnswers, succeed } from "./subject.ts";

/** A user pool with users, made by seed-pool.ts. */
export interface Pool {
  readonly id: string;
  readonly clientId: string;
  /** Those who can sign in, evenly among all. */
  readonly signers: readonly string[];
}

/** What seed-pool.ts is given. */
export interface PoolSeed {
  readonly data: string;
  readonly poolId: string;
  readonly users: number;
  readonly signers: readonly number[];
  readonly password: string;
}

export const password = "Correct-horse-7-battery";
const mostSigners = 1000;

export function poolUserName(index: number): string {
  return `user-${String(index).padStart(7, "0")}`;
}

/** A pool and a client for it, that users sign in with by password and by SRP. */
export async function createPool(server: Server): Promise<Pick<Pool, "id" | "clientId">> {
  const root = createSigner(server.port, rootCredentials, () => new Date());
  const pool = await succeed(server, root.json("CreateUserPool", { PoolName: "bench" }));
  const id = /"Id":"([^"]+)"/.exec(pool)?.[1] ?? "";
  const client = await succeed(
    server,
    root.json("CreateUserPoolClient", {
      UserPoolId: id,
      ClientName: "bench",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  return { id, clientId: /"ClientId":"([^"]+)"/.exec(client)?.[1] ?? "" };
}

/**
 * A Countersign with a pool of so many users. Its first start makes pool and client; then, while nobody has the database
 * open, a process of its own writes the users; the second start is the one that is measured.
 */
export async function startWithPool(
  start: Start,
  users: number,
  progress: (words: string) => void,
): Promise<{ server: Server; pool: Pool }> {
  const first = await startCountersign({ directory: start.directory });
  const { id, clientId } = await createPool(first).finally(() => first.stop());
  const step = Math.max(1, Math.floor(users / mostSigners));
  const signers = Array.from({ length: Math.min(users, mostSigners) }, (_, at) => at * step);
  await seedPool({ data: join(start.directory, "data"), poolId: id, users, signers, password }, progress);
  const server = await startCountersign(start);
  const root = createSigner(server.port, rootCredentials, () => new Date());
  const described = await succeed(server, root.json("DescribeUserPool", { UserPoolId: id }));
  const counted = Number(/"EstimatedNumberOfUsers":(\d+)/.exec(described)?.[1]);
  if (counted !== users) throw new Error(`the pool has ${counted} users, not ${users}`);
  return { server, pool: { id, clientId, signers: signers.map(poolUserName) } };
}

function seedPool(seed: PoolSeed, progress: (words: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, "seed-pool.ts");
    const child = spawn(process.execPath, [script, JSON.stringify(seed)], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.on("data", (chunk: Buffer) => {
      for (const line of chunk.toString().split("\n")) if (line !== "") progress(line);
    });
    const end = (): void => {
      child.kill("SIGKILL");
    };
    process.once("exit", end);
    child.once("exit", (code) => {
      process.off("exit", end);
      if (code === 0) resolve();
      else reject(new Error(`seeding a user pool ended with ${code}`));
    });
  });
}

export function byPassword(
  { port }: Pick<Server, "port">,
  { clientId }: Pick<Pool, "clientId">,
  USERNAME: string,
): Buffer {
  return unsigned(port, "InitiateAuth", {
    ClientId: clientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: password },
  });
}

const tokens = new WeakMap<Server, Promise<string[]>>();

/** An access token of each who can sign in: signed in once, when first asked. */
export function accessTokens(server: Server, pool: Pool): Promise<string[]> {
  const made = tokens.get(server) ?? signInAll(server, pool);
  tokens.set(server, made);
  return made;
}

async function signInAll(server: Server, pool: Pool): Promise<string[]> {
  const answers = await allAnswers(
    server,
    pool.signers.map((name) => byPassword(server, pool, name)),
  );
  return answers.map((body) => {
    const token = /"AccessToken":"([^"]+)"/.exec(body)?.[1];
    if (token === undefined) throw new Error(`no token: ${body.slice(0, 500)}`);
    return token;
  });
}

/** Of `requests`, the first ones of sign-ins by SRP are followed by the second ones; others are left alone. */
export function following(requests: Requests, follow: NonNullable<Requests["follow"]>): Requests {
  return Object.assign((): Buffer | undefined => requests(), { follow });
}
