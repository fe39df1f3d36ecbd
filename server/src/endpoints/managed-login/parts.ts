import { authorizationQuery } from "../../services/cognito/authorization/authorization-request.ts";
import type { Field } from "../../services/cognito/managed-login/fields.ts";
import { formToken } from "../../services/cognito/managed-login/form-token.ts";
import type { Visit } from "../../services/cognito/managed-login/visit.ts";
import { attribute, type Html, html, type Part } from "./html.ts";
import { type Frame, faultId } from "./layout.ts";
import type { StandardAttribute, Strings } from "./strings.ts";

/** A page for somebody who comes from an app. */
export interface View extends Frame {
  readonly visit: Visit;
}

/** Where a page is, with the app's request, which each of them reads anew. */
export function pageUrl({ basePath, visit }: View, path: string, more: Readonly<Record<string, string>> = {}): string {
  const query = authorizationQuery(visit.request);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `${basePath}${path}?${query}`;
}

/** A form that only this browser can send. */
export function form(view: View, path: string, content: Part, attributes: Part = undefined): Html {
  return html`<form method="post" action="${pageUrl(view, path)}"${attributes}>
<input type="hidden" name="token" value="${formToken(view.visit, path)}">
${content}
</form>`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

export interface Input {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "email" | "tel" | "url" | "date" | "number" | "password";
  readonly value?: string | undefined;
  readonly autocomplete?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly isRequired?: boolean;
  readonly isCode?: boolean;
  readonly isReadOnly?: boolean;
  /** What the page is about, or what was wrong. */
  readonly isFirst?: boolean;
  readonly isWrong?: boolean;
  /** The id of what describes it. */
  readonly describedBy?: string | undefined;
}

/** A label and its input. What was typed into a password field is never sent back. */
export function input(strings: Strings, given: Input): Html {
  const { name, label, type = "text", isRequired = true, isCode = false, isWrong = false } = given;
  const described = [isWrong ? faultId : undefined, given.describedBy].filter((id) => id !== undefined).join(" ");
  const optional = isRequired ? undefined : html` <span class="optional">(${strings.optional})</span>`;
  const labelled = html`<label class="label-customizable" for="${name}">${label}${optional}</label>`;
  const attributes = [
    attribute("value", type === "password" ? undefined : given.value),
    attribute("autocomplete", given.autocomplete),
    attribute("maxlength", given.maxLength),
    attribute("inputmode", isCode ? "numeric" : undefined),
    attribute("autocapitalize", type === "text" ? "none" : undefined),
    attribute("spellcheck", type === "text" ? "false" : undefined),
    attribute("required", isRequired),
    attribute("readonly", given.isReadOnly),
    attribute("autofocus", given.isFirst),
    attribute("aria-invalid", isWrong ? "true" : undefined),
    attribute("aria-describedby", described === "" ? undefined : described),
  ];
  return html`<div class="field">
${labelled}
<input class="inputField-customizable${isCode ? " code" : ""}" id="${name}" name="${name}" type="${type}"${attributes}>
</div>
`;
}

export function codeInput(strings: Strings, name: string, isWrong: boolean): Html {
  return input(strings, {
    name,
    label: strings.code,
    autocomplete: "one-time-code",
    maxLength: longestCode,
    isCode: true,
    isFirst: true,
    isWrong,
  });
}

export function submit(label: string, name?: string, value?: string): Html {
  return html`<button class="submitButton-customizable" type="submit"${attribute("name", name)}${attribute("value", value)}>${label}</button>
`;
}

/** Sends the form another way, whatever is not filled in. */
export function otherButton(label: string, name: string, value: string): Html {
  return html`<button class="otherButton" type="submit" name="${name}" value="${value}" formnovalidate>${label}</button>
`;
}

export function foot(content: Html): Html {
  return html`<div class="foot">${content}</div>`;
}

export function backToSignIn(view: View): Html {
  return foot(html`<a href="${pageUrl(view, "/login")}">${view.language.strings.backToSignIn}</a>`);
}

const rulesId = "password-rules";

/** A new password, twice, with what the pool wants of it. */
export function newPassword(
  { visit, language: { strings } }: View,
  given: {
    readonly label: string;
    readonly isRequired?: boolean;
    readonly isWrong: boolean;
    readonly isFirst?: boolean;
  },
): Html {
  const { PasswordPolicy } = visit.context.configuration.Policies;
  const rules = [
    strings.needsLength(PasswordPolicy.MinimumLength ?? 8),
    PasswordPolicy.RequireUppercase === true ? strings.needsUppercase : undefined,
    PasswordPolicy.RequireLowercase === true ? strings.needsLowercase : undefined,
    PasswordPolicy.RequireNumbers === true ? strings.needsNumber : undefined,
    PasswordPolicy.RequireSymbols === true ? strings.needsSymbol : undefined,
  ].flatMap((rule) => (rule === undefined ? [] : [html`<li>${rule}</li>`]));
  const { label, isRequired = true, isWrong, isFirst = false } = given;
  const shared = {
    type: "password",
    autocomplete: "new-password",
    maxLength: longestPassword,
    isRequired,
    isWrong,
  } as const;
  return html`${input(strings, { ...shared, name: "password", label, isFirst, describedBy: rulesId })}
<div class="rules" id="${rulesId}">${strings.passwordNeeds}<ul>${rules}</ul></div>
${input(strings, { ...shared, name: "password_again", label: strings.passwordAgain })}`;
}

/** Of OpenID Connect's claims, how browsers know them (HTML, autofill). */
const autofill: Readonly<Record<string, string>> = {
  address: "street-address",
  birthdate: "bday",
  email: "email",
  family_name: "family-name",
  gender: "sex",
  given_name: "given-name",
  middle_name: "additional-name",
  name: "name",
  nickname: "nickname",
  phone_number: "tel",
  picture: "photo",
  website: "url",
};

const types: Readonly<Record<string, Input["type"]>> = {
  birthdate: "date",
  email: "email",
  phone_number: "tel",
};

const prefix = "attribute.";

/** An attribute of the user's, under a name that no other input has. */
export function attributeInput({ language: { strings } }: View, field: Field, value: string | undefined): Html {
  const label = strings.attributes[field.name as StandardAttribute] ?? field.name.replace(/^(?:dev:)?custom:/, ""); // a custom one has its name
  return input(strings, {
    name: prefix + field.name,
    label,
    type: types[field.name] ?? (field.type === "Number" && field.name !== "updated_at" ? "number" : "text"),
    autocomplete: autofill[field.name] ?? "off",
    maxLength: field.maxLength,
    value,
  });
}

/** What was typed into them, without blanks around; none that the page did not ask for. */
export function readAttributes(given: URLSearchParams, fields: readonly Field[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, maxLength } of fields) {
    const value = (given.get(prefix + name) ?? "").trim().slice(0, maxLength);
    if (value !== "") values[name] = value;
  }
  return values;
}

/** As the contract has them (API reference, UsernameType, PasswordType, ConfirmationCodeType). */
export const longestName = 128;
export const longestPassword = 256;
const longestCode = 32;
/** Of a passkey's answer: far beyond what authenticators give. */
export const longestCredential = 65_536;
const namePattern = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** Undefined where it is no name. */
export function readName(given: URLSearchParams): string | undefined {
  const name = (given.get("username") ?? "").trim();
  return name.length <= longestName && namePattern.test(name) ? name : undefined;
}

export function readPassword(given: URLSearchParams, name = "password"): string | undefined {
  const password = given.get(name) ?? "";
  return password === "" || password.length > longestPassword ? undefined : password;
}

/** People write codes in groups. */
export function readCode(given: URLSearchParams, name: string): string | undefined {
  const code = (given.get(name) ?? "").replace(/\s+/g, "");
  return code === "" || code.length > longestCode ? undefined : code;
}
