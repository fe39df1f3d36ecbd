import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  type ConfirmSignUpCommandInput,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode, otherCode } from "../../../../test/codes.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { attributes, createClient, createPool } from "../../../../test/pool-users.ts";

const expired = {
  code: "ExpiredCodeException",
  message: "Invalid code provided, please request a code again.",
  status: 400,
};
const mismatch = {
  code: "CodeMismatchException",
  message: "Invalid verification code provided, please try again.",
  status: 400,
};

suite("ConfirmSignUp", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h, { AutoVerifiedAttributes: ["email"], AliasAttributes: ["email"] });
  const { ClientId } = await createClient(h, UserPoolId);
  const signUp = async (Username: string, email = `${Username}@example.com`) => {
    const UserAttributes = attributes({ email });
    await h.cognito.send(new SignUpCommand({ ClientId, Username, Password: "Secret-word-1", UserAttributes }));
    return lastCode(h, email);
  };
  const confirm = (Username: string, ConfirmationCode: string, given: Partial<ConfirmSignUpCommandInput> = {}) =>
    h.cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode, ...given }));
  const user = (Username: string) => h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  const verified = async (Username: string) =>
    (await user(Username)).UserAttributes?.find(({ Name }) => Name === "email_verified")?.Value;

  test("the code confirms the user, verifies the address and makes it an alias, once", async () => {
    const code = await signUp("ann");
    assert.equal((await refused(user("ann@example.com"))).code, "UserNotFoundException");
    await confirm("ann", code);
    assert.equal((await user("ann@example.com")).UserStatus, "CONFIRMED");
    assert.equal(await verified("ann"), "true");
    assert.deepEqual(await refused(confirm("ann", code)), {
      code: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
      status: 400,
    });
  });

  test("a wrong code, and so many of them that the right one does not help", async () => {
    const code = await signUp("bob");
    for (let at = 0; at < 15; at++) assert.deepEqual(await refused(confirm("bob", otherCode(code))), mismatch);
    assert.deepEqual(await refused(confirm("bob", code)), {
      code: "LimitExceededException",
      message: "Attempt limit exceeded, please try after some time.",
      status: 400,
    });
    assert.equal((await user("bob")).UserStatus, "UNCONFIRMED");
  });

  test("a code that is a day old", async () => {
    const code = await signUp("cid");
    h.clock.set(startOfTest + 24 * 3_600_000);
    assert.deepEqual(await refused(confirm("cid", code)), expired);
    h.clock.set(startOfTest);
    await confirm("cid", code);
  });

  test("an address that is another user's alias is taken over by force alone, with the same code", async () => {
    await confirm("dan", await signUp("dan", "shared@example.com"));
    const code = await signUp("eve", "shared@example.com");
    assert.deepEqual(await refused(confirm("eve", code)), {
      code: "AliasExistsException",
      message: "An account with the email already exists.",
      status: 400,
    });
    await confirm("eve", code, { ForceAliasCreation: true });
    assert.equal((await user("shared@example.com")).Username, "eve");
    assert.deepEqual([await verified("dan"), await verified("eve")], ["false", "true"]);
  });

  test("who is nobody, as far as a client may know", async () => {
    assert.deepEqual(await refused(confirm("nobody", "123456")), {
      code: "UserNotFoundException",
      message: "Username/client id combination not found.",
      status: 400,
    });
    const discreet = await createClient(h, UserPoolId, { PreventUserExistenceErrors: "ENABLED" });
    assert.deepEqual(await refused(confirm("nobody", "123456", { ClientId: discreet.ClientId })), expired);
  });
});
