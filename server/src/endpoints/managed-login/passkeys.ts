import { sessionCookieName } from "../../services/cognito/authorization/browser-session.ts";
import type { Fault } from "../../services/cognito/managed-login/fault.ts";
import {
  addPasskey,
  canUsePasskeys,
  findVisitor,
  passkeyOptions,
} from "../../services/cognito/managed-login/passkeys.ts";
import type { HttpResponse } from "../http.ts";
import type { PoolRequest } from "../pool-domain.ts";
import { redirect } from "../pool-pages.ts";
import { html } from "./html.ts";
import { showPage } from "./layout.ts";
import { foot, longestCredential, pageUrl, type View } from "./parts.ts";
import { passkeyForm } from "./passkey-form.ts";

/** Only of whoever is signed in with this browser; others sign in first. */
export async function getAddPasskey(view: View, asked: PoolRequest): Promise<HttpResponse> {
  const user = await findVisitor(view.visit, asked.cookie(sessionCookieName));
  if (user === undefined || !canUsePasskeys(view.visit)) return toLogin(view);
  return showAddPasskey(view, await passkeyOptions(view.visit, user));
}

export async function postAddPasskey(view: View, asked: PoolRequest): Promise<HttpResponse> {
  const user = await findVisitor(view.visit, asked.cookie(sessionCookieName));
  if (user === undefined || !canUsePasskeys(view.visit)) return toLogin(view);
  const fault = await addPasskey(view.visit, user, (asked.form.get("answer") ?? "").slice(0, longestCredential));
  if (fault !== undefined) return showAddPasskey(view, await passkeyOptions(view.visit, user), fault);
  // Back to the app, by way of the session that the browser has.
  return { ...redirect(pageUrl(view, "/oauth2/authorize"), view.cookies), status: 303 };
}

function toLogin(view: View): HttpResponse {
  return { ...redirect(pageUrl(view, "/login"), view.cookies), status: 303 };
}

function showAddPasskey(view: View, options: string, fault?: Fault): HttpResponse {
  const { strings } = view.language;
  const content = html`<p>${strings.addPasskeyIntroduction}</p>
${passkeyForm(view, { path: "/passkeys/add", kind: "create", options, label: strings.addPasskey })}
${foot(html`<a href="${pageUrl(view, "/oauth2/authorize")}">${strings.notNow}</a>`)}`;
  return showPage(view, { title: strings.addPasskey, content, fault, usesScript: true });
}
