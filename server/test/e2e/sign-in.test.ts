/** Signing in as browsers do it: with Amazon's own client side of SRP, over a socket. */
import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/main.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { rootKey } from "./process.ts";

const PASSWORD = "Secret-word-1";

type Outcome =
  | { readonly session: CognitoUserSession }
  | { readonly error: { readonly code: string; readonly message: string } }
  | { readonly newPasswordRequired: { readonly user: Record<string, string>; readonly required: string[] } };

function callbacks(resolve: (outcome: Outcome) => void) {
  return {
    onSuccess: (session: CognitoUserSession) => resolve({ session }),
    onFailure: ({ code, message }: { code: string; message: string }) => resolve({ error: { code, message } }),
    newPasswordRequired: (user: Record<string, string>, required: string[]) =>
      resolve({ newPasswordRequired: { user, required } }),
  };
}

suite("amazon-cognito-identity-js", async () => {
  const config = readConfig(["--memory", "--port", "0"], {
    AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
  });
  const running = await start(config, { log: silentLog });
  after(() => running.stop());
  const cognito = new CognitoIdentityProviderClient({
    endpoint: running.endpoint,
    region: "us-east-1",
    credentials: rootKey,
  });
  after(() => cognito.destroy());
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: "pool",
      AliasAttributes: ["email"],
      Schema: [{ Name: "family_name", Required: true, Mutable: true }],
    }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", PreventUserExistenceErrors: "ENABLED" }),
  );
  const pool = new CognitoUserPool({
    UserPoolId,
    ClientId: UserPoolClient?.ClientId ?? "",
    endpoint: running.endpoint,
  });
  const withPassword = async (Username: string, attributes: Record<string, string> = {}) => {
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: "SUPPRESS", UserAttributes }));
    await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }));
  };
  const signIn = async (Username: string, Password: string) => {
    const user = new CognitoUser({ Username, Pool: pool });
    const details = new AuthenticationDetails({ Username, Password });
    const outcome = await new Promise<Outcome>((resolve) => {
      user.authenticateUser(details, callbacks(resolve));
    });
    return { user, outcome };
  };

  test("knows the password without sending it, over and over, whatever number leads with a zero", async () => {
    await withPassword("ann", { family_name: "Example" });
    // Each time with other numbers: one in a few hundred is a byte shorter, one in two has its top bit set.
    for (let at = 0; at < 12; at++) {
      const { outcome } = await signIn("ann", PASSWORD);
      assert.ok("session" in outcome);
      assert.equal(outcome.session.getIdToken().payload["cognito:username"], "ann");
      assert.ok(outcome.session.isValid());
    }
  });

  test("by an alias", async () => {
    await withPassword("bob", { email: "bob@example.com", email_verified: "true", family_name: "Example" });
    const { outcome } = await signIn("bob@example.com", PASSWORD);
    assert.ok("session" in outcome);
    assert.equal(outcome.session.getAccessToken().payload.username, "bob");
  });

  test("a wrong password and nobody", async () => {
    const error = { code: "NotAuthorizedException", message: "Incorrect username or password." };
    for (const name of ["ann", "nobody", "nobody@example.com"]) {
      assert.deepEqual((await signIn(name, "Wrong-word-1")).outcome, { error });
    }
  });

  test("a new password and what else is missing, and refreshed afterwards", async () => {
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: "cid",
        TemporaryPassword: PASSWORD,
        MessageAction: "SUPPRESS",
        UserAttributes: [{ Name: "email", Value: "cid@example.com" }],
      }),
    );
    const { user, outcome } = await signIn("cid", PASSWORD);
    assert.deepEqual(outcome, {
      newPasswordRequired: { user: { email: "cid@example.com" }, required: ["family_name"] },
    });
    const completed = await new Promise<Outcome>((resolve) => {
      user.completeNewPasswordChallenge("Secret-word-2", { family_name: "Example" }, callbacks(resolve));
    });
    assert.ok("session" in completed);
    assert.equal(completed.session.getIdToken().payload.family_name, "Example");
    const refreshed = await new Promise<CognitoUserSession>((resolve, reject) => {
      user.refreshSession(completed.session.getRefreshToken(), (error, session) =>
        error === null ? resolve(session) : reject(error),
      );
    });
    assert.equal(refreshed.getAccessToken().payload.username, "cid");
    assert.ok("session" in (await signIn("cid", "Secret-word-2")).outcome);
    assert.ok("error" in (await signIn("cid", PASSWORD)).outcome);
  });
});
