import { escapeXml } from "../saml/write-xml.ts";
import type { MockResponse } from "./http.ts";

/** HTML that is sound: what was put into it is escaped. */
export interface Html {
  readonly html: string;
}

/** Each value is escaped, unless it is HTML already; lists are joined. */
export function html(texts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  const parts = values.map((value) =>
    typeof value === "string"
      ? escapeXml(value)
      : "html" in value
        ? value.html
        : value.map((each) => each.html).join(""),
  );
  return { html: texts.map((text, at) => text + (parts[at] ?? "")).join("") };
}

/**
 * No `form-action`: browsers hold every redirect that follows a form against it, and where the application behind a user
 * pool sends people in the end nobody here can know.
 */
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'none'; base-uri 'none'; frame-ancestors 'none'";

export function page(status: number, title: string, content: Html, more: readonly string[] = []): MockResponse {
  const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/mock-idp.css">
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
<footer>A mock identity provider, for trying federation: it asks for no passwords and proves nothing.</footer>
</body>
</html>
`;
  return { status, headers: [...pageHeaders, ...more], body: whole.html };
}

const pageHeaders = [
  "content-type",
  "text/html; charset=utf-8",
  "cache-control",
  "no-store",
  "content-security-policy",
  policy,
  "x-content-type-options",
  "nosniff",
  "x-frame-options",
  "DENY",
  "referrer-policy",
  "no-referrer",
];

export function refusalPage(status: number, message: string): MockResponse {
  return page(status, "That did not work", html`<p role="alert">${message}</p>\n<p><a href="/">Start page</a></p>`);
}

/** SAML bindings, 3.5.4: the browser posts it on. Without JavaScript, its user does. */
export function postingPage(
  target: string,
  fields: Readonly<Record<string, string | undefined>>,
  headers: readonly string[],
): MockResponse {
  const inputs = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}">\n`],
  );
  const content = html`<form method="post" action="${target}">
${inputs}<button type="submit">Continue to ${new URL(target).host}</button>
</form>
<script src="/mock-idp.js"></script>`;
  return page(200, "Signing in", content, headers);
}

export interface Choice {
  readonly name: string;
  readonly label: string;
}

/** A fault of which there is one at a time. */
export interface Alternatives extends Choice {
  readonly options: readonly (readonly [value: string, label: string])[];
}

export interface SignInPage {
  /** Where the form goes. */
  readonly action: string;
  /** By which the form names the request it answers. */
  readonly requestId: string;
  /** Who asks, and in which way. */
  readonly asks: readonly string[];
  readonly usernames: readonly string[];
  /** Who is proposed. */
  readonly hint: string | undefined;
  readonly alternatives: readonly Alternatives[];
  readonly faults: readonly Choice[];
}

const mostShown = 50;

export function signInPage(content: SignInPage): MockResponse {
  const { action, requestId, asks, usernames, hint, alternatives, faults } = content;
  const buttons = usernames
    .slice(0, mostShown)
    .map((name) => html`<button type="submit" name="user" value="${name}" formnovalidate>${name}</button>\n`);
  const selects = alternatives.map(
    ({ name, label, options }) => html`<p><label>${label} <select name="${name}">
${options.map(([value, text]) => html`<option value="${value}">${text}</option>\n`)}</select></label></p>\n`,
  );
  const boxes = faults.map(
    ({ name, label }) => html`<p><label><input type="checkbox" name="${name}" value="on"> ${label}</label></p>\n`,
  );
  return page(
    200,
    "Who are you?",
    html`<ul>
${asks.map((line) => html`<li>${line}</li>\n`)}</ul>
<form method="post" action="${action}">
<input type="hidden" name="request" value="${requestId}">
<p><label>Sign in as <input name="name" value="${hint ?? ""}" autocomplete="username" maxlength="128" required></label>
<button type="submit">Sign in</button></p>
<p>Or as one of these:
${buttons}</p>
<p><button type="submit" name="refuse" value="on" formnovalidate>Refuse</button></p>
<details>
<summary>Misbehave</summary>
${selects}${boxes}</details>
</form>`,
  );
}

export const styleSheet: MockResponse = {
  status: 200,
  headers: ["content-type", "text/css; charset=utf-8", "x-content-type-options", "nosniff"],
  body: `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 42rem; padding: 0 1rem; }
button, input, select { font: inherit; padding: 0.25rem 0.75rem; }
code { overflow-wrap: anywhere; }
footer { margin-top: 3rem; font-size: 0.875rem; }
`,
};

export const postingScript: MockResponse = {
  status: 200,
  headers: ["content-type", "text/javascript; charset=utf-8", "x-content-type-options", "nosniff"],
  body: "document.forms[0].submit();\n",
};
