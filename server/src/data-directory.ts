import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./config.ts";

/**
 * The directory a process keeps its files in: the database, the master key that seals its secrets, and `env`, from which
 * `countersign env` prints how to point clients here. Only its owner may enter.
 */
export interface DataDirectory {
  readonly path: string;
  readonly database: string;
  readonly masterKey: string;
  readonly env: string;
}

export function dataDirectory(path: string): DataDirectory {
  return { path, database: join(path, "countersign.db"), masterKey: join(path, "master.key"), env: join(path, "env") };
}

export function openDataDirectory(path: string): DataDirectory {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError(`cannot write to the data directory ${path}: ${reason(error)}`);
  }
  return dataDirectory(path);
}

/** 32 bytes from the file, or undefined where there is none yet. A key that others may read is no secret: refused. */
export function readMasterKey(directory: DataDirectory): Uint8Array | undefined {
  if (!existsSync(directory.masterKey)) return undefined;
  if ((statSync(directory.masterKey).mode & 0o077) !== 0) {
    throw new ConfigError(`${directory.masterKey} must be readable by its owner alone: chmod 600 it`);
  }
  return decodeMasterKey(readFileSync(directory.masterKey, "utf8").trim(), directory.masterKey);
}

export function writeMasterKey(directory: DataDirectory, key: Uint8Array): void {
  // `wx`: two first starts at once must not each believe in a key of their own.
  writeFileSync(directory.masterKey, `${Buffer.from(key).toString("base64")}\n`, {
    mode: 0o600,
    flag: "wx",
    flush: true,
  });
}

export function decodeMasterKey(text: string, source: string): Uint8Array {
  const key = Buffer.from(text, "base64");
  if (key.byteLength !== 32) throw new ConfigError(`${source} must hold base64 of 32 bytes`);
  return key;
}

/** What `countersign env` prints; written at each start, since host and port may differ. */
export function writeEnvFile(directory: DataDirectory, text: string): void {
  rmSync(directory.env, { force: true });
  writeFileSync(directory.env, text, { mode: 0o600 });
  chmodSync(directory.env, 0o600);
}

export function reason(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
