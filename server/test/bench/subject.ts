import { ask, load, once } from "./load.ts";
import type { Pool } from "./pool.ts";
import { rootCredentials, type Server } from "./servers.ts";
import { type Credentials, createSigner, type Signer } from "./signer.ts";

/** A server with users in it, and what it takes to ask it: Countersign or moto, seeded alike, through the API. */
export interface Subject {
  readonly server: Server;
  readonly root: Signer;
  /** An IAM user whose policy has an Allow and a Deny: root's requests would not meet a policy. */
  readonly caller: Signer;
  readonly users: readonly string[];
  /** Of the users, those with two signing certificates. */
  readonly certified: readonly string[];
  /** Where operations of user pools are measured. */
  readonly pool: Pool | undefined;
  /** For names that nobody has yet. */
  serial: number;
  /** How many certificates of the pool are taken. */
  certificatesTaken: number;
}

export interface Seed {
  readonly pool?: Pool | undefined;
  readonly users: number;
  readonly certified: number;
  readonly certificates: readonly string[];
}

const callerName = "bench-caller";
/** What a careful team gives a machine: what it needs, and not what would hide its tracks. */
const policy = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["iam:*", "sts:*", "cognito-idp:*"], Resource: "*" },
    { Effect: "Deny", Action: ["iam:Delete*", "iam:UpdateAccessKey"], Resource: `arn:aws:iam::*:user/${callerName}` },
  ],
};

export function userName(index: number): string {
  return `user-${String(index).padStart(6, "0")}`;
}

export async function seedSubject(server: Server, seed: Seed): Promise<Subject> {
  const root = createSigner(server.port, rootCredentials, () => new Date());
  const caller = createSigner(server.port, await makeCaller(server, root), () => new Date());
  const users = Array.from({ length: seed.users }, (_, at) => userName(at));
  await createUsers(server, root, users);
  const certified: string[] = [];
  const step = Math.floor(seed.users / seed.certified);
  for (let at = 0; certified.length < seed.certified; at += step) certified.push(userName(at));
  const uploads = certified.flatMap((name, at) =>
    [2 * at, 2 * at + 1].map((number) =>
      root.query("iam", {
        Action: "UploadSigningCertificate",
        UserName: name,
        CertificateBody: seed.certificates[number] ?? "",
      }),
    ),
  );
  await all(server, uploads);
  return { server, root, caller, users, certified, pool: seed.pool, serial: 0, certificatesTaken: uploads.length };
}

/** In pieces, so that a hundred thousand signed requests need not be held at once, nor grow old. */
export async function createUsers(server: Server, signer: Signer, names: readonly string[]): Promise<void> {
  const piece = 10_000;
  for (let from = 0; from < names.length; from += piece) {
    const part = names.slice(from, from + piece);
    await all(
      server,
      part.map((name) => signer.query("iam", { Action: "CreateUser", UserName: name })),
    );
  }
}

/** Each of them succeeds, or the bench cannot go on. */
export async function all(server: Server, requests: readonly Buffer[], connections = 64): Promise<number> {
  const result = await load({ port: server.port, connections, milliseconds: 600_000, requests: once(requests) });
  if (result.failed > 0 || result.answered !== requests.length) {
    throw new Error(`${result.failed} of ${requests.length} requests failed: ${result.firstFailure}`);
  }
  return result.seconds;
}

/** Names that nobody has yet. */
export function fresh(subject: Subject, prefix: string, count: number): string[] {
  return Array.from({ length: count }, () => `${prefix}-${String(subject.serial++).padStart(7, "0")}`);
}

/** The bodies of the answers, in the order of the requests. */
export async function allAnswers(server: Server, requests: readonly Buffer[], connections = 64): Promise<string[]> {
  const answers: string[] = [];
  for (let from = 0; from < requests.length; from += connections) {
    const part = requests.slice(from, from + connections);
    answers.push(...(await Promise.all(part.map((request) => succeed(server, request)))));
  }
  return answers;
}

export async function succeed(server: Server, request: Buffer): Promise<string> {
  const { status, body } = await ask(server.port, request);
  if (status !== 200) throw new Error(`${status} ${body}`);
  return body;
}

async function makeCaller(server: Server, root: Signer): Promise<Credentials> {
  await succeed(server, root.query("iam", { Action: "CreateUser", UserName: callerName }));
  await succeed(
    server,
    root.query("iam", {
      Action: "PutUserPolicy",
      UserName: callerName,
      PolicyName: "bench",
      PolicyDocument: JSON.stringify(policy),
    }),
  );
  const body = await succeed(server, root.query("iam", { Action: "CreateAccessKey", UserName: callerName }));
  const member = (name: string): string => new RegExp(`<${name}>([^<]+)<`).exec(body)?.[1] ?? "";
  return { accessKeyId: member("AccessKeyId"), secretAccessKey: member("SecretAccessKey") };
}
