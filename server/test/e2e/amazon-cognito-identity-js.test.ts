/** A user's whole life as browsers live it with Amazon's own library: sign-up to the last sign-out. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { userPool } from "./user-pool.ts";

const PASSWORD = "Secret-word-1";

/** One outcome of the callbacks that this library takes. */
type Outcome =
  | { readonly session: CognitoUserSession }
  | { readonly challenge: string }
  | { readonly error: { readonly code: string; readonly message: string } };

function callbacks(resolve: (outcome: Outcome) => void) {
  return {
    onSuccess: (session: CognitoUserSession) => resolve({ session }),
    onFailure: ({ code, message }: { code: string; message: string }) => resolve({ error: { code, message } }),
    totpRequired: (challenge: string) => resolve({ challenge }),
  };
}

/** What the library answers by a callback of Node's form. */
function answer<T>(run: (callback: (error?: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    run((error, result) => {
      if (error) reject(error);
      else resolve(result as T); // there is one where there is no error
    });
  });
}

/** What it answers by callbacks of their own. */
function succeed<T>(
  run: (callbacks: { onSuccess: (result: T) => void; onFailure: (error: Error) => void }) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    run({ onSuccess: resolve, onFailure: reject });
  });
}

suite("amazon-cognito-identity-js, from sign-up to sign-out", async () => {
  const it = await userPool({
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
  });
  const pool = () =>
    new CognitoUserPool({ UserPoolId: it.UserPoolId, ClientId: it.ClientId, endpoint: it.endpoint, Storage: store() });

  /** Each browser has its own memory. */
  function store() {
    const kept = new Map<string, string>();
    return {
      setItem: (key: string, value: string) => void kept.set(key, value),
      getItem: (key: string) => kept.get(key) ?? null,
      removeItem: (key: string) => void kept.delete(key),
      clear: () => kept.clear(),
    };
  }

  const browserOf = (Username: string) => {
    const Pool = pool();
    return new CognitoUser({ Username, Pool, Storage: store() });
  };
  const signIn = (user: CognitoUser, Password = PASSWORD) =>
    new Promise<Outcome>((resolve) => {
      const details = new AuthenticationDetails({ Username: user.getUsername(), Password });
      user.authenticateUser(details, callbacks(resolve));
    });
  const signUp = async (name: string) => {
    const Value = `${name}@example.com`;
    const attributes = [new CognitoUserAttribute({ Name: "email", Value })];
    await answer((callback) => pool().signUp(name, PASSWORD, attributes, [], callback));
    const code = await it.codeSentTo(Value);
    const user = browserOf(name);
    await answer((callback) => user.confirmRegistration(code, false, callback));
    return user;
  };
  const signedIn = async (name: string) => {
    const user = await signUp(name);
    const outcome = await signIn(user);
    assert.ok("session" in outcome, JSON.stringify(outcome));
    return { user, session: outcome.session };
  };

  test("signs up, cannot sign in before the address is confirmed, and then can", async () => {
    const attributes = [new CognitoUserAttribute({ Name: "email", Value: "ann@example.com" })];
    const result = await answer<{ userSub: string; userConfirmed: boolean }>((callback) =>
      pool().signUp("ann", PASSWORD, attributes, [], callback),
    );
    assert.equal(result.userConfirmed, false);
    const user = browserOf("ann");
    assert.deepEqual(await signIn(user), {
      error: { code: "UserNotConfirmedException", message: "User is not confirmed." },
    });
    await answer((callback) => user.resendConfirmationCode(callback));
    const code = await it.codeSentTo("ann@example.com");
    assert.equal(await answer((callback) => user.confirmRegistration(code, false, callback)), "SUCCESS");
    const outcome = await signIn(user);
    assert.ok("session" in outcome);
    assert.equal(outcome.session.getIdToken().payload.sub, result.userSub);
    const mine = await answer<CognitoUserAttribute[]>((callback) => user.getUserAttributes(callback));
    assert.deepEqual(Object.fromEntries(mine.map(({ Name, Value }) => [Name, Value])), {
      sub: result.userSub,
      email: "ann@example.com",
      email_verified: "true",
    });
  });

  test("changes attributes and the password, and refreshes", async () => {
    const { user, session } = await signedIn("bob");
    await answer((callback) =>
      user.updateAttributes([new CognitoUserAttribute({ Name: "name", Value: "Bob" })], callback),
    );
    const refreshed = await answer<CognitoUserSession>((callback) =>
      user.refreshSession(session.getRefreshToken(), callback),
    );
    assert.equal(refreshed.getIdToken().payload.name, "Bob");
    assert.equal(await answer((callback) => user.changePassword(PASSWORD, "Secret-word-2", callback)), "SUCCESS");
    assert.deepEqual(await signIn(browserOf("bob")), {
      error: { code: "NotAuthorizedException", message: "Incorrect username or password." },
    });
    assert.ok("session" in (await signIn(browserOf("bob"), "Secret-word-2")));
  });

  test("turns an authenticator app on, and is asked for its code where the browser is not remembered", async () => {
    const { user } = await signedIn("cid");
    const secret = await new Promise<string>((associateSecretCode, onFailure) => {
      user.associateSoftwareToken({ associateSecretCode, onFailure });
    });
    await succeed((back) => user.verifySoftwareToken(it.appCode(secret), "phone", back));
    await answer((callback) => user.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, callback));
    const again = browserOf("cid");
    assert.deepEqual(await signIn(again), { challenge: "SOFTWARE_TOKEN_MFA" });
    const outcome = await new Promise<Outcome>((resolve) => {
      again.sendMFACode(it.appCode(secret, 1), callbacks(resolve), "SOFTWARE_TOKEN_MFA");
    });
    assert.ok("session" in outcome, JSON.stringify(outcome));
    assert.equal(outcome.session.getAccessToken().payload.username, "cid");

    // A browser that is remembered proves itself instead, until it is forgotten.
    await succeed<string>((back) => again.setDeviceStatusRemembered(back));
    const { Devices } = await succeed<{ Devices: { DeviceKey: string }[] }>((back) =>
      again.listDevices(10, null, back),
    );
    const unasked = await signIn(again);
    assert.ok("session" in unasked, JSON.stringify(unasked));
    const { device_key } = unasked.session.getAccessToken().payload;
    assert.ok(Devices.some(({ DeviceKey }) => DeviceKey === device_key));
    assert.equal(await succeed((back) => again.forgetDevice(back)), "SUCCESS");
    assert.deepEqual(await signIn(again), { challenge: "SOFTWARE_TOKEN_MFA" });
  });

  test("forgets the password, and sets another by the code that was sent", async () => {
    await signUp("eve");
    const user = browserOf("eve");
    await succeed((back) => user.forgotPassword(back));
    const code = await it.codeSentTo("eve@example.com");
    assert.equal(await succeed((back) => user.confirmPassword(code, "Secret-word-3", back)), "SUCCESS");
    assert.ok("session" in (await signIn(user, "Secret-word-3")));
    assert.ok("error" in (await signIn(browserOf("eve"))));
  });

  test("signs out everywhere, and here", async () => {
    const { user, session } = await signedIn("fay");
    const elsewhere = browserOf("fay");
    assert.ok("session" in (await signIn(elsewhere)));
    assert.equal(await succeed((back) => user.globalSignOut(back)), "SUCCESS");
    await assert.rejects(
      answer((callback) => elsewhere.getUserAttributes(callback)),
      { code: "NotAuthorizedException", message: "Access Token has been revoked" },
    );
    await assert.rejects(
      answer((callback) => elsewhere.refreshSession(session.getRefreshToken(), callback)),
      { code: "NotAuthorizedException", message: "Refresh Token has been revoked" },
    );
    const back = await signIn(elsewhere);
    assert.ok("session" in back);
    await new Promise<void>((resolve) => elsewhere.signOut(resolve));
    // The library revokes the refresh token as it signs out.
    await assert.rejects(
      answer((callback) => elsewhere.refreshSession(back.session.getRefreshToken(), callback)),
      { code: "NotAuthorizedException", message: "Refresh Token has been revoked" },
    );
  });
});
