/**
 * Answers recorded from AWS, told as cases in test/vectors/recorded, and what it takes to hold ours against them.
 *
 * `<user-name:1>` stands for what AWS chose or a recording has masked: its first occurrence in an answer takes the
 * value found there, if it has the form that AWS gives such values, and every later one must be equal. The names that a
 * caller chooses are the case's own `values`. `<datetime>` stands for any time, `<epoch>` for one in seconds with up to
 * three decimals, `<count>` for any whole number.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { totp, totpStep } from "../../src/crypto/totp.ts";
import { seedOf } from "../mfa.ts";
import { clientWork } from "./client-work.ts";
import type { Transport } from "./json-wire.ts";

export interface RecordedCase {
  readonly name: string;
  /** Who recorded it, where, and when. */
  readonly source: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** AWS's own managed policies are in the store. */
  readonly awsPolicies?: true;
  readonly steps: readonly Step[];
}

/** One request. Without `answer` or `error` it is not of the recording, only needed for what follows. */
export interface Step {
  readonly operation: string;
  /** Where it is not the service of the folder. */
  readonly service?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** A signer of an earlier step; else the account's root. */
  readonly as?: string;
  /** How it shows who sends it, where it is not as clients do. Of services that speak JSON. */
  readonly transport?: Transport;
  /** What its credentials are called in later steps. */
  readonly signer?: string;
  /** Values for later steps, by their paths in the answer. */
  readonly keep?: Readonly<Record<string, string>>;
  /** For later steps, the codes that were last sent to these addresses. */
  readonly sent?: Readonly<Record<string, string>>;
  /** It is refused, and that is all that matters for what follows. */
  readonly fails?: true;
  /** So much time has passed before it. */
  readonly afterSeconds?: number;
  /** What the recording calls this answer. */
  readonly recorded?: string;
  readonly answer?: unknown;
  /** Members that AWS's model has got since the recording was made, and answers have them. */
  readonly later?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string | null; readonly status: number };
}

export interface Unreplayed {
  readonly source: string;
  readonly recorded: string;
  readonly reason: string;
}

const vectors = new URL("../vectors/", import.meta.url);

export function readCases(service: string): { readonly file: string; readonly cases: readonly RecordedCase[] }[] {
  const folder = new URL(`recorded/${service}/`, vectors);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => ({ file, cases: JSON.parse(readFileSync(new URL(file, folder), "utf8")) }));
}

