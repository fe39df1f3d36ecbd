/*
 * endpoints/managed-login/: the sign-in pages as HTML, whole on the server. layout.ts is what all of them have in common,
 * parts.ts what forms are made of, the other files a page or a few each, and pages.ts the table of them. They work without
 * scripts, but for passkeys, which browsers have no other way to ask for.
 */
import type { Fault } from "../../services/cognito/managed-login/fault.ts";
import type { ImageName, Look } from "../../services/cognito/managed-login/look.ts";
import type { HttpResponse } from "../http.ts";
import { brandUrl, iconUrl, imageUrl, scriptUrl, styleUrl } from "./assets.ts";
import { type Html, html } from "./html.ts";
import type { Language } from "./language.ts";

/** What is needed to show any page. */
export interface Frame {
  readonly basePath: string;
  /** Undefined where nobody knows whom it is for. */
  readonly clientId: string | undefined;
  readonly look: Look | undefined;
  readonly language: Language;
  /** Set-Cookie values. */
  readonly cookies: readonly string[];
}

export interface Page {
  readonly title: string;
  readonly content: Html;
  /** What was wrong with what was sent. */
  readonly fault?: Fault | undefined;
  /** What was done. */
  readonly notice?: string | undefined;
  readonly usesScript?: boolean;
  readonly status?: number;
}

/**
 * No script but for passkeys, no frames, nothing from elsewhere. There is no form-action: browsers would hold every redirect
 * after a sign-in to it, first to the app and then wherever the app sends its user, which nobody here knows. What it is
 * against, forms that were smuggled into a page, takes HTML that was not escaped.
 */
function contentSecurityPolicy(usesScript: boolean): string {
  const script = usesScript ? "script-src 'self'; " : "";
  return `default-src 'none'; ${script}style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'`;
}

export function showPage(frame: Frame, page: Page): HttpResponse {
  const { status = page.fault === undefined ? 200 : 400, usesScript = false } = page;
  return {
    status,
    headers: [
      "content-type",
      "text/html; charset=utf-8",
      "content-security-policy",
      contentSecurityPolicy(usesScript),
      ...frame.cookies.flatMap((cookie) => ["set-cookie", cookie]),
    ],
    body: documentOf(frame, page, usesScript).text,
  };
}

function documentOf(frame: Frame, { title, content, fault, notice }: Page, usesScript: boolean): Html {
  const { language, look, basePath } = frame;
  const { strings } = language;
  const scheme = look?.scheme ?? "both";
  const brand = look?.revision === undefined ? undefined : brandUrl(frame);
  return html`<!doctype html>
<html lang="${language.tag}" class="${scheme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${fault === undefined ? title : `${strings.error}: ${title}`}</title>
<link rel="stylesheet" href="${styleUrl(basePath)}">
${brand === undefined ? undefined : html`<link rel="stylesheet" href="${brand}">\n`}${icon(frame)}${
  usesScript ? html`<script src="${scriptUrl(basePath)}" defer></script>\n` : undefined
}</head>
<body class="background-customizable">
<main>
${logo(frame)}<h1>${title}</h1>
${alert(fault, language)}${notice === undefined ? undefined : html`<div class="notice" role="status"><p>${notice}</p></div>\n`}${content}
</main>
</body>
</html>
`;
}

/** Inputs that are wrong refer to it. */
export const faultId = "fault";

function alert(fault: Fault | undefined, { strings }: Language): Html | undefined {
  if (fault === undefined) return undefined;
  const details = fault.text === undefined ? undefined : html`<p lang="en">${fault.text}</p>`;
  return html`<div class="errorMessage-customizable" id="${faultId}" role="alert"><p>${strings.faults[fault.kind]}</p>${details}</div>\n`;
}

/** Without one, browsers ask for /favicon.ico, which no pool has. */
function icon(frame: Frame): Html {
  const url = frame.look?.images.has("icon") ? imageUrl(frame, "icon") : iconUrl(frame.basePath);
  return html`<link rel="icon" href="${url}">\n`;
}

/** Nothing is said of it: the page says what it is for. */
function logo(frame: Frame): Html | undefined {
  const { look } = frame;
  if (look === undefined || !look.images.has("logo")) return undefined;
  const image = (name: ImageName, only: string) =>
    html`<img class="logo-customizable ${only}" src="${imageUrl(frame, name)}" alt="">`;
  const isDouble = look.images.has("logo-dark");
  return html`<div class="banner-customizable">${image("logo", isDouble ? "only-light" : "")}${
    isDouble ? image("logo-dark", "only-dark") : undefined
  }</div>\n`;
}
