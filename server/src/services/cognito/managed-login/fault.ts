import { ServiceException } from "../../../contract/service-exception.ts";

/** Why something was refused, for pages to say in the user's language. */
export type FaultKind =
  | "addressTaken"
  | "badPassword"
  | "blocked"
  | "compromisedPassword"
  | "differentPasswords"
  | "disabled"
  | "expiredCode"
  | "expiredPassword"
  | "incomplete"
  | "invalid"
  | "locked"
  | "noPasskey"
  | "sessionEnded"
  | "signUpClosed"
  | "tooManyRequests"
  | "unknown"
  | "usedCode"
  | "usedPassword"
  | "usernameTaken"
  | "wrongCode"
  | "wrongCredentials";

export interface Fault {
  readonly kind: FaultKind;
  /** AWS's own words, in English, where they say more: what an attribute must be like, what a function of the pool said. */
  readonly text?: string;
}

const byCode: Readonly<Record<string, FaultKind>> = {
  AliasExistsException: "addressTaken",
  CodeMismatchException: "wrongCode",
  EnableSoftwareTokenMFAException: "wrongCode",
  ExpiredCodeException: "expiredCode",
  InvalidPasswordException: "badPassword",
  LimitExceededException: "tooManyRequests",
  PasswordHistoryPolicyViolationException: "usedPassword",
  TooManyRequestsException: "tooManyRequests",
  // Whom nobody may learn to be none: whoever asks has a session of somebody who has been deleted since.
  UserNotFoundException: "sessionEnded",
  UsernameExistsException: "usernameTaken",
};

/** Where one code says several things, only the text tells which. */
const byText: Readonly<Record<string, FaultKind>> = {
  "Incorrect username or password.": "wrongCredentials",
  "Password attempts exceeded": "locked",
  "User is disabled.": "disabled",
  "Temporary password has expired and must be reset by an administrator.": "expiredPassword",
  "Request not allowed due to security reasons.": "blocked",
  "Unable to login because of security reasons.": "blocked",
  "Your software token has already been used once.": "usedCode",
  "SignUp is not permitted for this user pool": "signUpClosed",
  "Provided password cannot be used for security reasons.": "compromisedPassword",
};

const withText: ReadonlySet<string> = new Set([
  "InvalidParameterException",
  "NotAuthorizedException",
  "UserLambdaValidationException",
]);

/** Refuses to make a fault of what is none of the user's, such as one of ours. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof ServiceException)) throw error;
  // Of none, one that has expired, and one that was used.
  if (error.message.startsWith("Invalid session for the user")) return { kind: "sessionEnded" };
  const kind = byText[error.message] ?? byCode[error.code];
  if (kind !== undefined) return { kind };
  if (withText.has(error.code)) return { kind: "invalid", text: error.message };
  if (/^(InternalError|ServiceUnavailable|ResourceNotFound)/.test(error.code)) throw error;
  // What the pool's functions did wrong is for its owner to know.
  return { kind: "unknown" };
}

/** Whether a refusal has one of these codes. */
export function isRefusal(error: unknown, ...codes: readonly string[]): error is ServiceException {
  return error instanceof ServiceException && codes.includes(error.code);
}
