import type { Fault } from "../../services/cognito/managed-login/fault.ts";
import type { HttpResponse } from "../http.ts";
import { html } from "./html.ts";
import { showPage } from "./layout.ts";
import { nameInput } from "./login.ts";
import { backToSignIn, codeInput, form, hidden, input, newPassword, submit, type View } from "./parts.ts";

interface ForgotState {
  readonly username?: string | undefined;
  readonly fault?: Fault | undefined;
  readonly notice?: string | undefined;
}

export function showForgot(view: View, { username, fault, notice }: ForgotState = {}): HttpResponse {
  const { strings } = view.language;
  const name = input(strings, {
    ...nameInput(view),
    value: username,
    autocomplete: "username",
    isFirst: true,
    isWrong: fault !== undefined,
  });
  const content = html`<p class="textDescription-customizable">${strings.resetIntroduction}</p>
${form(view, "/forgotPassword", html`${name}${submit(strings.sendCode)}`)}
${backToSignIn(view)}`;
  return showPage(view, { title: strings.resetPassword, content, fault, notice });
}

export function showReset(view: View, { username, fault, notice }: ForgotState = {}): HttpResponse {
  const { strings } = view.language;
  const autocomplete = "username";
  const name =
    username === undefined
      ? input(strings, { ...nameInput(view), autocomplete })
      : html`<input type="text" name="username" value="${username}" autocomplete="${autocomplete}" readonly hidden>`;
  const isOfPassword = fault !== undefined && fault.kind !== "expiredCode";
  const content = html`${name}
${codeInput(strings, "code", fault?.kind === "expiredCode")}
${newPassword(view, { label: strings.newPassword, isWrong: isOfPassword })}
${submit(strings.changePassword)}`;
  const again =
    username === undefined
      ? undefined
      : html`<div class="after">${form(view, "/forgotPassword", html`${hidden("username", username)}<button class="quiet" type="submit">${strings.resendCode}</button>`)}</div>`;
  return showPage(view, {
    title: strings.chooseNewPassword,
    content: html`${form(view, "/confirmForgotPassword", content)}${again}${backToSignIn(view)}`,
    fault,
    notice,
  });
}
