import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  type ChallengeNameType,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode, otherCode } from "../../../../test/codes.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { createClient, createPool, createUser } from "../../../../test/pool-users.ts";

const PASSWORD = "Secret-word-1";
const NEW_PASSWORD = "Secret-word-2";
const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });
const unauthorized = (message: string) => ({ code: "NotAuthorizedException", message, status: 400 });
const badSession = unauthorized("Invalid session for the user.");
const usedSession = unauthorized("Invalid session for the user, session can only be used once.");

suite("RespondToAuthChallenge", async () => {
  const h = await harness();
  const flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"] as const;
  const answer = (
    ClientId: string,
    ChallengeName: ChallengeNameType,
    Session: string | undefined,
    ChallengeResponses: Record<string, string>,
  ) => h.cognito.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }));
  const begin = (ClientId: string, USERNAME: string) =>
    h.cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      }),
    );

  test("NEW_PASSWORD_REQUIRED takes a password once, and what the user lacks", async () => {
    const UserPoolId = await createPool(h, { Schema: [{ Name: "email", Required: true, Mutable: true }] });
    const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...flows] });
    await createUser(h, UserPoolId, "ann", { TemporaryPassword: PASSWORD });
    const { Session, ChallengeParameters } = await begin(ClientId, "ann");
    assert.equal(ChallengeParameters?.requiredAttributes, '["userAttributes.email"]');
    const respond = (given: Record<string, string>, name = "ann") =>
      answer(ClientId, "NEW_PASSWORD_REQUIRED", Session, { USERNAME: name, NEW_PASSWORD, ...given });
    const email = { "userAttributes.email": "ann@example.com" };
    assert.deepEqual(await refused(respond({})), invalid("Invalid attributes given, email is missing"));
    assert.deepEqual(
      await refused(respond({ ...email, "userAttributes.email_verified": "true" })),
      invalid("Cannot modify the non-mutable attribute email_verified"),
    );
    assert.deepEqual(await refused(respond({ ...email, NEW_PASSWORD: "short" })), {
      code: "InvalidPasswordException",
      message: "Password does not conform to policy: Password not long enough",
      status: 400,
    });
    assert.deepEqual(await refused(respond(email, "bob")), badSession);
    const { AuthenticationResult, ChallengeName } = await respond(email);
    assert.equal(ChallengeName, undefined);
    assert.ok(AuthenticationResult?.AccessToken !== undefined);
    const user = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    assert.equal(user.UserStatus, "CONFIRMED");
    const attributes = Object.fromEntries((user.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]));
    assert.equal(attributes.email, "ann@example.com");
    assert.notEqual(attributes.email_verified, "true");
    assert.deepEqual(await refused(respond(email)), usedSession);
  });

  test("a required attribute that is there is not changed by it", async () => {
    const UserPoolId = await createPool(h, { Schema: [{ Name: "email", Required: true, Mutable: true }] });
    const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...flows] });
    await createUser(h, UserPoolId, "ann", { TemporaryPassword: PASSWORD, attributes: { email: "ann@example.com" } });
    const { Session } = await begin(ClientId, "ann");
    const responses = { USERNAME: "ann", NEW_PASSWORD, "userAttributes.email": "else@example.com" };
    assert.deepEqual(
      await refused(answer(ClientId, "NEW_PASSWORD_REQUIRED", Session, responses)),
      unauthorized("Cannot modify an already provided email"),
    );
  });

  test("a session is of one client, one challenge, one time, and ends", async () => {
    const UserPoolId = await createPool(h);
    const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...flows], AuthSessionValidity: 5 });
    const other = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...flows] });
    await createUser(h, UserPoolId, "ann", { TemporaryPassword: PASSWORD });
    const { Session = "" } = await begin(ClientId, "ann");
    const responses = { USERNAME: "ann", NEW_PASSWORD };
    const respond = (session = Session, client = ClientId, name: ChallengeNameType = "NEW_PASSWORD_REQUIRED") =>
      answer(client, name, session, { ...responses, SMS_MFA_CODE: "123456" });
    assert.deepEqual(await refused(respond(Session, other.ClientId)), badSession);
    assert.deepEqual(await refused(respond(Session, ClientId, "SMS_MFA")), badSession);
    assert.deepEqual(await refused(respond(`${Session.slice(0, -4)}AAAA`)), badSession);
    assert.deepEqual(await refused(answer(ClientId, "NEW_PASSWORD_REQUIRED", undefined, responses)), badSession);
    h.clock.set(startOfTest + 5 * 60_000);
    assert.deepEqual(await refused(respond()), unauthorized("Invalid session for the user, session is expired."));
    h.clock.set(startOfTest + 5 * 60_000 - 1);
    // Of two at one time, one wins.
    const both = await Promise.allSettled([respond(), respond()]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    h.clock.set(startOfTest);
  });

  test("a code by email: a wrong one may be followed by the right one, which is good once", async () => {
    const UserPoolId = await createPool(h, { UserPoolTier: "ESSENTIALS" });
    await h.cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId,
        MfaConfiguration: "OPTIONAL",
        EmailMfaConfiguration: { Message: "Your code is {####}", Subject: "Code" },
      }),
    );
    const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...flows] });
    for (const Username of ["ann", "bob"]) {
      const email = `${Username}@example.com`;
      await createUser(h, UserPoolId, Username, { attributes: { email, email_verified: "true" } });
      await h.cognito.send(
        new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
      );
      await h.cognito.send(
        new AdminSetUserMFAPreferenceCommand({
          UserPoolId,
          Username,
          EmailMfaSettings: { Enabled: true, PreferredMfa: true },
        }),
      );
    }
    const { Session, ChallengeName, ChallengeParameters } = await begin(ClientId, "ann");
    assert.equal(ChallengeName, "EMAIL_OTP");
    assert.deepEqual(ChallengeParameters, {
      USER_ID_FOR_SRP: "ann",
      CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
      CODE_DELIVERY_DESTINATION: "a***@e***",
    });
    const respond = (EMAIL_OTP_CODE: string, session = Session) =>
      answer(ClientId, "EMAIL_OTP", session, { USERNAME: "ann", EMAIL_OTP_CODE });
    const code = await lastCode(h, "ann@example.com");
    assert.match(code, /^\d{6}$/);
    assert.deepEqual(await refused(respond(otherCode(code))), {
      code: "CodeMismatchException",
      message: "Invalid code or auth state for the user.",
      status: 400,
    });
    assert.deepEqual(
      await refused(answer(ClientId, "EMAIL_OTP", Session, { USERNAME: "ann" })),
      invalid("Missing required parameter EMAIL_OTP_CODE"),
    );
    assert.ok((await respond(code)).AuthenticationResult !== undefined);
    assert.deepEqual(await refused(respond(code)), usedSession);

    const begun = await begin(ClientId, "bob");
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: "bob" }));
    const late = { USERNAME: "bob", EMAIL_OTP_CODE: await lastCode(h, "bob@example.com") };
    assert.deepEqual(
      await refused(answer(ClientId, "EMAIL_OTP", begun.Session, late)),
      unauthorized("User is disabled."),
    );
  });

  test("SELECT_CHALLENGE offers what the user has, and takes one of it", async () => {
    const AllowedFirstAuthFactors = ["PASSWORD" as const, "EMAIL_OTP" as const];
    const UserPoolId = await createPool(h, {
      UserPoolTier: "ESSENTIALS",
      Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
    });
    const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...flows] });
    await createUser(h, UserPoolId, "ann", { attributes: { email: "ann2@example.com", email_verified: "true" } });
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: "ann", Password: PASSWORD, Permanent: true }),
    );
    const choose = async (responses: Record<string, string>) => {
      const begun = await h.cognito.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: "USER_AUTH", AuthParameters: { USERNAME: "ann" } }),
      );
      assert.equal(begun.ChallengeName, "SELECT_CHALLENGE");
      assert.deepEqual(begun.AvailableChallenges?.toSorted(), ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]);
      return answer(ClientId, "SELECT_CHALLENGE", begun.Session, { USERNAME: "ann", ...responses });
    };
    assert.ok((await choose({ ANSWER: "PASSWORD", PASSWORD })).AuthenticationResult !== undefined);
    const { ChallengeName, Session } = await choose({ ANSWER: "EMAIL_OTP" });
    assert.equal(ChallengeName, "EMAIL_OTP");
    const EMAIL_OTP_CODE = await lastCode(h, "ann2@example.com");
    assert.match(EMAIL_OTP_CODE, /^\d{8}$/);
    const answered = await answer(ClientId, "EMAIL_OTP", Session, { USERNAME: "ann", EMAIL_OTP_CODE });
    assert.ok(answered.AuthenticationResult !== undefined);
    assert.equal((await refused(choose({ ANSWER: "SMS_OTP" }))).code, "InvalidParameterException");
    assert.deepEqual(
      await refused(choose({ ANSWER: "PASSWORD", PASSWORD: "Wrong-word-1" })),
      unauthorized("Incorrect username or password."),
    );
  });
});
