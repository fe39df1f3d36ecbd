/** Countersign as people start it: a process of its own, spoken to over sockets. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

export const bin = fileURLToPath(new URL("../../bin/countersign.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

export interface Started {
  readonly endpoint: string;
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** What clients take. */
  readonly config: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    maxAttempts: number;
  };
}

/** Root's key in every process here, brought along in the environment. */
export const rootKey = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** A directory that is gone when the tests of the calling file are over. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), "countersign-test-"));
  after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function launch(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { child: ChildProcessWithoutNullStreams; ended: Promise<Ended> } {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [bin, ...words], {
    env: {
      PATH,
      HOME,
      AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      ...environment,
    },
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, output, errors }));
  });
  after(() => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    return ended;
  });
  return { child, ended };
}

/** Resolves when the process says that it listens; rejects with what it said where it ends instead. */
export function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Started> {
  const { child, ended } = launch(["start", "--port", "0", ...words], environment);
  return new Promise((resolve, reject) => {
    let seen = "";
    child.stdout.on("data", (chunk) => {
      seen += chunk;
      const endpoint = /^Countersign listening on (http:\/\/\S+)\n/m.exec(seen)?.[1];
      if (endpoint === undefined) return;
      const config = { endpoint, region: "us-east-1", credentials: rootKey, maxAttempts: 1 };
      resolve({ endpoint, child, ended, config });
    });
    ended.then(({ code, errors }) => reject(new Error(`ended with ${code}: ${errors}`)));
  });
}

/** Runs a command to its end. */
export function execute(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return launch(words, environment).ended;
}
