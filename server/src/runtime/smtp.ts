import { type OutgoingMessage, type Transport, TransportError } from "./transport.ts";

const connectMs = 10_000;
const silenceMs = 20_000;
const allOfItMs = 45_000;

const loopback: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Email by SMTP: `smtp://name:password@host:587`, where STARTTLS is used if the server has it, and must be where there is
 * a password to keep; or `smtps://`, TLS from the start. nodemailer is loaded with the first message.
 */
export function smtpTransport(url: string, from: string): Transport {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const options = {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && username !== "" && !loopback.includes(hostname),
    ...(username === "" ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    // What a message says is never the name of a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return {
    async send(message: OutgoingMessage, signal) {
      const { createTransport } = await import("nodemailer");
      const transporter = createTransport(options);
      try {
        await orAborted(
          transporter.sendMail(mail(message, from)),
          AbortSignal.any([signal, AbortSignal.timeout(allOfItMs)]),
        );
      } catch (error) {
        throw asTransportError(error);
      } finally {
        transporter.close();
      }
    },
  };
}

function mail(message: OutgoingMessage, from: string) {
  return {
    messageId: `<${message.id}@countersign>`,
    date: new Date(message.createdAt),
    from: message.from ?? from,
    ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
    // As an object: a text could be read as several addresses.
    to: { name: "", address: message.to },
    subject: message.subject,
    ...(message.isHtml ? { html: message.body } : { text: message.body }),
    // RFC 3834: no out-of-office notes in answer.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/**
 * A reply of 5yz is for good (RFC 5321, section 4.2.1) where it is about the message. About anything else, such as who we
 * are, whoever runs the server or this process may put it right.
 */
function asTransportError(error: unknown): TransportError {
  const reply = error instanceof Error && "responseCode" in error ? error.responseCode : undefined;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (typeof reply !== "number") {
    const why = code === "" ? "" : ` (${code})`;
    return new TransportError("unreachable", `The mail server cannot be asked${why}.`, error);
  }
  const isForGood = reply >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
  return new TransportError(isForGood ? "refused" : "unreachable", `The mail server answers ${reply}.`, error);
}
