import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { OutgoingMessage, Transport } from "../../../runtime/transport.ts";
import { TransportError } from "../../../runtime/transport.ts";
import { type MessageRow, outbox } from "../../../store/outbox.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Environment } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import type { Address, Medium } from "./address.ts";
import { type Content, type CustomMessage, compose, type MessageKind, type Occasion } from "./compose.ts";
import { codeDeliveryDetails } from "./delivery-details.ts";

/** What sends messages of each medium. Those of a medium that nothing sends are kept for whoever may read them. */
export type Transports = { readonly [Name in Medium]?: Transport | undefined };

export interface QueuedMessage {
  readonly context: PoolContext;
  readonly user: Pick<PoolUserRow, "user_id" | "username">;
  readonly kind: MessageKind;
  readonly address: Address;
  readonly content: Content;
}

type Means = Pick<Environment, "store" | "clock" | "random" | "seal" | "tasks" | "log">;

/** A message that is being sent is nobody else's for so long, which is longer than any transport takes. */
const claimMs = 60_000;
const sentAtOnce = 10;
/** After a transaction that queued something; one that takes longer to commit is found by the next look. */
const wakeMs = 25;
const lookEveryMs = 2_000;
const firstRetryMs = 10_000;
const longestRetryMs = 1_800_000;
/** The last is about two hours after the first: no code is good for anything much later. */
const attempts = 8;
/** About how many messages of an account stay, whatever became of them. */
const keptMessages = 10_000;

/**
 * Messages to pool users. Each is stored by the transaction that is the reason for it, and sent after it, as often as it
 * takes: by this process, by the next one after a crash, or by another that shares the database. One that was sent just
 * before a crash is sent again, under the same id. What it says is sealed, and forgotten once it is sent.
 */
export class Outbox {
  readonly #means: Means;
  readonly #transports: Transports;
  readonly #kept: number;
  readonly #untrimmed = new Map<string, number>();
  readonly #stopping = new AbortController();
  #wake: NodeJS.Timeout | undefined;
  #looks: NodeJS.Timeout | undefined;
  #lastAt = 0;
  #sequence = 0;

  constructor(means: Means, transports: Transports = {}, kept: number = keptMessages) {
    this.#means = means;
    this.#transports = transports;
    this.#kept = kept;
  }

