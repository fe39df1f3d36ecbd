import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { codeOf, setMfa, somebodyWithTotp, totpOptional, wrongCodeOf } from "../../../../test/pool-factors.ts";
import { createClient, createPool, createUser } from "../../../../test/pool-users.ts";

const PASSWORD = "Secret-word-1";

suite("VerifySoftwareToken", async () => {
  const h = await harness();
  const associate = async (AccessToken: string) =>
    (await h.cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }))).SecretCode ?? "";
  const verify = async (AccessToken: string, UserCode: string, FriendlyDeviceName?: string) => {
    const command = new VerifySoftwareTokenCommand({ AccessToken, UserCode, FriendlyDeviceName });
    const { $metadata, ...answer } = await h.cognito.send(command);
    return answer;
  };

  test("takes a code of the secret, within a step either way", async () => {
    for (const steps of [-1, 0, 1]) {
      const it = await somebodyWithTotp(h);
      const secret = await associate(it.AccessToken);
      assert.deepEqual(await verify(it.AccessToken, codeOf(h, secret, steps), "phone"), { Status: "SUCCESS" });
    }
  });

  test("refuses another code, after which the right one is still good", async () => {
    const it = await somebodyWithTotp(h);
    const secret = await associate(it.AccessToken);
    const mismatch = { code: "EnableSoftwareTokenMFAException", message: "Code mismatch", status: 400 };
    assert.deepEqual(await refused(verify(it.AccessToken, wrongCodeOf(h, secret))), mismatch);
    assert.deepEqual(await refused(verify(it.AccessToken, codeOf(h, secret, 2))), mismatch);
    await verify(it.AccessToken, codeOf(h, secret));
  });

  test("is refused where there is nothing to verify", async () => {
    const it = await somebodyWithTotp(h);
    assert.deepEqual(await refused(verify(it.AccessToken, "123456")), {
      code: "SoftwareTokenMFANotFoundException",
      message: "Software Token MFA does not exist for the user.",
      status: 400,
    });
    assert.deepEqual(await refused(verify("abc", "123456")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });

  test("in a sign-in that needs it: sessions lead from one step to the next, each once", async () => {
    const UserPoolId = await createPool(h);
    await setMfa(h, UserPoolId, { ...totpOptional, MfaConfiguration: "ON" });
    const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] });
    await createUser(h, UserPoolId, "ann");
    const permanent = { UserPoolId, Username: "ann", Password: PASSWORD, Permanent: true };
    await h.cognito.send(new AdminSetUserPasswordCommand(permanent));
    const begin = () => {
      const AuthParameters = { USERNAME: "ann", PASSWORD };
      return h.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }));
    };
    const started = await begin();
    assert.equal(started.ChallengeName, "MFA_SETUP");
    assert.equal(started.ChallengeParameters?.MFAS_CAN_SETUP, '["SOFTWARE_TOKEN_MFA"]');
    const { Session } = started;
    const associated = await h.cognito.send(new AssociateSoftwareTokenCommand({ Session }));
    const invalid = {
      code: "NotAuthorizedException",
      message: "Invalid session for the user, session can only be used once.",
      status: 400,
    };
    assert.deepEqual(await refused(h.cognito.send(new AssociateSoftwareTokenCommand({ Session }))), invalid);
    const secret = associated.SecretCode ?? "";
    const check = (UserCode: string) =>
      h.cognito.send(new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode }));
    assert.equal((await refused(check(wrongCodeOf(h, secret)))).code, "EnableSoftwareTokenMFAException");
    const respond = (
      ChallengeName: "MFA_SETUP" | "SOFTWARE_TOKEN_MFA",
      given: string | undefined,
      more: Record<string, string> = {},
    ) => {
      const ChallengeResponses = { USERNAME: "ann", ...more };
      return h.cognito.send(
        new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session: given, ChallengeResponses }),
      );
    };
    // Without the proof it leads nowhere.
    assert.deepEqual(await refused(respond("MFA_SETUP", associated.Session)), {
      ...invalid,
      message: "Invalid session for the user.",
    });
    const code = codeOf(h, secret);
    const verified = await check(code);
    assert.equal(verified.Status, "SUCCESS");
    const done = await respond("MFA_SETUP", verified.Session);
    assert.ok(done.AuthenticationResult?.AccessToken);

    const again = await begin();
    assert.equal(again.ChallengeName, "SOFTWARE_TOKEN_MFA");
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      respond("SOFTWARE_TOKEN_MFA", again.Session, { SOFTWARE_TOKEN_MFA_CODE });
    assert.deepEqual(await refused(answer(code)), {
      code: "ExpiredCodeException",
      message: "Your software token has already been used once.",
      status: 400,
    });
    h.clock.set(h.clock.now() + 30_000);
    assert.ok((await answer(codeOf(h, secret))).AuthenticationResult?.AccessToken);
  });
});
