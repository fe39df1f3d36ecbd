import { followConfirmationLink } from "../../services/cognito/managed-login/confirm-link.ts";
import type { Fault } from "../../services/cognito/managed-login/fault.ts";
import { sendsCodes } from "../../services/cognito/managed-login/fields.ts";
import { findLook } from "../../services/cognito/managed-login/look.ts";
import { type SignedUp, sealSignUp } from "../../services/cognito/managed-login/step.ts";
import type { Environment } from "../../services/operation.ts";
import type { HttpResponse } from "../http.ts";
import type { PoolRequest } from "../pool-domain.ts";
import { html } from "./html.ts";
import { showPage } from "./layout.ts";
import { nameInput } from "./login.ts";
import { backToSignIn, codeInput, form, hidden, input, submit, type View } from "./parts.ts";
import { languageOf } from "./view.ts";

export interface ConfirmState {
  /** Known where the user signed up, or signed in, with this browser. */
  readonly who?: SignedUp | undefined;
  readonly username?: string | undefined;
  readonly fault?: Fault | undefined;
  readonly notice?: string | undefined;
}

export function showConfirm(view: View, { who, username, fault, notice }: ConfirmState = {}): HttpResponse {
  const { strings } = view.language;
  const title = strings.confirmAccount;
  if (!sendsCodes(view.visit.context)) {
    const content = html`<p>${strings.awaitAdministrator}</p>${backToSignIn(view)}`;
    return showPage(view, { title, content, fault, notice });
  }
  const carried = who === undefined ? undefined : hidden("who", sealSignUp(view.visit, who));
  const name =
    who === undefined ? input(strings, { ...nameInput(view), value: username, autocomplete: "username" }) : undefined;
  const introduction =
    who === undefined || who.destination === "" ? strings.confirmIntroduction : strings.codeSentTo(who.destination);
  const code = codeInput(strings, "code", fault !== undefined);
  const confirm = form(view, "/confirmUser", html`${carried}${name}${code}${submit(strings.confirm)}`);
  // Whoever is nobody's to this browser says once more for whom.
  const again = form(
    view,
    "/resendcode",
    html`${carried ?? hidden("username", username ?? "")}<button class="quiet" type="submit">${strings.resendCode}</button>`,
  );
  const described =
    notice === undefined ? html`<p class="textDescription-customizable">${introduction}</p>` : undefined;
  const canAsk = who !== undefined || username !== undefined;
  const content = html`${described}${confirm}${canAsk ? html`<div class="after">${again}</div>` : undefined}${backToSignIn(view)}`;
  return showPage(view, { title, content, fault, notice });
}

/**
 * Where the link in a message leads. It is followed by whatever reads the user's mail, so it needs neither a cookie nor an
 * app's request, and shows no more than how it went.
 */
export async function followLink(environment: Environment, asked: PoolRequest): Promise<HttpResponse> {
  const { context, fault } = await followConfirmationLink(environment, asked.facts, asked.query);
  const language = languageOf(asked);
  const { strings } = language;
  const frame = {
    basePath: asked.address.basePath,
    clientId: context?.client.client_id,
    look: context && (await findLook(environment, context)),
    language,
    cookies: [],
  };
  const notice = fault === undefined ? strings.accountConfirmed : undefined;
  return showPage(frame, { title: strings.confirmAccount, content: html``, fault, notice });
}
