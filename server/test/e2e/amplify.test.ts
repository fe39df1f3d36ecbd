/** A user's whole life as applications live it with Amplify, whose Auth category is this package. */
import assert from "node:assert/strict";
import { beforeEach, suite, test } from "node:test";
import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  fetchUserAttributes,
  resetPassword,
  type SignInInput,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  updatePassword,
  verifyTOTPSetup,
} from "@aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";
import { Amplify, fetchAuthSession } from "@aws-amplify/core";
import { userPool } from "./user-pool.ts";

const PASSWORD = "Secret-word-1";

suite("Amplify, from sign-up to sign-out", async () => {
  const it = await userPool(
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } } },
    { ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  );
  const Auth = {
    Cognito: { userPoolId: it.UserPoolId, userPoolClientId: it.ClientId, userPoolEndpoint: it.endpoint },
  };
  const kept = new Map<string, string>();
  cognitoUserPoolsTokenProvider.setAuthConfig(Auth);
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (key, value) => void kept.set(key, value),
    getItem: async (key) => kept.get(key) ?? null,
    removeItem: async (key) => void kept.delete(key),
    clear: async () => kept.clear(),
  });
  Amplify.configure({ Auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });
  beforeEach(() => kept.clear());

  const register = async (username: string) => {
    const email = `${username}@example.com`;
    await signUp({ username, password: PASSWORD, options: { userAttributes: { email } } });
    const confirmationCode = await it.codeSentTo(email);
    await confirmSignUp({ username, confirmationCode });
  };
  const stepOf = async (input: SignInInput) => (await signIn(input)).nextStep.signInStep;
  const signedIn = async (username: string) => {
    await register(username);
    assert.equal(await stepOf({ username, password: PASSWORD }), "DONE");
  };

  test("signs up, confirms, and signs in without sending the password", async () => {
    const username = "ann";
    const options = { userAttributes: { email: "ann@example.com" } };
    const { isSignUpComplete, nextStep, userId } = await signUp({ username, password: PASSWORD, options });
    assert.equal(isSignUpComplete, false);
    assert.deepEqual(nextStep, {
      signUpStep: "CONFIRM_SIGN_UP",
      codeDeliveryDetails: { attributeName: "email", deliveryMedium: "EMAIL", destination: "a***@e***" },
    });
    assert.equal(await stepOf({ username, password: PASSWORD }), "CONFIRM_SIGN_UP");
    const confirmationCode = await it.codeSentTo("ann@example.com");
    assert.ok((await confirmSignUp({ username, confirmationCode })).isSignUpComplete);
    assert.equal(await stepOf({ username, password: PASSWORD, options: { authFlowType: "USER_SRP_AUTH" } }), "DONE");
    const { tokens } = await fetchAuthSession();
    assert.equal(tokens?.accessToken.payload.username, "ann");
    assert.equal(tokens?.idToken?.payload.email, "ann@example.com");
    assert.deepEqual(await fetchUserAttributes(), { sub: userId, email: "ann@example.com", email_verified: "true" });
    const refreshed = await fetchAuthSession({ forceRefresh: true });
    assert.notEqual(refreshed.tokens?.accessToken.toString(), tokens?.accessToken.toString());
    assert.equal(refreshed.userSub, userId);
  });

  test("signs in by a code that is sent, the user's choice of a first factor", async () => {
    await register("bob");
    const options = { authFlowType: "USER_AUTH", preferredChallenge: "EMAIL_OTP" } as const;
    const { nextStep } = await signIn({ username: "bob", options });
    assert.equal(nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    const challengeResponse = await it.codeSentTo("bob@example.com");
    assert.equal(challengeResponse.length, 8);
    assert.ok((await confirmSignIn({ challengeResponse })).isSignedIn);
    assert.equal((await fetchUserAttributes()).email, "bob@example.com");
  });

  test("updates the password", async () => {
    await signedIn("cid");
    await updatePassword({ oldPassword: PASSWORD, newPassword: "Secret-word-2" });
    await signOut();
    await assert.rejects(signIn({ username: "cid", password: PASSWORD }), {
      name: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
    assert.equal(await stepOf({ username: "cid", password: "Secret-word-2" }), "DONE");
  });

  test("sets an authenticator app up, and is asked for its code", async () => {
    await signedIn("dan");
    const { sharedSecret } = await setUpTOTP();
    await verifyTOTPSetup({ code: it.appCode(sharedSecret) });
    await updateMFAPreference({ totp: "PREFERRED" });
    await signOut();
    assert.equal(await stepOf({ username: "dan", password: PASSWORD }), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    assert.ok((await confirmSignIn({ challengeResponse: it.appCode(sharedSecret, 1) })).isSignedIn);
  });

  test("resets a forgotten password", async () => {
    await register("eve");
    const { nextStep } = await resetPassword({ username: "eve" });
    assert.equal(nextStep.resetPasswordStep, "CONFIRM_RESET_PASSWORD_WITH_CODE");
    const confirmationCode = await it.codeSentTo("eve@example.com");
    await confirmResetPassword({ username: "eve", confirmationCode, newPassword: "Secret-word-3" });
    assert.equal(await stepOf({ username: "eve", password: "Secret-word-3" }), "DONE");
  });

  test("signs out everywhere", async () => {
    await signedIn("fay");
    const elsewhere = new Map(kept);
    await signOut({ global: true });
    assert.equal((await fetchAuthSession()).tokens, undefined);
    for (const [key, value] of elsewhere) kept.set(key, value);
    await assert.rejects(fetchUserAttributes(), {
      name: "NotAuthorizedException",
      message: "Access Token has been revoked",
    });
  });
});