  /** Sends what an earlier process left, and from now on what others leave. */
  async start(): Promise<void> {
    const { store, clock } = this.#means;
    if (!this.#sends) return;
    if (store.kind !== "postgres") await store.write((tx) => outbox.releaseClaims(tx, clock.now()));
    this.#run();
    this.#looks = setInterval(() => this.#run(), lookEveryMs).unref();
  }

  /** What is being sent is left to the next process. */
  stop(): void {
    clearTimeout(this.#wake);
    clearInterval(this.#looks);
    this.#stopping.abort();
  }

  async queue(tx: Tx, now: number, { context, user, kind, address, content }: QueuedMessage): Promise<void> {
    const { seal, random } = this.#means;
    const { account_id, pool_id } = context.pool;
    const message_id = this.#nextId(now);
    const isSent = this.#transports[address.medium] !== undefined;
    const { From, ReplyToEmailAddress } = context.configuration.EmailConfiguration ?? {};
    const letter: Letter = { ...content, from: From, replyTo: ReplyToEmailAddress };
    await outbox.insert(tx, {
      account_id,
      message_id,
      pool_id,
      user_id: user.user_id,
      username: user.username,
      kind,
      medium: address.medium,
      destination: address.destination,
      content_sealed: seal.seal(JSON.stringify(letter), sealContext(message_id), random.bytes(12)),
      created_at: now,
      state: isSent ? "queued" : "kept",
      attempts: 0,
      next_attempt_at: isSent ? now : null,
      failure: null,
    });
    const untrimmed = (this.#untrimmed.get(account_id) ?? this.#trimEvery) + 1;
    this.#untrimmed.set(account_id, untrimmed);
    if (isSent || untrimmed >= this.#trimEvery) {
      this.#wake ??= setTimeout(() => {
        this.#wake = undefined;
        this.#run();
      }, wakeMs).unref();
    }
  }

  /** Sends what is due, and lets go of what is too much. */
  async deliver(): Promise<void> {
    const { store, clock } = this.#means;
    while (this.#sends && !this.#stopping.signal.aborted) {
      const now = clock.now();
      // Most looks find nothing, and those need not write.
      if (!(await store.read((tx) => outbox.hasDue(tx, now)))) break;
      const claimed = await store.write((tx) => outbox.claim(tx, now, now + claimMs, sentAtOnce));
      await Promise.all(claimed.map((row) => this.#send(row)));
    }
    for (const [accountId, untrimmed] of this.#untrimmed) {
      if (untrimmed < this.#trimEvery) continue;
      this.#untrimmed.set(accountId, 0);
      await store.write((tx) => outbox.trim(tx, accountId, this.#kept));
    }
  }

  get #sends(): boolean {
    return this.#transports.EMAIL !== undefined || this.#transports.SMS !== undefined;
  }

  /** So that trimming costs little of each message. */
  get #trimEvery(): number {
    return this.#kept / 20;
  }

  #run(): void {
    this.#means.tasks.run("sending of messages", () => this.deliver());
  }

  async #send(row: MessageRow): Promise<void> {
    const { store, clock, log } = this.#means;
    try {
      const transport = this.#transports[row.medium as Medium]; // `queue` wrote it
      if (transport === undefined) throw new TransportError("unreachable", `Nothing is set up to send ${row.medium}.`);
      await transport.send(this.#open(row), this.#stopping.signal);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      if (!(error instanceof TransportError)) throw error;
      const isLast = error.code === "refused" || row.attempts >= attempts;
      const next = isLast ? undefined : clock.now() + retryAfter(row.attempts);
      const { message_id: messageId, medium } = row;
      log.warn(isLast ? "a message will not be sent" : "a message was not sent", { messageId, medium, error });
      await store.write((tx) => outbox.noteFailure(tx, row, error.message, next));
      return;
    }
    await store.write((tx) => outbox.noteSent(tx, row));
  }

  #open(row: MessageRow): OutgoingMessage {
    const { subject, body, isHtml, from, replyTo } = openLetter(this.#means, row);
    const { message_id: id, destination: to, created_at: createdAt, pool_id: userPoolId } = row;
    return { id, to, subject, body, isHtml, createdAt, userPoolId, from, replyTo };
  }

  /** Sorts by time, and within a millisecond as they were made. */
  #nextId(now: number): string {
    this.#sequence = now === this.#lastAt ? this.#sequence + 1 : 0;
    this.#lastAt = now;
    const random = Buffer.from(this.#means.random.bytes(6)).toString("hex");
    return `${String(now).padStart(15, "0")}-${String(this.#sequence).padStart(6, "0")}-${random}`;
  }
}

function retryAfter(attempts: number): number {
  return Math.min(firstRetryMs * 4 ** (attempts - 1), longestRetryMs);
}

/** What is sealed of a message. */
interface Letter extends Content {
  readonly from?: string | undefined;
  readonly replyTo?: string | undefined;
}

function openLetter({ seal }: Pick<Means, "seal">, row: MessageRow): Letter {
  if (row.content_sealed === null) throw new Error(`message ${row.message_id} was sent already`);
  return JSON.parse(Buffer.from(seal.open(row.content_sealed, sealContext(row.message_id))).toString()) as Letter; // `queue` sealed it
}

function sealContext(messageId: string): string {
  return `outbox:${messageId}`;
}

/** A statement of the caller's transaction: the message goes out when that is committed, or never. */
export function queueMessage(
  { environment, now }: { readonly environment: Pick<Environment, "outbox">; readonly now: number },
  tx: Tx,
  message: QueuedMessage,
): Promise<void> {
  return environment.outbox.queue(tx, now, message);
}

/** Composes and queues, and tells where it goes as answers do. */
export async function sendCode(
  means: { readonly environment: Pick<Environment, "outbox" | "publicUrl">; readonly now: number },
  tx: Tx,
  letter: Omit<QueuedMessage, "content" | "kind"> &
    Pick<Occasion, "kind" | "code" | "clientId"> & { readonly custom?: CustomMessage | undefined },
): Promise<CodeDeliveryDetailsType> {
  const { context, user, kind, address, code, clientId, custom } = letter;
  const occasion = { kind, medium: address.medium, username: user.username, code, clientId };
  const content = compose(means.environment, context, occasion, custom);
  await queueMessage(means, tx, { context, user, kind, address, content });
  return codeDeliveryDetails(address);
}

/** A message as root reads it. */
export interface OutboxMessage {
  readonly messageId: string;
  readonly userPoolId: string;
  readonly username: string;
  readonly userSub: string;
  readonly kind: string;
  readonly medium: string;
  readonly destination: string;
  /** These three are absent once it is sent. */
  readonly subject?: string;
  readonly message?: string;
  readonly link?: string;
  readonly state: string;
  readonly attempts: number;
  readonly failure?: string;
  readonly createdAt: string;
}

export interface OutboxQuery {
  readonly to?: string | undefined;
  readonly userPoolId?: string | undefined;
  readonly limit?: number | undefined;
  /** The last message of the page before. */
  readonly after?: string | undefined;
}

export const mostMessagesAtOnce = 1_000;

/** An account's messages, the newest first. */
export async function readOutbox(
  { store, seal }: Pick<Environment, "store" | "seal">,
  accountId: string,
  { to, userPoolId, limit = 50, after = "" }: OutboxQuery = {},
): Promise<{ messages: readonly OutboxMessage[]; nextToken?: string }> {
  const which = { accountId, destination: to, poolId: userPoolId };
  const rows = await store.read((tx) => outbox.list(tx, which, after, limit + 1));
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    messages: shown.map((row) => readable(seal, row)),
    ...(last === undefined ? {} : { nextToken: last.message_id }),
  };
}

function readable(seal: Environment["seal"], row: MessageRow): OutboxMessage {
  return {
    messageId: row.message_id,
    userPoolId: row.pool_id,
    username: row.username,
    userSub: row.user_id,
    kind: row.kind,
    medium: row.medium,
    destination: row.destination,
    ...(row.content_sealed === null ? {} : said(row.medium, openLetter({ seal }, row))),
    state: row.state,
    attempts: row.attempts,
    ...(row.failure === null ? {} : { failure: row.failure }),
    createdAt: new Date(row.created_at).toISOString(),
  };
}

function said(medium: string, { subject, body, link }: Letter): Pick<OutboxMessage, "subject" | "message" | "link"> {
  return {
    ...(medium === "SMS" ? {} : { subject }),
    message: body,
    ...(link === undefined ? {} : { link }),
  };
}
