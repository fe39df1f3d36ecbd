/** An endpoint of the AWS Lambda API on this machine, with a real socket; its functions are the test's. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";

/** An event of a user pool, as far as tests read it. */
export interface TriggerEvent {
  readonly version: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string | null };
  readonly triggerSource: string;
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown>;
}

export interface LambdaRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface LambdaEndpoint {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly requests: LambdaRequest[];
  readonly events: TriggerEvent[];
}

/** What throws this answers as it says, in place of AWS Lambda. */
export class RawAnswer extends Error {
  readonly answer: (response: ServerResponse) => void;

  constructor(answer: (response: ServerResponse) => void) {
    super("a raw answer");
    this.answer = answer;
  }
}

/** Its function returns what the function of the test returns; one that throws has failed, as AWS Lambda says it. */
export async function lambdaEndpoint(run: (event: TriggerEvent) => unknown): Promise<LambdaEndpoint> {
  const requests: LambdaRequest[] = [];
  const events: TriggerEvent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const body = Buffer.concat(chunks).toString("utf8");
      requests.push({ path: request.url ?? "", headers: request.headers, body });
      // One to keep, one for the function to change.
      events.push(JSON.parse(body));
      try {
        const result = JSON.stringify(await run(JSON.parse(body))) ?? "null";
        response.writeHead(200, { "content-type": "application/json" }).end(result);
      } catch (error) {
        if (error instanceof RawAnswer) return error.answer(response);
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        response.writeHead(200, { "content-type": "application/json", "x-amz-function-error": "Unhandled" });
        response.end(JSON.stringify({ errorType: name, errorMessage: message, trace: [] }));
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { url: `http://127.0.0.1:${port}`, requests, events };
}
