import { type OutgoingMessage, type Transport, TransportError } from "./transport.ts";

const timeoutMs = 20_000;

/** Statuses of a client's fault that another try may not meet (RFC 9110, RFC 6585). */
const passing: readonly number[] = [408, 425, 429];

/**
 * Text messages by POST of `{"to", "message", "messageId", "userPoolId"}`: any answer of 2xx has taken it, and only its
 * status is read. A name and password in the URL go as basic authorization.
 */
export function webhookTransport(url: string): Transport {
  const target = new URL(url);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (target.username !== "" || target.password !== "") {
    const credentials = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
    headers.authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
    target.username = "";
    target.password = "";
  }
  return {
    async send({ to, body, id, userPoolId }: OutgoingMessage, signal) {
      const request = {
        method: "POST",
        headers,
        body: JSON.stringify({ to, message: body, messageId: id, userPoolId }),
        // Where it leads to, nobody said that codes may go.
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      } as const;
      let response: Response;
      try {
        response = await fetch(target, request);
      } catch (error) {
        throw new TransportError("unreachable", "The webhook does not answer.", error);
      }
      await response.body?.cancel();
      if (response.ok) return;
      const mayPass = response.status >= 500 || passing.includes(response.status);
      throw new TransportError(mayPass ? "unreachable" : "refused", `The webhook answers ${response.status}.`);
    },
  };
}
