import type { Fault } from "../../services/cognito/managed-login/fault.ts";
import { allowsSignUp, firstFactors, signUpFields } from "../../services/cognito/managed-login/fields.ts";
import { hasOwnUsers } from "../../services/cognito/managed-login/providers.ts";
import { findTermsLinks, type TermsLinks } from "../../services/cognito/managed-login/terms-links.ts";
import type { HttpResponse } from "../http.ts";
import { type Html, html } from "./html.ts";
import { showPage } from "./layout.ts";
import { nameInput } from "./login.ts";
import { attributeInput, foot, form, input, longestName, newPassword, pageUrl, submit, type View } from "./parts.ts";
import type { Strings } from "./strings.ts";

export function isSignUpOpen({ visit }: View): boolean {
  return allowsSignUp(visit.context) && hasOwnUsers(visit.context);
}

/** Where something else can be the first factor (API reference, SignUp). */
export function needsPassword({ visit }: View): boolean {
  return [...firstFactors(visit.context)].every((factor) => factor === "PASSWORD");
}

export async function showSignUp(view: View, given?: URLSearchParams, fault?: Fault): Promise<HttpResponse> {
  const { visit, language } = view;
  const { strings } = language;
  const username = given?.get("username")?.slice(0, longestName);
  const isRequired = needsPassword(view);
  const terms = await findTermsLinks(visit.environment, visit.context, strings.termsLanguage);
  const content = html`${input(strings, {
    ...nameInput(view),
    value: username,
    autocomplete: "username",
    isFirst: !isOfPassword(fault),
    isWrong: fault?.kind === "usernameTaken" || fault?.kind === "incomplete" || fault?.kind === "invalid",
  })}
${signUpFields(visit.context).map((field) =>
  attributeInput(view, field, given?.get(`attribute.${field.name}`)?.slice(0, field.maxLength)),
)}
${newPassword(view, { label: strings.password, isRequired, isWrong: isOfPassword(fault), isFirst: isOfPassword(fault) })}
${submit(strings.signUp)}
${legal(strings, terms)}`;
  const back = html`${strings.haveAccount} <a class="redirect-customizable" href="${pageUrl(view, "/login")}">${strings.signIn}</a>`;
  return showPage(view, {
    title: strings.signUp,
    content: html`${form(view, "/signup", content)}${foot(back)}`,
    fault,
  });
}

function isOfPassword(fault: Fault | undefined): boolean {
  return fault !== undefined && ["badPassword", "compromisedPassword", "differentPasswords"].includes(fault.kind);
}

function legal(strings: Strings, { termsOfUse, privacyPolicy }: TermsLinks): Html | undefined {
  const links = [
    { url: termsOfUse, label: strings.termsOfUse },
    { url: privacyPolicy, label: strings.privacyPolicy },
  ].flatMap(({ url, label }) =>
    url === undefined ? [] : [html`<li><a href="${url}" target="_blank" rel="noopener noreferrer">${label}</a></li>`],
  );
  if (links.length === 0) return undefined;
  return html`<div class="legalText-customizable">${strings.agreement}<ul>${links}</ul></div>`;
}
