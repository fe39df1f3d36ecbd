/** The codes that a test's users were sent, read as root reads them. */
import { readOutbox } from "../src/services/cognito/messages/outbox.ts";
import { type Harness, testAccount } from "./harness.ts";

/** The newest message to this address; the refusal of an assertion where there is none. */
export async function lastMessage(h: Harness, to: string) {
  const { messages } = await readOutbox(h.environment, testAccount, { to, limit: 1 });
  const [message] = messages;
  if (message === undefined) throw new Error(`nothing was sent to ${to}`);
  return message;
}

/** The code in it. */
export async function lastCode(h: Harness, to: string): Promise<string> {
  const { message = "" } = await lastMessage(h, to);
  const [code] = /\b\d{6,8}\b/.exec(message) ?? [];
  if (code === undefined) throw new Error(`no code is in '${message}'`);
  return code;
}

/** A code of as many digits that is not this one. */
export function otherCode(code: string): string {
  return code === "000000" ? "111111" : "000000";
}
