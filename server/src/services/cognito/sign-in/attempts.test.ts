import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminSetUserPasswordCommand,
  type ChallengeNameType,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode } from "../../../../test/codes.ts";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import { createClient, createPool, createUser } from "../../../../test/pool-users.ts";

const PASSWORD = "Secret-word-1";
const unauthorized = (message: string) => ({ code: "NotAuthorizedException", message, status: 400 });
const wrong = unauthorized("Incorrect username or password.");
const locked = unauthorized("Password attempts exceeded");

suite("failed attempts", async () => {
  const lambda = await lambdaEndpoint(() => {
    throw new Error("Bad password");
  });
  const h = await harness({ lambda: { endpoint: lambda.url } });
  const ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"] as const;
  const hiding = { ExplicitAuthFlows: [...ExplicitAuthFlows], PreventUserExistenceErrors: "ENABLED" as const };
  const answer = (
    ClientId: string,
    ChallengeName: ChallengeNameType,
    Session: string | undefined,
    ChallengeResponses: Record<string, string>,
  ) => h.cognito.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }));

  test("of many guesses at one time no more are answered than of as many in a row", async () => {
    const UserPoolId = await createPool(h, { UsernameConfiguration: { CaseSensitive: false } });
    const { ClientId } = await createClient(h, UserPoolId, hiding);
    await createUser(h, UserPoolId, "ann");
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: "ann", Password: PASSWORD, Permanent: true }),
    );
    for (const [USERNAME, written] of [
      ["ann", "ANN"],
      ["nobody", "NoBody"],
    ] as const) {
      const guesses = Array.from({ length: 12 }, (_, at) =>
        refused(
          h.cognito.send(
            new InitiateAuthCommand({
              ClientId,
              AuthFlow: "USER_PASSWORD_AUTH",
              AuthParameters: { USERNAME: at % 2 ? USERNAME : written, PASSWORD: `Guess-word-${at}` },
            }),
          ),
        ),
      );
      const answers = await Promise.all(guesses);
      assert.equal(answers.filter(({ message }) => message === wrong.message).length, 5);
      assert.equal(answers.filter(({ message }) => message === locked.message).length, 7);
    }
  });

  test("codes that nobody answers lock, of users and of nobody alike", async () => {
    const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] } };
    const UserPoolId = await createPool(h, { Policies });
    const { ClientId } = await createClient(h, UserPoolId, hiding);
    await createUser(h, UserPoolId, "ann", { attributes: { email: "ann@example.com", email_verified: "true" } });
    for (const USERNAME of ["ann", "nobody"]) {
      const AuthParameters = { USERNAME, PREFERRED_CHALLENGE: "EMAIL_OTP" };
      const ask = () => h.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_AUTH", AuthParameters }));
      for (let asked = 0; asked < 5; asked++) assert.equal((await ask()).ChallengeName, "EMAIL_OTP");
      assert.deepEqual(await refused(ask()), locked, USERNAME);
      h.clock.set(h.clock.now() + 1_000);
      const { Session } = await ask();
      assert.deepEqual(await refused(ask()), locked, USERNAME);
      h.clock.set(h.clock.now() + 2_000);
      if (USERNAME === "nobody") continue;
      // The one that is answered ends the count.
      const EMAIL_OTP_CODE = await lastCode(h, "ann@example.com");
      const { AuthenticationResult } = await answer(ClientId, "EMAIL_OTP", Session, { USERNAME, EMAIL_OTP_CODE });
      assert.ok(AuthenticationResult?.AccessToken);
      for (let asked = 0; asked < 5; asked++) assert.equal((await ask()).ChallengeName, "EMAIL_OTP");
    }
  });

  test("guesses at passwords of another directory lock, too", async () => {
    const LambdaConfig = { UserMigration: `arn:aws:lambda:us-east-1:${testAccount}:function:migrate` };
    const UserPoolId = await createPool(h, { LambdaConfig });
    const { ClientId } = await createClient(h, UserPoolId, hiding);
    const guess = () =>
      refused(
        h.cognito.send(
          new InitiateAuthCommand({
            ClientId,
            AuthFlow: "USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME: "there", PASSWORD },
          }),
        ),
      );
    for (let at = 0; at < 5; at++) assert.equal((await guess()).code, "UserLambdaValidationException");
    assert.deepEqual(await guess(), locked);
    assert.equal(lambda.events.length, 5);
  });

  test("where the username is an address, nobody has an id like everybody, always the same", async () => {
    const UserPoolId = await createPool(h, {
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const { ClientId } = await createClient(h, UserPoolId, hiding);
    await createUser(h, UserPoolId, "ann@example.com");
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: "ann@example.com", Password: PASSWORD, Permanent: true }),
    );
    const start = async (USERNAME: string) => {
      const AuthParameters = { USERNAME, SRP_A: "abcdef0123456789" };
      const { ChallengeParameters = {} } = await h.cognito.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters }),
      );
      const { USERNAME: name = "", USER_ID_FOR_SRP, SECRET_BLOCK = "" } = ChallengeParameters;
      assert.match(name, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(USER_ID_FOR_SRP, name);
      const TIMESTAMP = "Mon Sep 14 12:00:00 UTC 2026";
      const responses = {
        USERNAME: name,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: "AAAA",
        TIMESTAMP,
      };
      assert.deepEqual(await refused(answer(ClientId, "PASSWORD_VERIFIER", undefined, responses)), wrong);
      return name;
    };
    const nobody = await start("nobody@example.com");
    assert.notEqual(await start("ann@example.com"), nobody);
    assert.notEqual(await start("else@example.com"), nobody);
    assert.equal(await start("NOBODY@example.com"), nobody);
  });

  test("a code that nobody was sent is wrong like any other", async () => {
    const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] } };
    const UserPoolId = await createPool(h, { Policies, UserPoolTier: "ESSENTIALS" });
    const { ClientId } = await createClient(h, UserPoolId, hiding);
    await createUser(h, UserPoolId, "ann", {
      attributes: { email: "ann@example.com", email_verified: "true" },
    });
    for (const USERNAME of ["ann", "nobody"]) {
      const AuthParameters = { USERNAME, PREFERRED_CHALLENGE: "EMAIL_OTP" };
      const begun = await h.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_AUTH", AuthParameters }));
      assert.equal(begun.ChallengeName, "EMAIL_OTP");
      assert.deepEqual(Object.keys(begun.ChallengeParameters ?? {}).sort(), [
        "CODE_DELIVERY_DELIVERY_MEDIUM",
        "CODE_DELIVERY_DESTINATION",
        "USER_ID_FOR_SRP",
      ]);
      const responses = { USERNAME, EMAIL_OTP_CODE: "12345678" };
      const tried = () => refused(answer(ClientId, "EMAIL_OTP", begun.Session, responses));
      for (let at = 0; at < 4; at++) {
        assert.deepEqual(await tried(), {
          code: "CodeMismatchException",
          message: "Invalid code or auth state for the user.",
          status: 400,
        });
      }
      // With the one that was asked for they are five.
      assert.deepEqual(await tried(), locked);
    }
  });
});
