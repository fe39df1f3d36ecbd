import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ConfirmSignUpCommand, InitiateAuthCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { lastCode } from "../../../../test/codes.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { attributes, createClient, createPool, password } from "../../../../test/pool-users.ts";

const invalid = { code: "NotAuthorizedException", message: "Invalid session for the user.", status: 400 };

suite("signing in right after signing up", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h, { AutoVerifiedAttributes: ["email"] });
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: ["ALLOW_USER_AUTH"] });
  const signUp = (Username: string) =>
    h.cognito.send(
      new SignUpCommand({
        ClientId,
        Username,
        Password: password,
        UserAttributes: attributes({ email: `${Username}@example.com` }),
      }),
    );
  const confirm = async (Username: string, Session: string | undefined) => {
    const ConfirmationCode = await lastCode(h, `${Username}@example.com`);
    return h.cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode, Session }));
  };
  const signIn = (USERNAME: string, Session: string | undefined) =>
    h.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_AUTH", AuthParameters: { USERNAME }, Session }));

  test("the session goes from step to step and ends in tokens, once", async () => {
    const signedUp = await signUp("ann");
    const confirmed = await confirm("ann", signedUp.Session);
    assert.ok(confirmed.Session !== undefined && confirmed.Session !== signedUp.Session);
    const { AuthenticationResult } = await signIn("ann", confirmed.Session);
    assert.ok(AuthenticationResult?.AccessToken !== undefined);
    assert.deepEqual(await refused(signIn("ann", confirmed.Session)), {
      ...invalid,
      message: "Invalid session for the user, session can only be used once.",
    });
  });

  test("no step can be left out, and no session is another's", async () => {
    const bob = await signUp("bob");
    const cid = await signUp("cid");
    assert.deepEqual(await refused(signIn("bob", bob.Session)), invalid);
    assert.deepEqual(await refused(confirm("bob", cid.Session)), invalid);
    const confirmed = await confirm("bob", bob.Session);
    assert.deepEqual(await refused(signIn("cid", confirmed.Session)), invalid);
    h.clock.set(startOfTest + 3 * 60_000);
    assert.deepEqual(await refused(signIn("bob", confirmed.Session)), {
      ...invalid,
      message: "Invalid session for the user, session is expired.",
    });
    h.clock.set(startOfTest);
  });

  test("who confirms without one gets none, and neither do clients without the flow", async () => {
    await signUp("dan");
    assert.equal((await confirm("dan", undefined)).Session, undefined);
    const plain = await createClient(h, UserPoolId);
    const command = new SignUpCommand({ ClientId: plain.ClientId, Username: "eve", Password: password });
    assert.equal((await h.cognito.send(command)).Session, undefined);
  });
});
