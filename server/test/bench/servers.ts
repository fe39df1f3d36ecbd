import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { BareAnswer } from "./bare.ts";
import { type Answer, ask } from "./load.ts";
import { type CpuClock, processCpu, threadsCpu } from "./process-usage.ts";
import { type Credentials, createSigner } from "./signer.ts";

export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Milliseconds from the process's start to its first good answer. */
  readonly startMilliseconds: number;
  /** What it has used so far. */
  cpuMilliseconds(): number;
  stop(): Promise<void>;
}

/** What AWS's documentation shows; here it is root's. */
export const rootCredentials: Credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

const startLimit = 60_000;
const stopLimit = 10_000;
const running = new Set<ChildProcess>();
// Whatever ends the bench, no server of its own outlives it.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

export interface Start {
  /** Where the process's own files go: its log and, for Countersign, the database. */
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** For Node: --cpu-prof, --import. */
  readonly nodeOptions?: readonly string[];
}

/** As a user starts it, with a port of its own, quotas that a bench does not meet, and without AWS's request rates. */
export async function startCountersign({ directory, environment = {}, nodeOptions = [] }: Start): Promise<Server> {
  const script = join(import.meta.dirname, "../../bin/countersign.js");
  const words = ["start", "--port", "0", "--data", join(directory, "data"), "--auth", "full", "--rate-limits", "off"];
  const started = startNode(
    [...nodeOptions, script, ...words, "--quotas", "UsersPerAccount=10000000,RolesPerAccount=10000000"],
    directory,
    {
      ...environment,
      AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
    },
  );
  return answering(started);
}

/** node:http alone, answering what was learnt from Countersign. */
export async function startBare(
  answers: readonly Answer[],
  { directory, environment = {}, nodeOptions = [] }: Start,
): Promise<Server> {
  const file = join(directory, "answers.json");
  writeFileSync(file, JSON.stringify(answers.map(bareAnswer)));
  const script = join(import.meta.dirname, "bare.ts");
  const server = await answering(startNode([...nodeOptions, script, file], directory, environment), toBare);
  for (const [index, expected] of answers.entries()) {
    const given = await ask(
      server.port,
      toBare(Buffer.from("POST / HTTP/1.1\r\nhost: bench\r\ncontent-length: 0\r\n\r\n"), index),
    );
    if (withoutDate(given.head) !== withoutDate(expected.head) || given.body !== expected.body) {
      throw new Error(`node:http answers other bytes than Countersign did:\n${given.head}\n---\n${expected.head}`);
    }
  }
  return server;
}

/** The same request, for the bare server's table: one byte longer, before its path. */
export function toBare(request: Buffer, index = 0): Buffer {
  const path = request.indexOf("/") + 1;
  return Buffer.concat([request.subarray(0, path), Buffer.from(index.toString(36)), request.subarray(path)]);
}

/** These node:http sends of itself. */
const ownHeaders = new Set(["date", "connection", "keep-alive"]);

function bareAnswer({ status, head, body }: Answer): BareAnswer {
  const headers: string[] = [];
  for (const line of head.split("\r\n").slice(1)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    if (!ownHeaders.has(name.toLowerCase())) headers.push(name, line.slice(colon + 1).trim());
  }
  return { status, headers, body };
}

function withoutDate(head: string): string {
  return head.replace(/\r\nDate: [^\r]*/i, "");
}

export interface Python {
  readonly executable: string;
  readonly motoVersion: string;
  readonly gunicorn: boolean;
}

/** The first of these Pythons that has moto; none is no error. */
export async function findPython(candidates: readonly string[]): Promise<Python | undefined> {
  const script =
    "import importlib.util as u, json, moto, sys; " +
    "print(json.dumps([sys.executable, moto.__version__, u.find_spec('gunicorn') is not None]))";
  for (const candidate of candidates) {
    try {
      const { stdout } = await promisify(execFile)(candidate, ["-c", script]);
      const [executable, motoVersion, gunicorn] = JSON.parse(stdout) as [string, string, boolean]; // printed by the script
      return { executable, motoVersion, gunicorn };
    } catch {
      // Not there, or without moto: the next one.
    }
  }
  return undefined;
}

/** Faster than moto's own server by a fifth. One process, since moto's state is in its memory. */
const gunicornScript = `
import sys
from gunicorn.app.base import BaseApplication
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
class Moto(BaseApplication):
    def load_config(self):
        options = dict(bind="127.0.0.1:" + sys.argv[1], workers=1, worker_class="gthread", threads=16, keepalive=30, timeout=600, loglevel="error")
        for name, value in options.items(): self.cfg.set(name, value)
    def load(self):
        return DomainDispatcherApplication(create_backend_app)
Moto().run()
`;

export async function startMoto({ executable, gunicorn }: Python, directory: string): Promise<Server> {
  const port = await freePort();
  const words = gunicorn ? ["-c", gunicornScript, `${port}`] : ["-m", "moto.server", "-p", `${port}`];
  const startedAt = performance.now();
  const log = openSync(join(directory, "moto.log"), "a");
  const child = spawn(executable, words, {
    stdio: ["ignore", log, log],
    env: { ...process.env, MOTO_PORT: `${port}` },
  });
  closeSync(log);
  return answering({
    child,
    startedAt,
    port: () => Promise.resolve(port),
    cpu: processCpu,
    log: join(directory, "moto.log"),
  });
}

interface Started {
  readonly child: ChildProcess;
  readonly startedAt: number;
  port(): Promise<number>;
  readonly cpu: CpuClock;
  /** The file of what it says on standard error. */
  readonly log: string;
}

function startNode(
  words: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>>,
): Started {
  const logFile = join(directory, "server.log");
  const log = openSync(logFile, "a");
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...words], {
    stdio: ["ignore", "pipe", log],
    env: { ...process.env, ...environment },
  });
  closeSync(log);
  const port = (): Promise<number> =>
    new Promise((resolve, reject) => {
      let said = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        said += chunk;
        const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
        if (found !== null) resolve(Number(found[1]));
      });
      child.once("exit", () => {
        reject(new Error(`the server ended without a ready line:\n${readFileSync(logFile, "utf8").slice(-2000)}`));
      });
    });
  return { child, startedAt, port, cpu: threadsCpu, log: logFile };
}

/** Asks who it is until the answer is good: how a server tells that it serves. */
async function answering(started: Started, adapt: (request: Buffer) => Buffer = (request) => request): Promise<Server> {
  const { child, startedAt } = started;
  running.add(child);
  let ended = false;
  child.once("exit", () => {
    ended = true;
    running.delete(child);
  });
  const port = await started.port();
  const request = adapt(
    createSigner(port, rootCredentials, () => new Date()).query("sts", { Action: "GetCallerIdentity" }),
  );
  let answer: Answer | undefined;
  while (answer?.status !== 200) {
    if (ended || performance.now() - startedAt > startLimit) {
      child.kill("SIGKILL");
      const words = readFileSync(started.log, "utf8").slice(-2000);
      throw new Error(`the server does not answer: ${answer?.status ?? ""} ${answer?.body ?? ""}\n${words}`);
    }
    try {
      answer = await ask(port, request);
    } catch {
      // Not listening yet.
      await sleep(2);
    }
  }
  const startMilliseconds = performance.now() - startedAt;
  const pid = child.pid ?? 0;
  return { pid, port, startMilliseconds, cpuMilliseconds: () => started.cpu(pid), stop: () => stop(child) };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!running.has(child)) return resolve();
    const late = setTimeout(() => child.kill("SIGKILL"), stopLimit);
    child.once("exit", () => {
      clearTimeout(late);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
