import type { Environment } from "../../services/operation.ts";
import type { HttpResponse } from "../http.ts";
import type { PoolEndpoint, PoolRequest } from "../pool-domain.ts";
import { redirect } from "../pool-pages.ts";
import { getSignUp, postConfirm, postForgot, postResend, postReset, postSignUp } from "./account-forms.ts";
import { followLink, showConfirm } from "./confirm.ts";
import { showForgot, showReset } from "./forgot.ts";
import { showLogin } from "./login.ts";
import { longestName, pageUrl, type View } from "./parts.ts";
import { getAddPasskey, postAddPasskey } from "./passkeys.ts";
import { postChallenge, postLogin, postNewPassword } from "./sign-in-forms.ts";
import { isOwnForm, openView, showError, showExpired } from "./view.ts";

type Get = (view: View, asked: PoolRequest) => Promise<HttpResponse>;
type Post = (view: View, given: URLSearchParams, asked: PoolRequest) => Promise<HttpResponse>;

/** What is shown only once a sign-in is under way: whoever comes here by an address begins it. */
const toLogin: Get = async (view) => redirect(pageUrl(view, "/login"), view.cookies);

const gets: Readonly<Record<string, Get>> = {
  "/login": async (view) => showLogin(view),
  "/signup": getSignUp,
  "/confirmUser": async (view) => showConfirm(view),
  "/resendcode": async (view) => redirect(pageUrl(view, "/confirmUser"), view.cookies),
  "/forgotPassword": async (view) =>
    showForgot(view, { username: view.visit.request.loginHint?.slice(0, longestName) }),
  "/confirmForgotPassword": async (view) => showReset(view),
  "/mfa": toLogin,
  "/changePassword": toLogin,
  "/passkeys/add": getAddPasskey,
};

const posts: Readonly<Record<string, Post>> = {
  "/login": postLogin,
  "/signup": postSignUp,
  "/confirmUser": postConfirm,
  "/resendcode": postResend,
  "/forgotPassword": postForgot,
  "/confirmForgotPassword": postReset,
  "/mfa": postChallenge,
  "/changePassword": postNewPassword,
  "/passkeys/add": (view, _given, asked) => postAddPasskey(view, asked),
};

/** One of these, by its route. */
export function managedLoginEndpoint(environment: Environment, route: string): PoolEndpoint {
  const [method = "", path = ""] = route.split(" ");
  return async (asked) => {
    if (method === "GET" && path === "/confirmUser" && asked.query.has("confirmation_code")) {
      return followLink(environment, asked);
    }
    const view = await openView(environment, asked);
    const get = method === "GET" ? gets[path] : undefined;
    if (get !== undefined) return get(view, asked);
    const post = posts[path];
    if (post === undefined || !isOwnForm(view, asked, path)) return showExpired(view);
    return post(view, asked.form, asked);
  };
}

const codePattern = /^[a-z_]{1,64}$/;

/** Where others send browsers that cannot go on. Anybody can write its address, so it shows a code at most. */
export const errorEndpoint: PoolEndpoint = async (asked) => {
  const code = asked.query.get("error") ?? "";
  return showError(asked, { message: codePattern.test(code) ? code : "" });
};
