import type { AuthorizationError } from "../../services/cognito/authorization/authorization-error.ts";
import { readAuthorizationRequest } from "../../services/cognito/authorization/authorization-request.ts";
import { bindBrowser, bindingCookieName } from "../../services/cognito/authorization/browser-binding.ts";
import { cookieOf } from "../../services/cognito/authorization/cookie.ts";
import { isFormToken } from "../../services/cognito/managed-login/form-token.ts";
import { findLook } from "../../services/cognito/managed-login/look.ts";
import type { Environment } from "../../services/operation.ts";
import type { HttpResponse } from "../http.ts";
import type { PoolRequest } from "../pool-domain.ts";
import { html } from "./html.ts";
import { chooseLanguage, type Language, languageCookieName } from "./language.ts";
import { type Frame, showPage } from "./layout.ts";
import { backToSignIn, type View } from "./parts.ts";

const languageKeptSeconds = 31_536_000;

export function languageOf({ query, cookie }: PoolRequest): Language {
  return chooseLanguage(query.get("lang") ?? undefined, cookie(languageCookieName));
}

/** Reads and checks the app's request anew. Throws AuthorizationError. */
export async function openView(environment: Environment, asked: PoolRequest): Promise<View> {
  const { facts, address, query, now, cookie } = asked;
  const { context, request } = await readAuthorizationRequest(environment, address.context, query);
  const language = languageOf(asked);
  const binding = bindBrowser(environment, address, cookie(bindingCookieName));
  const isChosen = request.lang !== undefined && cookie(languageCookieName) !== language.tag;
  const chosen = isChosen ? cookieOf(address, languageCookieName, language.tag, languageKeptSeconds) : undefined;
  return {
    visit: { environment, facts, address, context, request, binding: binding.value, now },
    basePath: address.basePath,
    clientId: request.clientId,
    look: await findLook(environment, context),
    language,
    cookies: [binding.setCookie, chosen].filter((value) => value !== undefined),
  };
}

/** Whether the form is one of ours, sent by the browser that was shown it. */
export function isOwnForm({ visit }: View, { form, cookie }: PoolRequest, path: string): boolean {
  return cookie(bindingCookieName) === visit.binding && isFormToken(visit, path, form.get("token") ?? "");
}

export function showExpired(view: View): HttpResponse {
  const { strings } = view.language;
  return showPage(view, {
    title: strings.error,
    content: html`<p>${strings.formExpired}</p>${backToSignIn(view)}`,
    status: 403,
  });
}

/** For whom no app can be told, nor is there one to go on with. What is wrong is for its developer. */
export function showError(asked: PoolRequest, { message }: Pick<AuthorizationError, "message">): HttpResponse {
  const language = languageOf(asked);
  const frame: Frame = {
    basePath: asked.address.basePath,
    clientId: undefined,
    look: undefined,
    language,
    cookies: [],
  };
  const content = html`<p>${language.strings.pageUnavailable}</p>${message === "" ? undefined : html`<p lang="en"><code>${message}</code></p>`}`;
  return showPage(frame, { title: language.strings.error, content, status: 400 });
}
