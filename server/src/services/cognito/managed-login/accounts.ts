import type { AttributeType, CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import { poolUsers } from "../../../store/pool-users.ts";
import { perform } from "../../operation.ts";
import { ConfirmForgotPassword } from "../passwords/ConfirmForgotPassword.ts";
import { ForgotPassword } from "../passwords/ForgotPassword.ts";
import { passwordFault } from "../passwords/password-policy.ts";
import { requireUncompromised } from "../risk/compromised-passwords.ts";
import { ConfirmSignUp } from "../sign-up/ConfirmSignUp.ts";
import { ResendConfirmationCode } from "../sign-up/ResendConfirmationCode.ts";
import { SignUp } from "../sign-up/SignUp.ts";
import { simulatedDelivery } from "../users/public-user.ts";
import { type Fault, faultOf, isRefusal } from "./fault.ts";
import { type Outcome, signInConfirmed } from "./sign-in.ts";
import type { SignedUp } from "./step.ts";
import { callOf, clientAndUser, pageContext, type Visit } from "./visit.ts";

export type Refused = { readonly kind: "refused"; readonly fault: Fault };

/** Makes a user, who is signed in at once where nobody has to confirm. */
export async function signUp(
  visit: Visit,
  username: string,
  password: string | undefined,
  attributes: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { environment, facts, context } = visit;
  const UserAttributes: AttributeType[] = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  const input = { ...clientAndUser(context, username), UserAttributes, ...(password && { Password: password }) };
  try {
    const answer = (await perform(SignUp, input, facts, environment)) as SignUpAnswer; // what SignUp answers
    if (answer.UserConfirmed) return await signInById(visit, answer.UserSub, username);
    const destination = answer.CodeDeliveryDetails?.Destination ?? "";
    return { kind: "unconfirmed", who: { userId: answer.UserSub, username, destination } };
  } catch (error) {
    return { kind: "refused", fault: faultOf(error) };
  }
}

interface SignUpAnswer {
  readonly UserConfirmed: boolean;
  readonly UserSub: string;
  readonly CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined;
}

async function signInById(visit: Visit, userId: string, username: string): Promise<Outcome> {
  const user = await visit.environment.store.read((tx) => poolUsers.findById(tx, userId));
  return user === undefined
    ? { kind: "refused", fault: { kind: "sessionEnded" } }
    : signInConfirmed(visit, user, username);
}

/** With a code. Whoever signed up with this browser is signed in by it; of others only the account is confirmed. */
export async function confirmSignUp(
  visit: Visit,
  username: string,
  code: string,
  who: SignedUp | undefined,
): Promise<Outcome | { readonly kind: "confirmed" }> {
  const refused = await confirm(visit, username, code);
  if (refused !== undefined) return refused;
  return who === undefined ? { kind: "confirmed" } : signInById(visit, who.userId, username);
}

/**
 * Whatever is wrong with a code looks the same: that nobody has this name, or is confirmed already, or was sent another, or
 * has tried too many.
 */
const ofCodes = ["UserNotFoundException", "CodeMismatchException", "ExpiredCodeException", "LimitExceededException"];

/** The refusal, if there is one. */
export async function confirm(
  { environment, facts, context }: Pick<Visit, "environment" | "facts" | "context">,
  username: string,
  code: string,
): Promise<Refused | undefined> {
  const input = { ...clientAndUser(context, username), ConfirmationCode: code };
  try {
    await perform(ConfirmSignUp, input, facts, environment);
    return undefined;
  } catch (error) {
    const hides = isRefusal(error, ...ofCodes, "NotAuthorizedException");
    return { kind: "refused", fault: hides ? { kind: "expiredCode" } : faultOf(error) };
  }
}

/** Another code, if the user waits for one. Only who signed up with this browser is told why there is none. */
export async function resendCode(
  visit: Visit,
  username: string,
  who: SignedUp | undefined,
): Promise<Refused | { readonly kind: "sent"; readonly destination: string }> {
  const { environment, facts, context } = visit;
  return sent(visit, username, who !== undefined, () =>
    perform(ResendConfirmationCode, clientAndUser(context, username), facts, environment),
  );
}

/** A code that lets the user choose a new password. Who has no account is told the same as who has. */
export async function forgotPassword(
  visit: Visit,
  username: string,
): Promise<Refused | { readonly kind: "sent"; readonly destination: string }> {
  const { environment, facts, context } = visit;
  return sent(visit, username, false, () =>
    perform(ForgotPassword, clientAndUser(context, username), facts, environment),
  );
}

/** Refusals that only users meet, of whom there is one then. */
const ofUsers = ["UserNotFoundException", "InvalidParameterException", "NotAuthorizedException"];

async function sent(
  visit: Visit,
  username: string,
  isKnown: boolean,
  send: () => Promise<object>,
): Promise<Refused | { readonly kind: "sent"; readonly destination: string }> {
  try {
    const answer = (await send()) as { readonly CodeDeliveryDetails?: CodeDeliveryDetailsType }; // both operations answer it
    return { kind: "sent", destination: answer.CodeDeliveryDetails?.Destination ?? "" };
  } catch (error) {
    if (!isRefusal(error, ...ofUsers, ...(isKnown ? [] : ["LimitExceededException"]))) {
      return { kind: "refused", fault: faultOf(error) };
    }
    const { Destination = "" } = simulatedDelivery(await callOf(visit), pageContext(visit), username);
    return { kind: "sent", destination: Destination };
  }
}

/** The new password, with the code. */
export async function resetPassword(
  visit: Visit,
  username: string,
  code: string,
  password: string,
): Promise<Refused | { readonly kind: "reset" }> {
  const { environment, facts, context } = visit;
  const input = { ...clientAndUser(context, username), ConfirmationCode: code, Password: password };
  // Before anybody is looked for: only a user's password would be found wanting later.
  if (passwordFault(context.configuration.Policies.PasswordPolicy, password) !== undefined) {
    return { kind: "refused", fault: { kind: "badPassword" } };
  }
  try {
    await requireUncompromised(await callOf(visit), context, password, "PASSWORD_CHANGE");
    await perform(ConfirmForgotPassword, input, facts, environment);
    return { kind: "reset" };
  } catch (error) {
    return { kind: "refused", fault: isRefusal(error, ...ofCodes) ? { kind: "expiredCode" } : faultOf(error) };
  }
}
