import {
  confirmSignUp,
  forgotPassword,
  resendCode,
  resetPassword,
  signUp,
} from "../../services/cognito/managed-login/accounts.ts";
import { signUpFields } from "../../services/cognito/managed-login/fields.ts";
import { openSignUp } from "../../services/cognito/managed-login/step.ts";
import type { HttpResponse } from "../http.ts";
import { showConfirm } from "./confirm.ts";
import { showForgot, showReset } from "./forgot.ts";
import { showLogin } from "./login.ts";
import { showOutcome } from "./outcome.ts";
import { longestName, readAttributes, readCode, readName, readPassword, type View } from "./parts.ts";
import { isSignUpOpen, needsPassword, showSignUp } from "./sign-up.ts";

export async function getSignUp(view: View): Promise<HttpResponse> {
  return isSignUpOpen(view) ? showSignUp(view) : showLogin(view, { fault: { kind: "signUpClosed" } });
}

export async function postSignUp(view: View, given: URLSearchParams): Promise<HttpResponse> {
  if (!isSignUpOpen(view)) return showLogin(view, { fault: { kind: "signUpClosed" } });
  const username = readName(given);
  const fields = signUpFields(view.visit.context);
  const attributes = readAttributes(given, fields);
  const password = readPassword(given);
  if (username === undefined || fields.some(({ name }) => attributes[name] === undefined)) {
    return showSignUp(view, given, { kind: "incomplete" });
  }
  if (password === undefined && (needsPassword(view) || (given.get("password") ?? "") !== "")) {
    return showSignUp(view, given, { kind: "badPassword" });
  }
  if (password !== undefined && given.get("password_again") !== password) {
    return showSignUp(view, given, { kind: "differentPasswords" });
  }
  const outcome = await signUp(view.visit, username, password, attributes);
  if (outcome.kind === "refused") return showSignUp(view, given, outcome.fault);
  return showOutcome(view, outcome, { username });
}

export async function postConfirm(view: View, given: URLSearchParams): Promise<HttpResponse> {
  const who = openSignUp(view.visit, given.get("who") ?? "");
  const username = who?.username ?? readName(given);
  const code = readCode(given, "code");
  const typed = username ?? given.get("username")?.slice(0, longestName);
  if (username === undefined || code === undefined) {
    return showConfirm(view, { who, username: typed, fault: { kind: "incomplete" } });
  }
  const outcome = await confirmSignUp(view.visit, username, code, who);
  if (outcome.kind === "confirmed") {
    return showLogin(view, { notice: view.language.strings.accountConfirmed, username });
  }
  if (outcome.kind === "refused") return showConfirm(view, { who, username, fault: outcome.fault });
  return showOutcome(view, outcome, { username });
}

export async function postResend(view: View, given: URLSearchParams): Promise<HttpResponse> {
  const who = openSignUp(view.visit, given.get("who") ?? "");
  const username = who?.username ?? readName(given);
  if (username === undefined) return showConfirm(view, { fault: { kind: "incomplete" } });
  const outcome = await resendCode(view.visit, username, who);
  if (outcome.kind === "refused") return showConfirm(view, { who, username, fault: outcome.fault });
  const { destination } = outcome;
  const { strings } = view.language;
  const notice = who === undefined ? strings.codeMayBeSentTo(destination) : strings.codeSentTo(destination);
  return showConfirm(view, { who: who && { ...who, destination }, username, notice });
}

export async function postForgot(view: View, given: URLSearchParams): Promise<HttpResponse> {
  const username = readName(given);
  if (username === undefined) {
    return showForgot(view, { username: given.get("username")?.slice(0, longestName), fault: { kind: "incomplete" } });
  }
  const outcome = await forgotPassword(view.visit, username);
  if (outcome.kind === "refused") return showForgot(view, { username, fault: outcome.fault });
  return showReset(view, { username, notice: view.language.strings.codeMayBeSentTo(outcome.destination) });
}

export async function postReset(view: View, given: URLSearchParams): Promise<HttpResponse> {
  const username = readName(given);
  const code = readCode(given, "code");
  const password = readPassword(given);
  if (username === undefined || code === undefined || password === undefined) {
    return showReset(view, { username, fault: { kind: "incomplete" } });
  }
  if (given.get("password_again") !== password) {
    return showReset(view, { username, fault: { kind: "differentPasswords" } });
  }
  const outcome = await resetPassword(view.visit, username, code, password);
  if (outcome.kind === "refused") return showReset(view, { username, fault: outcome.fault });
  return showLogin(view, { username, notice: view.language.strings.passwordChanged });
}
