/**
 * The load generator: closed loop over raw sockets, requests that were built before, loopback only. It costs about 8 µs
 * a request, half of the cheapest server here, so that on two cores the server is what is measured.
 */
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";

const host = "127.0.0.1";
const endOfHead = Buffer.from("\r\n\r\n");
const contentLength = /\r\ncontent-length: *(\d+)/i;
const close = /\r\nconnection: *close/i;

export interface Answer {
  readonly status: number;
  /** Status line and headers, without the empty line. */
  readonly head: string;
  readonly body: string;
}

/** Hands out what to send next; undefined ends a load. */
export interface Requests {
  (): Buffer | undefined;
  /** Of answers that are not to be 200: whether one is as it should be. `describe` gives all of it. */
  readonly isAnswer?: (status: number, describe: () => string) => boolean;
  /** What a good answer is answered with, on the same connection; undefined where it was the last one. Both count as one. */
  readonly follow?: (body: string) => Buffer | undefined;
}

/** The same requests over and over: reads. */
export function ring(requests: readonly Buffer[]): Requests {
  let at = 0;
  return () => {
    if (at === requests.length) at = 0;
    return requests[at++];
  };
}

/** Each request once: writes, which are not to meet their own results. */
export function once(requests: readonly Buffer[]): Requests {
  let at = 0;
  return () => requests[at++];
}

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly milliseconds: number;
  readonly requests: Requests;
  /**
   * Where present, each connection's first answer is awaited before the clock starts, and this is called then: opening
   * many connections at once is work of its own, which a server does one a turn of its event loop.
   */
  readonly whenOpen?: () => void;
}

export interface LoadResult {
  readonly answered: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Of one core, what this process used meanwhile: near 1, the client is what was measured. */
  readonly clientShare: number;
  /** Answers that are not as they should be, and broken connections. */
  readonly failed: number;
  readonly firstFailure: string | undefined;
}

interface Connection {
  /** One request at a time; the answer, or what broke, goes to the callback given at the start. */
  send(request: Buffer): void;
  end(): void;
}

/** Keeps `connections` requests under way until the time or the requests end. */
export function load({ port, connections, milliseconds, requests, whenOpen }: Load): Promise<LoadResult> {
  return new Promise((resolve) => {
    let latencies = new Float64Array(4096);
    let answered = 0;
    let failed = 0;
    let firstFailure: string | undefined;
    let open = connections;
    let toOpen = whenOpen === undefined ? 0 : connections;
    let cpuBefore = process.cpuUsage();
    let startedAt = performance.now();
    const whenAllAreOpen: (() => void)[] = [];

    function finish(): void {
      const elapsed = performance.now() - startedAt;
      const { user, system } = process.cpuUsage(cpuBefore);
      const sorted = latencies.subarray(0, answered).sort();
      resolve({
        answered,
        seconds: elapsed / 1000,
        perSecond: (answered / elapsed) * 1000,
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        max: quantile(sorted, 1),
        clientShare: (user + system) / 1000 / elapsed,
        failed,
        firstFailure,
      });
    }

    function record(latency: number): void {
      if (answered === latencies.length) {
        const larger = new Float64Array(latencies.length * 2);
        larger.set(latencies);
        latencies = larger;
      }
      latencies[answered++] = latency;
    }

    function start(): void {
      whenOpen?.();
      cpuBefore = process.cpuUsage();
      startedAt = performance.now();
      for (const next of whenAllAreOpen) next();
    }

    for (let opened = 0; opened < connections; opened++) {
      let sentAt = 0;
      let counts = whenOpen === undefined;
      const next = (): void => {
        const now = performance.now();
        const request = now < startedAt + milliseconds ? requests() : undefined;
        if (request === undefined) {
          connection.end();
          // Requests that ran out before every connection had one leave nothing to wait for.
          if (!counts && --toOpen === 0) start();
          open--;
          if (open === 0) finish();
          return;
        }
        sentAt = now;
        connection.send(request);
      };
      const connection = openConnection(port, (status, describe) => {
        if (!(requests.isAnswer?.(status, describe) ?? status === 200)) {
          failed++;
          firstFailure ??= brief(describe());
        } else if (requests.follow !== undefined) {
          const further = requests.follow(bodyOf(describe()));
          if (further !== undefined) return connection.send(further);
        }
        if (counts) {
          record(performance.now() - sentAt);
          next();
          return;
        }
        counts = true;
        whenAllAreOpen.push(next);
        if (--toOpen === 0) start();
      });
      next();
    }
  });
}

