/** Answers of AWS as recorded (recorded-signing-certificates.json), with the redactions filled in. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Answer } from "./wire.ts";

const file = new URL("recorded-signing-certificates.json", import.meta.url);
const { recorded }: { recorded: Record<string, Record<string, unknown>> } = JSON.parse(readFileSync(file, "utf8"));

export function pem(name: "one" | "two" | "three"): string {
  return readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), "utf8");
}

/** The recorded answer of one step, a refusal with its HTTP status. */
export function recordedAnswer(test: string, step: string, redactions: Readonly<Record<string, string>>): Answer {
  const answer = recorded[test]?.[step];
  assert.ok(answer !== undefined, `${test} has no step ${step}`);
  let text = JSON.stringify(answer);
  for (const [redaction, value] of Object.entries({
    "<partition>": "aws",
    "<datetime>": "2026-03-05T12:00:00Z",
    ...redactions,
  })) {
    text = text.replaceAll(redaction, () => JSON.stringify(value).slice(1, -1));
  }
  assert.doesNotMatch(text, /<[a-z-]+(:\d)?>/, "a redaction is not filled in");
  const { Error: error, ...result } = JSON.parse(text);
  if (error === undefined) return result;
  const status = { NoSuchEntity: 404, MalformedCertificate: 400, LimitExceeded: 409 }[String(error.Code)];
  assert.ok(status !== undefined);
  return { status, Code: error.Code, Message: error.Message };
}
