import { ServiceException } from "../contract/service-exception.ts";
import { isOverload } from "../services/failure.ts";
import type { Environment } from "../services/operation.ts";
import type { HttpResponse } from "./http.ts";

/** Sends the browser on, with a GET whatever it asked with. The cookies are Set-Cookie values. */
export function redirect(location: string, cookies: readonly (string | undefined)[] = []): HttpResponse {
  const set = cookies.flatMap((cookie) => (cookie === undefined ? [] : ["set-cookie", cookie]));
  return { status: 302, headers: ["location", headerUrl(location), ...set], body: "" };
}

/** A URL that was given as text may hold what no header does: it is written as every browser would. */
function headerUrl(location: string): string {
  return location.toWellFormed().replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
}

/** For people, where no app can be told. */
export function errorPage(status: number, message: string): HttpResponse {
  return {
    status,
    headers: ["content-type", "text/html; charset=utf-8"],
    body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Error</title></head>
<body>
<main>
<h1>An error was encountered with the requested page.</h1>
<p>${escapeHtml(message)}</p>
</main>
</body>
</html>
`,
  };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What an endpoint did not word itself. Of a fault of ours nobody is told more than that there is one. */
export function failurePage({ log }: Pick<Environment, "log">, error: unknown, requestId: string): HttpResponse {
  if (error instanceof ServiceException) {
    return errorPage(error.code === "TooManyRequestsException" ? 429 : 400, error.message);
  }
  log.error("internal failure", { requestId, error });
  return isOverload(error) ? errorPage(429, "Too many requests") : errorPage(500, "Something went wrong.");
}
