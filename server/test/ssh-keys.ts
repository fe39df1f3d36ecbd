import { readFileSync } from "node:fs";

interface SshKey {
  readonly line: string;
  readonly pem: string;
  readonly fingerprint: string;
}

type Six<T> = readonly [T, T, T, T, T, T];

/** RSA-2048, each in both forms and with its fingerprint, made with Python's `cryptography`; their private keys are not kept. */
export const sshKeys = JSON.parse(
  readFileSync(new URL("vectors/ssh-keys.json", import.meta.url), "utf8"),
) as Six<SshKey>; // the file's own shape