export function recordedServices(): string[] {
  return readdirSync(new URL("recorded/", vectors), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

export function readUnreplayed(): readonly Unreplayed[] {
  return JSON.parse(readFileSync(new URL("recorded/unreplayed.json", vectors), "utf8"));
}

const pem = /^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----\n$/;
const uniqueId = (prefix: string) => new RegExp(`^${prefix}[A-Z2-7]{17}$`);

/** What AWS's values look like. A placeholder that is neither here nor a value of the case is a fault of the case. */
const forms: Readonly<Record<string, RegExp>> = {
  "access-key-id": /^A[KS]IA[A-Z2-7]{16}$/,
  "secret-access-key": /^[A-Za-z0-9+/]{40}$/,
  "session-token": /^[A-Za-z0-9+/=]{100,}$/,
  "user-id": uniqueId("AIDA"),
  "group-id": uniqueId("AGPA"),
  "role-id": uniqueId("AROA"),
  "policy-id": uniqueId("ANPA"),
  "instance-profile-id": uniqueId("AIPA"),
  "server-certificate-id": uniqueId("ASCA"),
  "ssh-public-key-id": /^APKA[A-Z2-7]{16}$/,
  "certificate-id": /^[A-Z2-7]{32}$/,
  "certificate-body": pem,
  fingerprint: /^[0-9a-f]{2}(:[0-9a-f]{2}){15}$/,
  "base32-seed": /^[A-Z2-7]{64}$/,
  "user-pool-id": /^us-east-1_[0-9A-Za-z]{9}$/,
  "client-id": /^[0-9a-v]{25,26}$/,
  "client-secret": /^[0-9a-v]{51,52}$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  session: /^[\w+/=-]{20,2048}$/,
  "secret-block": /^[A-Za-z0-9+/]{100,}={0,2}$/,
  hex: /^[0-9a-f]+$/,
  jwt: /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/,
  "refresh-token": /^[\w.-]{100,}$/,
  distribution: /^[\w-]+\.cloudfront\.net$/,
  version: /^20\d{12}$/,
  "key-id": /^[A-Za-z0-9+/]{43}=$/,
  modulus: /^[\w-]{342}$/,
  // As Latin-1, like every blob here.
  "qr-code-png": /^\x89PNG\r\n/,
};
const datetime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const placeholder = /<([a-z][a-z0-9-]*(?::\d+)?)>/;

/** One replay of one case: what its placeholders stand for so far. */
export class Replay {
  readonly #values: Map<string, unknown>;
  readonly #now: () => number;

  constructor(values: Readonly<Record<string, unknown>>, now: () => number) {
    this.#now = now;
    this.#values = new Map(Object.entries(values).map(([name, value]) => [name, this.input(value, values)]));
  }

  /** An input as it is sent: placeholders filled in, and what would be too long to write down written out. */
  input(value: unknown, values: Readonly<Record<string, unknown>> = Object.fromEntries(this.#values ?? [])): unknown {
    if (typeof value === "string") {
      const whole = new RegExp(`^${placeholder.source}$`).exec(value)?.[1];
      if (whole !== undefined && whole in values) return values[whole];
      return value.replaceAll(new RegExp(placeholder, "g"), (_, name: string) => {
        assert.ok(name in values, `nothing is known of <${name}> yet`);
        return String(values[name]);
      });
    }
    if (Array.isArray(value)) return value.map((item) => this.input(item, values));
    if (!isObject(value)) return value;
    if ("$document" in value) return JSON.stringify(this.input(value.$document, values));
    if ("$repeat" in value) return String(value.$repeat).repeat(Number(value.times));
    if ("$list" in value) {
      return Array.from({ length: Number(value.times) }, (_, index) => {
        return this.input(value.$list, { ...values, index: String(index) });
      });
    }
    if ("$file" in value) {
      const text = readFileSync(new URL(String(value.$file), vectors), "latin1");
      if (value.trimmed === true) return text.trimEnd();
      if (!Array.isArray(value.at)) return text;
      let at: unknown = JSON.parse(text);
      for (const step of value.at) at = isObject(at) || Array.isArray(at) ? Reflect.get(at, step) : undefined;
      return at;
    }
    for (const [operator, work] of Object.entries(clientWork)) {
      if (operator in value) return work(textsOf(this.input(value[operator], values)), this.#now());
    }
    if ("$code" in value) {
      return totp(seedOf(String(this.input(value.$code, values))), totpStep(this.#now()) + Number(value.offset));
    }
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.input(item, values)]));
  }

  learn(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  /** Takes values for later steps from an answer. */
  keep(names: Readonly<Record<string, string>>, answer: unknown): void {
    for (const [name, path] of Object.entries(names)) {
      let at = plain(answer);
      for (const step of path.split(".")) at = isObject(at) || Array.isArray(at) ? Reflect.get(at, step) : undefined;
      assert.ok(at !== undefined, `the answer has no ${path}`);
      this.#values.set(name, at);
    }
  }

  /** The whole answer is what was recorded, and nothing is beside it. */
  compare(actual: unknown, recorded: unknown): void {
    const whole = plain(actual);
    assert.deepStrictEqual(whole, this.#filled(recorded, whole));
  }

  /** As `compare`, of an answer's text, down to the order of what is in it. */
  compareText(actual: string, recorded: unknown): void {
    if (typeof recorded === "string") {
      assert.equal(actual, this.#filledText(recorded, actual));
      return;
    }
    const whole = JSON.parse(actual);
    const filled = this.#filled(recorded, whole);
    // For its better report.
    assert.deepStrictEqual(whole, filled);
    assert.equal(actual, JSON.stringify(filled));
  }

  /** The recording with what its placeholders stand for, as far as the answer at hand can tell. */
  #filled(recorded: unknown, actual: unknown): unknown {
    if (typeof recorded === "string") return this.#filledText(recorded, actual);
    if (Array.isArray(recorded)) {
      const items = Array.isArray(actual) ? actual : [];
      return recorded.map((item, index) => this.#filled(item, items[index]));
    }
    if (!isObject(recorded)) return recorded;
    if ("$document" in recorded) {
      // Policy documents come URL-encoded; who recorded them has decoded and parsed them.
      const document = JSON.parse(decodeURIComponent(String(actual)));
      assert.deepStrictEqual(document, this.#filled(recorded.$document, document));
      return actual;
    }
    if ("$ordered-by" in recorded) {
      // By values that are drawn at random, all of which are known from earlier answers.
      const items = this.#filled(recorded.items, recorded.items);
      const keyOf = (item: unknown) => String(isObject(item) ? item[String(recorded["$ordered-by"])] : item);
      return Array.isArray(items) ? items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)) : items;
    }
    if ("$in-any-order" in recorded) return this.#inAnyOrder(String(recorded["$in-any-order"]), recorded.items, actual);
    if ("$jwt" in recorded) {
      // The order of claims differs from one token to the next on AWS.
      const [header, payload] = String(actual).split(".");
      const parts = [header, payload].map((part) => JSON.parse(Buffer.from(part ?? "", "base64url").toString()));
      assert.deepStrictEqual(parts, this.#filled(recorded.$jwt, parts));
      return actual;
    }
    if ("$report" in recorded) {
      this.#compareReport(recorded.$report, String(actual));
      return actual;
    }
    const members = isObject(actual) ? actual : {};
    return Object.fromEntries(
      Object.entries(recorded).map(([name, item]) => [name, this.#filled(item, members[name])]),
    );
  }

  /** Of lists in which AWS follows no order: each item is told by its name, and takes its recorded place. */
  #inAnyOrder(name: string, recorded: unknown, actual: unknown): unknown {
    if (!Array.isArray(recorded) || !Array.isArray(actual)) return recorded;
    const found = actual.map((item) => {
      const told = isObject(item) ? item[name] : undefined;
      return recorded.find((candidate) => isObject(candidate) && candidate[name] === told);
    });
    const isWhole = recorded.every((item) => found.includes(item)) && found.length === recorded.length;
    return this.#filled(isWhole ? found : recorded, actual);
  }

  #filledText(recorded: string, actual: unknown): unknown {
    if (recorded === "<count>") return Number.isSafeInteger(actual) && Number(actual) >= 0 ? actual : recorded;
    if (recorded === "<epoch>") return typeof actual === "number" && isEpoch(actual) ? actual : recorded;
    if (recorded === "<datetime>") return typeof actual === "string" && datetime.test(actual) ? actual : recorded;
    const names: string[] = [];
    const pattern = recorded.split(new RegExp(placeholder, "g")).map((part, index) => {
      if (index % 2 === 0) return escaped(part);
      if (this.#values.has(part)) return escaped(String(this.#values.get(part)));
      assert.ok(part.replace(/:\d+$/, "") in forms, `<${part}> is neither a value of the case nor of a known form`);
      if (names.includes(part)) return `\\${names.indexOf(part) + 1}`;
      names.push(part);
      return "([\\s\\S]+)";
    });
    const found = typeof actual === "string" ? new RegExp(`^${pattern.join("")}$`).exec(actual) : null;
    names.forEach((name, index) => {
      const value = found?.[index + 1];
      if (value !== undefined && forms[name.replace(/:\d+$/, "")]?.test(value)) this.#values.set(name, value);
    });
    return recorded.replaceAll(new RegExp(placeholder, "g"), (masked, name: string) => {
      return this.#values.has(name) ? String(this.#values.get(name)) : masked;
    });
  }

  /** Of a credential report the recording keeps the columns, and the rows of some users. */
  #compareReport(recorded: unknown, actual: string): void {
    assert.ok(isObject(recorded) && Array.isArray(recorded.field_names) && Array.isArray(recorded.users));
    const [columns = [], ...rows] = actual
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    assert.deepStrictEqual(columns, recorded.field_names);
    const reported = rows.map((row) => Object.fromEntries(row.map((field, index) => [columns[index], field])));
    for (const user of recorded.users) {
      assert.ok(isObject(user));
      const row = reported.find((found) => found.user === this.#filled(user.user, found.user));
      assert.deepStrictEqual(row, this.#filled(user, row));
    }
  }
}

function isEpoch(seconds: number): boolean {
  return seconds > 0 && Math.abs(seconds * 1000 - Math.round(seconds * 1000)) < 0.001;
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)])) : {};
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** An answer as recordings write it: times as text, blobs as Latin-1, no metadata, nothing that is undefined. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(/\.000Z$/, "Z");
  if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name, member]) => name !== "$metadata" && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
