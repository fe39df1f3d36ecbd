import type { AppSetUp } from "../../services/cognito/managed-login/authenticator-app.ts";
import { appSetUp } from "../../services/cognito/managed-login/authenticator-app.ts";
import type { Fault } from "../../services/cognito/managed-login/fault.ts";
import { missingFields } from "../../services/cognito/managed-login/fields.ts";
import { type Asked, sealStep } from "../../services/cognito/managed-login/step.ts";
import type { HttpResponse } from "../http.ts";
import { type Html, html } from "./html.ts";
import { type Page, showPage } from "./layout.ts";
import {
  attributeInput,
  backToSignIn,
  codeInput,
  form,
  hidden,
  input,
  longestPassword,
  newPassword,
  otherButton,
  submit,
  type View,
} from "./parts.ts";
import { passkeyForm } from "./passkey-form.ts";
import type { Strings } from "./strings.ts";

/** The page that asks for what a sign-in needs next. */
export function showChallenge(view: View, step: Asked, fault?: Fault, given?: URLSearchParams): HttpResponse {
  return showPage(view, { ...pageOf(view, step, fault, given), fault });
}

function pageOf(view: View, step: Asked, fault: Fault | undefined, given: URLSearchParams | undefined): Page {
  const { strings } = view.language;
  const isWrong = fault !== undefined;
  const carried = hidden("step", sealStep(view.visit, withoutOptions(step)));
  const back = backToSignIn(view);
  switch (step.challenge) {
    case "NEW_PASSWORD_REQUIRED": {
      const missing = missingFields(view.visit.context, step.parameters);
      const inputs = missing.map((field) =>
        attributeInput(view, field, given?.get(`attribute.${field.name}`) ?? undefined),
      );
      const content = html`${carried}${hiddenName(step)}
${newPassword(view, { label: strings.newPassword, isWrong, isFirst: true })}
${inputs}
${submit(strings.continue)}`;
      const introduction = html`<p class="textDescription-customizable">${strings.newPasswordIntroduction}</p>`;
      return {
        title: strings.chooseNewPassword,
        content: html`${introduction}${form(view, "/changePassword", content)}${back}`,
      };
    }
    case "SELECT_MFA_TYPE":
    case "SELECT_CHALLENGE": {
      const title = step.challenge === "SELECT_MFA_TYPE" ? strings.chooseFactor : strings.chooseFirstFactor;
      const buttons = step.choices.map((name) => otherButton(factorLabel(strings, name), "answer", name));
      return { title, content: html`${form(view, "/mfa", html`${carried}${buttons}`)}${back}` };
    }
    case "PASSWORD": {
      const password = input(strings, {
        name: "answer",
        label: strings.password,
        type: "password",
        autocomplete: "current-password",
        maxLength: longestPassword,
        isFirst: true,
        isWrong,
      });
      const content = html`${carried}${hiddenName(step)}${password}${submit(strings.signIn)}`;
      return { title: strings.signIn, content: html`${form(view, "/mfa", content)}${back}` };
    }
    case "WEB_AUTHN": {
      const options = step.parameters.CREDENTIAL_REQUEST_OPTIONS ?? "";
      const content = passkeyForm(view, { path: "/mfa", kind: "get", options, carried, label: strings.usePasskey });
      return {
        title: strings.passkey,
        content: html`<p>${strings.passkeyIntroduction}</p>${content}${back}`,
        usesScript: true,
      };
    }
    case "MFA_SETUP": {
      const setUp = appSetUp(view.visit.context, step.username, step.secret ?? "");
      const content = html`${carried}${codeInput(strings, "answer", isWrong)}${submit(strings.continue)}`;
      return {
        title: strings.setUpApp,
        content: html`${setUpHelp(strings, setUp)}${form(view, "/mfa", content)}${back}`,
      };
    }
    default: {
      const destination = step.parameters.CODE_DELIVERY_DESTINATION;
      const introduction =
        step.challenge === "SOFTWARE_TOKEN_MFA" || destination === undefined
          ? strings.appCodeIntroduction
          : strings.codeSentTo(destination);
      const content = html`${carried}${codeInput(strings, "answer", isWrong)}${submit(strings.continue)}`;
      return {
        title: strings.verify,
        content: html`<p class="textDescription-customizable">${introduction}</p>${form(view, "/mfa", content)}${back}`,
      };
    }
  }
}

/** For whatever keeps passwords: the name that this one goes with. */
function hiddenName({ username }: Asked): Html {
  return html`<input type="text" name="username" value="${username}" autocomplete="username" readonly hidden>`;
}

/** The page has them already, and a user's twenty passkeys are more than a form should carry. */
function withoutOptions(step: Asked): Asked {
  const { CREDENTIAL_REQUEST_OPTIONS: _, ...parameters } = step.parameters;
  return { ...step, parameters };
}

function factorLabel(strings: Strings, name: string): string {
  const labels: Readonly<Record<string, string>> = {
    EMAIL_OTP: strings.byEmail,
    SMS_MFA: strings.bySms,
    SMS_OTP: strings.bySms,
    SOFTWARE_TOKEN_MFA: strings.byApp,
    PASSWORD: strings.byPassword,
    WEB_AUTHN: strings.byPasskey,
  };
  return labels[name] ?? name;
}

/** Black on white whatever the page's colors are: cameras expect it. */
function setUpHelp(strings: Strings, { qrCode, key }: AppSetUp): Html {
  const size = qrCode.length;
  const path = qrCode.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return html`<p class="textDescription-customizable">${strings.scanCode}</p>
<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${strings.qrCode}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${path}"/></svg>
<p>${strings.orEnterKey} <code class="key">${key}</code></p>
<p>${strings.enterAppCode}</p>`;
}
