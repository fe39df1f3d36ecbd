import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ChangePasswordCommand, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { createClient, createPool, createSomebody, password } from "../../../../test/pool-users.ts";

suite("ChangePassword", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h, { Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } });
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] });
  const signIn = async (USERNAME: string, PASSWORD: string) => {
    const AuthParameters = { USERNAME, PASSWORD };
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    return (await h.cognito.send(command)).AuthenticationResult?.AccessToken;
  };
  const change = (AccessToken: string | undefined, PreviousPassword: string | undefined, ProposedPassword: string) =>
    h.cognito.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
  const wrong = { code: "NotAuthorizedException", message: "Incorrect username or password.", status: 400 };

  test("by who knows the one before", async () => {
    await createSomebody(h, UserPoolId, "ann");
    const token = await signIn("ann", password);
    assert.deepEqual(await refused(change(token, "Wrong-word-1", "Other-word-2")), wrong);
    assert.deepEqual(await refused(change(token, undefined, "Other-word-2")), wrong);
    await change(token, password, "Other-word-2");
    assert.ok((await signIn("ann", "Other-word-2")) !== undefined);
    assert.deepEqual(await refused(signIn("ann", password)), wrong);
  });

  test("guesses are locked like those of a sign-in", async () => {
    await createSomebody(h, UserPoolId, "bob");
    const token = await signIn("bob", password);
    for (let at = 0; at < 5; at++)
      assert.deepEqual(await refused(change(token, "Wrong-word-1", "Other-word-2")), wrong);
    const locked = {
      code: "LimitExceededException",
      message: "Attempt limit exceeded, please try after some time.",
      status: 400,
    };
    assert.deepEqual(await refused(change(token, password, "Other-word-2")), locked);
    assert.equal((await refused(signIn("bob", password))).message, "Password attempts exceeded");
  });

  test("what the policy and the history refuse, and a token that is none", async () => {
    await createSomebody(h, UserPoolId, "cid");
    const token = await signIn("cid", password);
    assert.deepEqual(await refused(change(token, password, "Short-1")), {
      code: "InvalidPasswordException",
      message: "Password does not conform to policy: Password not long enough",
      status: 400,
    });
    assert.deepEqual(await refused(change(token, password, password)), {
      code: "PasswordHistoryPolicyViolationException",
      message: "Password has previously been used.",
      status: 400,
    });
    assert.deepEqual(await refused(change("nothing", password, "Other-word-2")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});