function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf("\r\n\r\n") + 4);
}

/** The status line and the body: what there is to say of a refusal. */
function brief(answer: string): string {
  const [line, body] = [answer.split("\r\n", 1)[0] ?? "", answer.split("\r\n\r\n")[1] ?? ""];
  return body === "" ? line : `${line}: ${body.slice(0, 500)}`;
}

/** One request on a connection of its own. */
export function ask(port: number, request: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const connection = openConnection(port, (status, describe) => {
      connection.end();
      const text = describe();
      if (status === 0) return reject(new Error(text));
      const end = text.indexOf("\r\n\r\n");
      resolve({ status, head: text.slice(0, end), body: text.slice(end + 4) });
    });
    connection.send(request);
  });
}

/** A connection that stays open for requests one after the other, each timed, in milliseconds. */
export function pacedConnection(port: number): { time(request: Buffer): Promise<number>; end(): void } {
  let settle: ((outcome: { status: number; text: string }) => void) | undefined;
  const connection = openConnection(port, (status, describe) =>
    settle?.({ status, text: status === 200 ? "" : describe() }),
  );
  return {
    time(request) {
      const sentAt = performance.now();
      return new Promise((resolve, reject) => {
        settle = ({ status, text }) => {
          if (status === 200) resolve(performance.now() - sentAt);
          else reject(new Error(text));
        };
        connection.send(request);
      });
    },
    end: () => connection.end(),
  };
}

/** `status` is 0 where the connection broke; `describe` reads the answer, which is gone once the callback returns. */
type OnAnswer = (status: number, describe: () => string) => void;

function openConnection(port: number, onAnswer: OnAnswer): Connection {
  let socket: Socket | undefined;
  let waiting = false;
  let ended = false;
  // What has come of an answer that took more than one read.
  let partial: Buffer | undefined;
  let status = 0;
  let answerLength = -1;
  let closes = false;

  function read(chunk: Buffer): void {
    if (!waiting) return;
    const bytes = partial === undefined ? chunk : Buffer.concat([partial, chunk]);
    if (answerLength < 0) {
      const end = bytes.indexOf(endOfHead);
      if (end < 0) {
        partial = Buffer.from(bytes);
        return;
      }
      const head = bytes.toString("latin1", 0, end);
      const length = contentLength.exec(head);
      if (length === null) {
        settle(0, () => `an answer without content-length: ${head.slice(0, 300)}`);
        return;
      }
      status = Number(head.slice(9, 12));
      closes = close.test(head);
      answerLength = end + 4 + Number(length[1]);
    }
    if (bytes.length < answerLength) {
      // The chunk's memory is read into again.
      partial = partial === undefined ? Buffer.from(bytes) : bytes;
      return;
    }
    const whole = bytes;
    const length = answerLength;
    if (closes) abandon();
    settle(status, () => whole.toString("utf8", 0, length));
  }

  function settle(code: number, describe: () => string): void {
    waiting = false;
    partial = undefined;
    answerLength = -1;
    if (code === 0) abandon();
    onAnswer(code, describe);
  }

  function abandon(): void {
    const old = socket;
    socket = undefined;
    old?.destroy();
  }

  function opened(): Socket {
    const fresh = connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(65_536),
        callback(count, buffer) {
          if (socket === fresh) read(Buffer.from(buffer.buffer, buffer.byteOffset, count));
          return true;
        },
      },
    });
    const broken = (what: string): void => {
      if (socket !== fresh) return;
      socket = undefined;
      if (waiting && !ended) settle(0, () => what);
    };
    fresh.on("error", (error) => broken(error.message));
    fresh.on("close", () => broken("the connection closed before a full answer"));
    return fresh;
  }

  return {
    send(request) {
      waiting = true;
      socket ??= opened();
      socket.write(request);
    },
    end() {
      ended = true;
      abandon();
    },
  };
}

/** Of numbers in ascending order: the smallest that `share` of them do not exceed. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}

export function median(numbers: readonly number[]): number {
  const ascending = numbers.toSorted((a, b) => a - b);
  const upper = ascending[Math.floor(ascending.length / 2)] ?? Number.NaN;
  return ascending.length % 2 === 1 ? upper : ((ascending[ascending.length / 2 - 1] ?? Number.NaN) + upper) / 2;
}
