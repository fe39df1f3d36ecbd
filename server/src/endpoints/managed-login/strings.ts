import type { FaultKind } from "../../services/cognito/managed-login/fault.ts";

/** All that pages say, in one language: one that says less does not compile. */
export interface Strings {
  /** As terms of use are filed (API reference, LanguageIdType): `cognito:english`. */
  readonly termsLanguage: string;

  readonly signIn: string;
  readonly signUp: string;
  readonly confirmAccount: string;
  readonly resetPassword: string;
  readonly chooseNewPassword: string;
  readonly verify: string;
  readonly setUpApp: string;
  readonly chooseFactor: string;
  readonly chooseFirstFactor: string;
  readonly passkey: string;
  readonly addPasskey: string;
  readonly error: string;

  readonly username: string;
  readonly email: string;
  readonly phoneNumber: string;
  readonly emailOrPhone: string;
  readonly password: string;
  readonly newPassword: string;
  readonly passwordAgain: string;
  readonly code: string;
  readonly optional: string;

  readonly confirm: string;
  readonly sendCode: string;
  readonly resendCode: string;
  readonly changePassword: string;
  readonly continue: string;
  readonly usePasskey: string;
  readonly notNow: string;
  readonly emailMeCode: string;
  readonly textMeCode: string;
  readonly continueWith: (provider: string) => string;

  readonly or: string;
  readonly forgotPassword: string;
  readonly noAccount: string;
  readonly haveAccount: string;
  readonly backToSignIn: string;

  readonly codeSentTo: (destination: string) => string;
  /** Whoever asked need not be anybody. */
  readonly codeMayBeSentTo: (destination: string) => string;
  readonly confirmIntroduction: string;
  readonly awaitAdministrator: string;
  readonly resetIntroduction: string;
  readonly newPasswordIntroduction: string;
  readonly appCodeIntroduction: string;
  readonly scanCode: string;
  readonly qrCode: string;
  readonly orEnterKey: string;
  readonly enterAppCode: string;
  readonly passkeyIntroduction: string;
  readonly addPasskeyIntroduction: string;
  readonly passkeyFailed: string;
  readonly needsScript: string;

  readonly accountConfirmed: string;
  readonly passwordChanged: string;
  readonly passwordMustChange: string;
  readonly passkeyAdded: string;

  readonly byEmail: string;
  readonly bySms: string;
  readonly byApp: string;
  readonly byPassword: string;
  readonly byPasskey: string;

  readonly passwordNeeds: string;
  readonly needsLength: (characters: number) => string;
  readonly needsUppercase: string;
  readonly needsLowercase: string;
  readonly needsNumber: string;
  readonly needsSymbol: string;

  readonly agreement: string;
  readonly termsOfUse: string;
  readonly privacyPolicy: string;

  readonly formExpired: string;
  readonly pageUnavailable: string;
  readonly faults: Readonly<Record<FaultKind, string>>;
  readonly attributes: Readonly<Record<StandardAttribute, string>>;
}

/** Those that pages can ask for. */
export type StandardAttribute =
  | "address"
  | "birthdate"
  | "email"
  | "family_name"
  | "gender"
  | "given_name"
  | "locale"
  | "middle_name"
  | "name"
  | "nickname"
  | "phone_number"
  | "picture"
  | "preferred_username"
  | "profile"
  | "updated_at"
  | "website"
  | "zoneinfo";
