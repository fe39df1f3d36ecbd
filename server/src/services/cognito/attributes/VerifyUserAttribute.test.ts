import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  GetUserAttributeVerificationCodeCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode, otherCode } from "../../../../test/codes.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { type Somebody, somebody } from "../../../../test/pool-sessions.ts";
import { attributes, createUser } from "../../../../test/pool-users.ts";

const hour = 3_600_000;
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

suite("VerifyUserAttribute", async () => {
  const h = await harness();
  const ask = ({ AccessToken }: Somebody, AttributeName = "email") =>
    h.cognito.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName }));
  const verify = ({ AccessToken }: Somebody, Code: string, AttributeName = "email") =>
    h.cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName, Code }));
  const get = async ({ UserPoolId }: Somebody, Username: string) => {
    const user = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    return Object.fromEntries((user.UserAttributes ?? []).slice(0, -1).map(({ Name, Value }) => [Name, Value]));
  };

  test("each address by the code that was sent there, once; then it is an alias", async () => {
    const given = { email: "ada@example.com", phone_number: "+15551234567" };
    const ada = await somebody(h, { pool: { AliasAttributes: ["email"] }, user: { attributes: given } });
    await ask(ada);
    const code = await lastCode(h, given.email);
    assert.deepEqual(await refused(verify(ada, otherCode(code))), mismatch);
    await verify(ada, code);
    assert.deepEqual(await get(ada, given.email), { ...given, email_verified: "true" });
    assert.deepEqual(await refused(verify(ada, code)), expired);
    await ask(ada, "phone_number");
    await verify(ada, await lastCode(h, given.phone_number), "phone_number");
    assert.deepEqual(await get(ada, given.email), { ...given, email_verified: "true", phone_number_verified: "true" });
  });

  test("no code, an old code, a code that was sent to an address of before", async () => {
    const ada = await somebody(h, { user: { attributes: { email: "grace@example.com" } } });
    assert.deepEqual(await refused(verify(ada, "123456")), expired);
    await ask(ada);
    const code = await lastCode(h, "grace@example.com");
    const { AccessToken } = ada;
    await h.cognito.send(
      new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributes({ email: "hopper@example.com" }) }),
    );
    assert.deepEqual(await refused(verify(ada, code)), expired);
    assert.deepEqual(await get(ada, ada.Username), { email: "hopper@example.com", email_verified: "false" });
  });

  test("fifteen wrong codes in an hour, after which the right one does not help", async () => {
    const ada = await somebody(h, { user: { attributes: { email: "guess@example.com" } } });
    await ask(ada);
    const code = await lastCode(h, "guess@example.com");
    for (let at = 0; at < 15; at++) assert.deepEqual(await refused(verify(ada, otherCode(code))), mismatch);
    assert.deepEqual(await refused(verify(ada, code)), {
      code: "LimitExceededException",
      message: "Attempt limit exceeded, please try after some time.",
      status: 400,
    });
  });

  test("an address that was to be verified first becomes the user's", async () => {
    const ada = await somebody(h, {
      pool: {
        AliasAttributes: ["email"],
        AutoVerifiedAttributes: ["email"],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      },
      user: { attributes: { email: "old@example.com", email_verified: "true" } },
    });
    const { AccessToken } = ada;
    await h.cognito.send(
      new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributes({ email: "new@example.com" }) }),
    );
    assert.deepEqual(await get(ada, "old@example.com"), { email: "old@example.com", email_verified: "true" });
    // Another code for the same address is the one that counts.
    await ask(ada);
    await verify(ada, await lastCode(h, "new@example.com"));
    assert.deepEqual(await get(ada, "new@example.com"), { email: "new@example.com", email_verified: "true" });
    assert.equal((await refused(get(ada, "old@example.com"))).code, "UserNotFoundException");
  });

  test("an alias that another user has in the meantime", async () => {
    const ada = await somebody(h, {
      pool: { AliasAttributes: ["email"] },
      user: { attributes: { email: "both@example.com" } },
    });
    await ask(ada);
    const theirs = { attributes: { email: "both@example.com", email_verified: "true" } };
    await createUser(h, ada.UserPoolId, "first", theirs);
    assert.deepEqual(await refused(verify(ada, await lastCode(h, "both@example.com"))), {
      code: "AliasExistsException",
      message: "An account with the given email already exists.",
      status: 400,
    });
    assert.deepEqual(await get(ada, ada.Username), { email: "both@example.com" });
  });

  test("what cannot be verified, and a token that is none", async () => {
    const ada = await somebody(h);
    for (const [name, message] of [
      ["name", "Attribute name cannot be verified. Only email and phone_number can."],
      ["email", "User does not have the attribute email."],
    ] as const) {
      assert.deepEqual(await refused(verify(ada, "123456", name)), {
        code: "InvalidParameterException",
        message,
        status: 400,
      });
    }
    assert.deepEqual(await refused(verify({ ...ada, AccessToken: "nothing" }, "123456")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });

  test("a code lasts for a day", async () => {
    const ada = await somebody(h, {
      client: { AccessTokenValidity: 24 },
      user: { attributes: { email: "day@example.com" } },
    });
    await ask(ada);
    const code = await lastCode(h, "day@example.com");
    h.clock.set(startOfTest + 24 * hour - 1);
    assert.deepEqual(await refused(verify(ada, otherCode(code))), mismatch);
    await verify(ada, code);
  });
});
