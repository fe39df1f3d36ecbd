import { sha1 } from "../../../crypto/digest.ts";
import type { Call } from "../../operation.ts";
import type { ClientContext, PoolContext } from "../app-clients/app-client.ts";
import { threatMode } from "./auth-event.ts";
import { riskSettingsFor } from "./risk-configuration.ts";

/** Passwords that everybody knows. */
export interface CompromisedPasswords {
  has(password: string): boolean;
}

/** A list that cannot be used: one line, for a person. */
export class PasswordListError extends Error {
  override readonly name = "PasswordListError";
}

/** What is kept of each takes about a hundred bytes. */
const mostPasswords = 2_000_000;

const digest = /^[\da-f]{40}(?::\d{1,12})?$/i;

/** A password or its SHA-1 in hexadecimal on each line, as the lists are that go round; a count may follow the digest. */
export function readCompromisedPasswords(text: string, most = mostPasswords): CompromisedPasswords {
  const digests = new Set<string>();
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, text[end - 1] === "\r" && end > start ? end - 1 : end);
    start = end + 1;
    if (line === "") continue;
    digests.add(digest.test(line) ? Buffer.from(line.slice(0, 40), "hex").toString("base64") : sha1(line));
    if (digests.size > most) throw new PasswordListError(`no more than ${most} passwords can be held`);
  }
  return { has: (password) => digests.has(sha1(password)) };
}

export type PasswordEvent = "SIGN_IN" | "SIGN_UP" | "PASSWORD_CHANGE";

/** Whether the password is one of them, where the pool looks, and what the pool says is to be done about it. */
export async function findCompromised(
  { environment }: Pick<Call, "environment">,
  context: PoolContext & Partial<Pick<ClientContext, "client">>,
  password: string,
  event: PasswordEvent,
): Promise<"BLOCK" | "NO_ACTION" | undefined> {
  const mode = threatMode(context.configuration);
  if (mode === undefined || environment.compromisedPasswords?.has(password) !== true) return undefined;
  const { CompromisedCredentialsRiskConfiguration: settings } = await environment.store.read((tx) =>
    riskSettingsFor(tx, context.pool.pool_id, context.client?.client_id ?? ""),
  );
  if (settings?.EventFilter?.includes(event) !== true) return undefined;
  return mode === "ENFORCED" && settings.Actions?.EventAction === "BLOCK" ? "BLOCK" : "NO_ACTION";
}

/** For passwords that users choose. */
export async function requireUncompromised(
  call: Call<"InvalidPasswordException">,
  context: PoolContext & Partial<Pick<ClientContext, "client">>,
  password: string,
  event: PasswordEvent,
): Promise<void> {
  if ((await findCompromised(call, context, password, event)) === "BLOCK") {
    // Reported from AWS.
    call.fail("InvalidPasswordException", "Provided password cannot be used for security reasons.");
  }
}
