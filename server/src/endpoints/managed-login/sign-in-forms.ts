import type { Fault } from "../../services/cognito/managed-login/fault.ts";
import { missingFields } from "../../services/cognito/managed-login/fields.ts";
import { hasOwnUsers } from "../../services/cognito/managed-login/providers.ts";
import { answerStep, signInWith, signInWithPassword } from "../../services/cognito/managed-login/sign-in.ts";
import { type Asked, openStep } from "../../services/cognito/managed-login/step.ts";
import type { HttpResponse } from "../http.ts";
import { showChallenge } from "./challenge.ts";
import { otherFactors, showLogin } from "./login.ts";
import { showOutcome } from "./outcome.ts";
import {
  longestCredential,
  longestName,
  readAttributes,
  readCode,
  readName,
  readPassword,
  type View,
} from "./parts.ts";

export async function postLogin(view: View, given: URLSearchParams): Promise<HttpResponse> {
  const { visit } = view;
  const username = readName(given);
  const typed = given.get("username")?.slice(0, longestName);
  if (!hasOwnUsers(visit.context)) return showLogin(view);
  if (username === undefined) return showLogin(view, { fault: { kind: "incomplete" }, username: typed });
  const factor = otherFactors(view).find((name) => name === given.get("factor"));
  if (factor !== undefined) return showOutcome(view, await signInWith(visit, username, factor), { username });
  const password = readPassword(given);
  if (password === undefined) return showLogin(view, { fault: { kind: "incomplete" }, username });
  return showOutcome(view, await signInWithPassword(visit, username, password), { username });
}

/** Codes, choices, passwords asked for by themselves, and passkeys. */
export async function postChallenge(view: View, given: URLSearchParams): Promise<HttpResponse> {
  const step = openStep(view.visit, given.get("step") ?? "");
  if (step === undefined || step.challenge === "NEW_PASSWORD_REQUIRED") return restart(view);
  const answer = readAnswer(step, given);
  if (answer === undefined) {
    if (step.challenge === "WEB_AUTHN")
      return showLogin(view, { fault: { kind: "noPasskey" }, username: step.username });
    return showChallenge(view, step, { kind: "incomplete" });
  }
  return showOutcome(view, await answerStep(view.visit, step, answer), { username: step.username });
}

function readAnswer({ challenge }: Asked, given: URLSearchParams): string | undefined {
  if (challenge === "PASSWORD") return readPassword(given, "answer");
  if (challenge !== "WEB_AUTHN") return readCode(given, "answer");
  const credential = given.get("answer") ?? "";
  return credential === "" || credential.length > longestCredential ? undefined : credential;
}

export async function postNewPassword(view: View, given: URLSearchParams): Promise<HttpResponse> {
  const step = openStep(view.visit, given.get("step") ?? "");
  if (step === undefined || step.challenge !== "NEW_PASSWORD_REQUIRED") return restart(view);
  const fields = missingFields(view.visit.context, step.parameters);
  const attributes = readAttributes(given, fields);
  const password = readPassword(given);
  const fault: Fault | undefined =
    password === undefined || fields.some(({ name }) => attributes[name] === undefined)
      ? { kind: "incomplete" }
      : given.get("password_again") === password
        ? undefined
        : { kind: "differentPasswords" };
  if (password === undefined || fault !== undefined) return showChallenge(view, step, fault, given);
  const outcome = await answerStep(view.visit, step, password, attributes);
  if (outcome.kind === "refused" && outcome.step !== undefined) {
    return showChallenge(view, outcome.step, outcome.fault, given);
  }
  return showOutcome(view, outcome, { username: step.username });
}

/** What was carried here is another browser's, or too old. */
function restart(view: View): Promise<HttpResponse> {
  return showOutcome(view, { kind: "refused", fault: { kind: "sessionEnded" } }, {});
}
