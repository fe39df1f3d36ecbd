import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** What a client said from MAIL to the end of DATA, once it was taken. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Its lines as they were sent, with the dots of SMTP taken out. */
  readonly data: string;
  /** Of AUTH PLAIN. */
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export interface SmtpServer {
  readonly port: number;
  /** Those that were taken, in order. */
  readonly mails: readonly Mail[];
  /** How many clients have connected. */
  readonly connections: number;
  /** What it answers to a command in place of what it would: `{ RCPT: "550 No such user" }`. */
  readonly replies: Record<string, string>;
  /** Resolves once so many mails have been taken. */
  taken(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** A mail server of the least (RFC 5321) that takes everything, at a port of its own. */
export async function smtpServer(
  options: { tls?: TlsOptions; extensions?: readonly string[] } = {},
): Promise<SmtpServer> {
  const mails: Mail[] = [];
  const replies: Record<string, string> = {};
  const sockets = new Set<Socket>();
  const waiting: { count: number; resolve: () => void }[] = [];
  let connections = 0;
  const serve = (socket: Socket): void => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const reply = (line: string) => socket.write(`${line}\r\n`);
    let credentials: readonly string[] = [];
    let from = "";
    let to: string[] = [];
    let lines: string[] | undefined;
    let received = "";
    const take = (line: string): void => {
      if (lines !== undefined) {
        if (line !== ".") {
          lines.push(line.startsWith(".") ? line.slice(1) : line);
          return;
        }
        const data = lines.join("\n");
        lines = undefined;
        if (replies.END !== undefined) {
          reply(replies.END);
          return;
        }
        mails.push({ from, to, data, user: credentials[1], password: credentials[2] });
        reply("250 Taken");
        for (const { count, resolve } of waiting) if (mails.length >= count) resolve();
        return;
      }
      const command = line.split(/[ :]/)[0]?.toUpperCase() ?? "";
      const forced = replies[command];
      if (forced !== undefined) {
        if (forced !== "") reply(forced);
        return;
      }
      if (command === "EHLO") {
        const extensions = ["test", ...(options.extensions ?? ["AUTH PLAIN"]), "8BITMIME"];
        extensions.forEach((extension, at) => {
          reply(`250${at === extensions.length - 1 ? " " : "-"}${extension}`);
        });
      } else if (command === "AUTH") {
        credentials = Buffer.from(line.split(" ")[2] ?? "", "base64")
          .toString()
          .split("\0");
        reply("235 Welcome");
      } else if (command === "MAIL") {
        from = /<(.*?)>/.exec(line)?.[1] ?? "";
        to = [];
        reply("250 Go on");
      } else if (command === "RCPT") {
        to.push(/<(.*?)>/.exec(line)?.[1] ?? "");
        reply("250 Go on");
      } else if (command === "DATA") {
        lines = [];
        reply("354 Go on");
      } else if (command === "QUIT") {
        reply("221 Goodbye");
        socket.end();
      } else reply("500 What?");
    };
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      received += chunk;
      for (let end = received.indexOf("\r\n"); end !== -1; end = received.indexOf("\r\n")) {
        const line = received.slice(0, end);
        received = received.slice(end + 2);
        take(line);
      }
    });
    reply("220 test");
  };
  const server: Server = options.tls === undefined ? createServer(serve) : createTlsServer(options.tls, serve);
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    mails,
    replies,
    get connections() {
      return connections;
    },
    taken: (count) =>
      new Promise((resolve) => {
        if (mails.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
