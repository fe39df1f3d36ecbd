import { authorizationQuery } from "../../services/cognito/authorization/authorization-request.ts";
import type { Fault } from "../../services/cognito/managed-login/fault.ts";
import { allowsSignUp, firstFactors, nameKind } from "../../services/cognito/managed-login/fields.ts";
import { canUsePasskeys } from "../../services/cognito/managed-login/passkeys.ts";
import { hasOwnUsers, providerButtons } from "../../services/cognito/managed-login/providers.ts";
import type { OtherFactor } from "../../services/cognito/managed-login/sign-in.ts";
import type { HttpResponse } from "../http.ts";
import { type Html, html } from "./html.ts";
import { showPage } from "./layout.ts";
import {
  foot,
  form,
  type Input,
  input,
  longestName,
  longestPassword,
  otherButton,
  pageUrl,
  submit,
  type View,
} from "./parts.ts";

export interface LoginState {
  readonly fault?: Fault | undefined;
  readonly notice?: string | undefined;
  readonly username?: string | undefined;
}

/** What the pool lets a sign-in begin with, besides the password. */
export function otherFactors({ visit }: View): OtherFactor[] {
  const allowed = firstFactors(visit.context);
  return [
    ...(canUsePasskeys(visit) ? (["WEB_AUTHN"] as const) : []),
    ...(["EMAIL_OTP", "SMS_OTP"] as const).filter((factor) => allowed.has(factor)),
  ];
}

export function showLogin(view: View, { fault, notice, username }: LoginState = {}): HttpResponse {
  const { visit, language } = view;
  const { strings } = language;
  const providers = providersOf(view);
  const isOwn = hasOwnUsers(visit.context);
  // There is one already where the form has buttons of its own.
  const isDivided = isOwn && providers !== undefined && otherFactors(view).length === 0;
  const content = html`${isOwn ? passwordForm(view, fault, username ?? visit.request.loginHint?.slice(0, longestName)) : undefined}
${isDivided ? divider(view) : undefined}${providers}
${isOwn && allowsSignUp(visit.context) ? foot(html`${strings.noAccount} <a class="redirect-customizable" href="${pageUrl(view, "/signup")}">${strings.signUp}</a>`) : undefined}`;
  return showPage(view, { title: strings.signIn, content, fault, notice });
}

function divider({ language }: View): Html {
  return html`<p class="idpDescription-customizable">${language.strings.or}</p>`;
}

/** How a name is asked for, wherever it is. */
export function nameInput(view: View): Pick<Input, "name" | "label" | "type" | "maxLength"> {
  const kind = nameKind(view.visit.context);
  const type = kind === "email" ? "email" : kind === "phoneNumber" ? "tel" : "text";
  return { name: "username", label: view.language.strings[kind], type, maxLength: longestName };
}

function passwordForm(view: View, fault: Fault | undefined, username: string | undefined): Html {
  const { strings } = view.language;
  const isWrong = fault !== undefined;
  const labels = { EMAIL_OTP: strings.emailMeCode, SMS_OTP: strings.textMeCode, WEB_AUTHN: strings.usePasskey };
  const others = otherFactors(view);
  const hasName = username !== undefined && username !== "";
  const content = html`${input(strings, {
    ...nameInput(view),
    value: username,
    autocomplete: "username",
    isFirst: !hasName,
    isWrong,
  })}
${input(strings, {
  name: "password",
  label: strings.password,
  type: "password",
  autocomplete: "current-password",
  maxLength: longestPassword,
  isFirst: hasName,
  isWrong,
})}
${canRecover(view) ? html`<p><a class="redirect-customizable" href="${pageUrl(view, "/forgotPassword")}">${strings.forgotPassword}</a></p>` : undefined}
${submit(strings.signIn)}
${others.length === 0 ? undefined : divider(view)}
${others.map((factor) => otherButton(labels[factor], "factor", factor))}`;
  return form(view, "/login", content);
}

/** Unless administrators alone help (API reference, AccountRecoverySetting). */
function canRecover({ visit }: View): boolean {
  const { RecoveryMechanisms } = visit.context.configuration.AccountRecoverySetting ?? {};
  return RecoveryMechanisms === undefined || RecoveryMechanisms.some(({ Name }) => Name !== "admin_only");
}

function providersOf({ visit, basePath, language }: View): Html | undefined {
  const buttons = providerButtons(visit.context);
  if (buttons.length === 0) return undefined;
  return html`${buttons.map(({ identityProvider, label, isSocial }) => {
    const query = authorizationQuery(visit.request);
    query.set("identity_provider", identityProvider);
    const name = isSocial ? "socialButton-customizable" : "idpButton-customizable";
    return html`<a class="${name}" href="${basePath}/oauth2/authorize?${query.toString()}">${language.strings.continueWith(label)}</a>\n`;
  })}`;
}
