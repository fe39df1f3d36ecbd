import type { Outcome } from "../../services/cognito/managed-login/sign-in.ts";
import type { HttpResponse } from "../http.ts";
import { redirect } from "../pool-pages.ts";
import { showChallenge } from "./challenge.ts";
import { showConfirm } from "./confirm.ts";
import { showForgot } from "./forgot.ts";
import { type LoginState, showLogin } from "./login.ts";
import type { View } from "./parts.ts";

/** The page, or the app, that a sign-in leads to; from wherever it was sent. */
export async function showOutcome(view: View, outcome: Outcome, again: LoginState): Promise<HttpResponse> {
  switch (outcome.kind) {
    case "done":
      // Whatever the form was sent with, the app is asked for with GET (RFC 9110, 15.4.4).
      return { ...redirect(outcome.location, [...view.cookies, outcome.cookie]), status: 303 };
    case "asked":
      return showChallenge(view, outcome.step);
    case "refused":
      return outcome.step === undefined
        ? showLogin(view, { ...again, fault: outcome.fault })
        : showChallenge(view, outcome.step, outcome.fault);
    case "unconfirmed":
      return showConfirm(view, { who: outcome.who });
    case "password reset":
      return showForgot(view, { username: outcome.username, notice: view.language.strings.passwordMustChange });
  }
}
