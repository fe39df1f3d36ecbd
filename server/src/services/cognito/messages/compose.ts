import type { EmailMfaConfigType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Environment } from "../../operation.ts";
import type { Medium } from "./address.ts";

/** Why a message is sent, as the CustomMessage trigger's sources say: `CustomMessage_SignUp`. */
export type MessageKind =
  | "SignUp"
  | "ResendCode"
  | "ForgotPassword"
  | "UpdateUserAttribute"
  | "VerifyUserAttribute"
  | "AdminCreateUser"
  | "Authentication"
  | "AccountTakeOverNotification";

export interface Occasion {
  readonly kind: Exclude<MessageKind, "AccountTakeOverNotification">;
  readonly medium: Medium;
  readonly username: string;
  /** The code, or the temporary password of an invitation. */
  readonly code: string;
  /** Which app client a link confirms the user for. */
  readonly clientId?: string | undefined;
}

/** What a CustomMessage trigger answered: templates in place of the pool's. */
export interface CustomMessage {
  readonly emailSubject?: string | null | undefined;
  readonly emailMessage?: string | null | undefined;
  readonly smsMessage?: string | null | undefined;
}

export interface Content {
  /** Empty for SMS. */
  readonly subject: string;
  readonly body: string;
  readonly isHtml: boolean;
  /** Where the body leads to, if it does: in there it is written as HTML writes it. */
  readonly link?: string;
}

/** The settings of a pool that its messages are made of. */
export type MessageSettings = Pick<
  UserPoolType,
  "VerificationMessageTemplate" | "AdminCreateUserConfig" | "SmsAuthenticationMessage"
> & { readonly EmailMfaConfiguration?: EmailMfaConfigType | undefined };

/** What triggers are given for the parts that they do not learn. */
export const codePlaceholder = "{####}";
export const usernamePlaceholder = "{username}";
export const linkPlaceholder = "{##Click Here##}";

/**
 * The message for an occasion, by the trigger's answer, the pool's templates, or AWS's texts.
 *
 * AWS sends every email as HTML. Here one whose template has no markup is sent as plain text, which reads the same, so
 * that a temporary password with `<` in it arrives whole; in one with markup, what is filled in is escaped.
 */
export function compose(
  { publicUrl }: Pick<Environment, "publicUrl">,
  { configuration }: { readonly configuration: MessageSettings },
  occasion: Occasion,
  custom: CustomMessage = {},
): Content {
  const { username, code } = occasion;
  if (occasion.medium === "SMS") {
    const template = custom.smsMessage || smsTemplate(configuration, occasion);
    return { subject: "", body: fill(template, { username, code }), isHtml: false };
  }
  const template = emailTemplate(configuration, occasion);
  const body = custom.emailMessage || template.body;
  const link = confirmationLink(publicUrl(), occasion);
  const isHtml = /[<&]|\{##/.test(body.replaceAll(codePlaceholder, ""));
  const shown = isHtml ? { username: escapeHtml(username), code: escapeHtml(code) } : { username, code };
  return {
    // Placeholders of subjects stay as they are (aws-amplify/amplify-js#936): a list of mails should not show codes.
    subject: custom.emailSubject || template.subject,
    body: fill(body, { ...shown, link }),
    isHtml,
    ...(linkTemplate.test(body) ? { link } : {}),
  };
}

/** Only who signs up is sent a link (developer guide, "Configuring verification and invitation messages"). */
export function confirmsByLink({ VerificationMessageTemplate }: MessageSettings, kind: MessageKind): boolean {
  const isSignUp = kind === "SignUp" || kind === "ResendCode";
  return isSignUp && VerificationMessageTemplate?.DefaultEmailOption === "CONFIRM_WITH_LINK";
}

function emailTemplate(settings: MessageSettings, { kind }: Occasion): { subject: string; body: string } {
  if (kind === "AdminCreateUser") {
    const { EmailSubject, EmailMessage } = settings.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
    return { subject: EmailSubject || "Your temporary password", body: EmailMessage || invitation };
  }
  if (kind === "Authentication") {
    const { Subject, Message } = settings.EmailMfaConfiguration ?? {};
    // AWS's own are recorded nowhere: these are its other texts, put together.
    return { subject: Subject || "Your authentication code", body: Message || authentication };
  }
  const template = settings.VerificationMessageTemplate ?? {};
  if (confirmsByLink(settings, kind)) {
    // The console's templates for links.
    return {
      subject: template.EmailSubjectByLink || "Your verification link",
      body:
        template.EmailMessageByLink || "Please click the link below to verify your email address. {##Verify Email##} ",
    };
  }
  return {
    subject: template.EmailSubject || "Your verification code",
    body: template.EmailMessage || verification(kind),
  };
}

function smsTemplate(settings: MessageSettings, { kind }: Occasion): string {
  if (kind === "AdminCreateUser") {
    return settings.AdminCreateUserConfig?.InviteMessageTemplate?.SMSMessage || invitation;
  }
  if (kind === "Authentication") return settings.SmsAuthenticationMessage || authentication;
  return settings.VerificationMessageTemplate?.SmsMessage || verification(kind);
}

/** Of the console, and of CDK's user pools. */
const invitation = "Your username is {username} and temporary password is {####}.";
const authentication = "Your authentication code is {####}.";

/** As received from pools without templates; the one of ForgotPassword is documented by WikiWatershed/monitor-my-watershed#636. */
function verification(kind: MessageKind): string {
  return kind === "ForgotPassword" ? "Your password reset code is {####}" : "Your verification code is {####}.";
}

/** AWS's path on the pool's domain. The client tells the pool, so it works here under one address for all of them. */
function confirmationLink(publicUrl: string, { clientId = "", username, code }: Occasion): string {
  const query = Object.entries({ client_id: clientId, user_name: username, confirmation_code: code });
  return `${publicUrl}/confirmUser?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}

const linkTemplate = /\{##[^{}]+##\}/;
const placeholders = /\{####\}|\{username\}|\{##([^{}]+?)##\}/g;

/** In one pass: what is filled in may look like a placeholder itself. */
function fill(template: string, { username, code, link }: { username: string; code: string; link?: string }): string {
  return template.replace(placeholders, (placeholder: string, linkText: string | undefined) => {
    if (placeholder === codePlaceholder) return code;
    if (placeholder === usernamePlaceholder) return username;
    return link === undefined ? placeholder : `<a href="${escapeHtml(link)}">${linkText ?? ""}</a>`;
  });
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
