import { parseArgs } from "node:util";
import { flagError } from "./config.ts";
import { findProcess, type RunningProcess, readFromProcess, shown } from "./control-request.ts";
import type { Clock } from "./runtime/clock.ts";
import type { OutboxMessage } from "./services/cognito/messages/outbox.ts";

/** `countersign outbox`: messages to pool users. */
export interface OutboxCommand {
  readonly process: RunningProcess;
  readonly query: URLSearchParams;
  readonly isJson: boolean;
}

const options = {
  to: { type: "string" },
  "user-pool-id": { type: "string" },
  limit: { type: "string" },
  json: { type: "boolean" },
  data: { type: "string" },
} as const;

/** `words` are the arguments that follow the command. */
export function readOutboxCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): OutboxCommand {
  const flags = readFlags(words);
  const query = new URLSearchParams();
  if (flags.to !== undefined) query.set("to", flags.to);
  if (flags["user-pool-id"] !== undefined) query.set("userPoolId", flags["user-pool-id"]);
  if (flags.limit !== undefined) query.set("limit", flags.limit);
  return { process: findProcess(flags.data, environment), query, isJson: flags.json === true };
}

function readFlags(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, strict: true }).values;
  } catch (error) {
    throw flagError(error);
  }
}

/** What the command prints. */
export async function outboxText({ process, query, isJson }: OutboxCommand, clock: Clock): Promise<string> {
  const answer = (await readFromProcess(process, clock, "outbox", query, "messages")) as Answer; // Countersign's own
  if (isJson) return `${JSON.stringify(answer, undefined, 2)}\n`;
  if (answer.messages.length === 0) return "No messages.\n";
  return answer.messages.map(readable).join("\n");
}

interface Answer {
  readonly messages: readonly OutboxMessage[];
}

function readable(message: OutboxMessage): string {
  const { createdAt, kind, medium, destination, username, userPoolId, state, failure } = message;
  const outcome = failure === undefined ? state : `${state}: ${failure}`;
  const lines = [
    `${createdAt} ${kind}, ${medium} to ${destination} for ${username} of ${userPoolId} (${outcome})`,
    ...(message.subject === undefined ? [] : [`  ${message.subject}`]),
    ...(message.message === undefined ? [] : message.message.split("\n").map((line) => `  ${line}`)),
    ...(message.link === undefined ? [] : [`  ${message.link}`]),
  ];
  return `${shown(lines.join("\n"))}\n`;
}
