import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandInput,
  SetUserMFAPreferenceCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import {
  registerPasskey,
  relyingPartyId,
  setMfa,
  setUpTotp,
  somebodyWithPasskeys,
  totpOptional,
} from "../../../../test/pool-factors.ts";

const PASSWORD = "Secret-word-1";

suite("Signing in by a passkey", async () => {
  const h = await harness();
  let count = 0;
  const setUp = async () => {
    const it = await somebodyWithPasskeys(h, { client: { ExplicitAuthFlows: ["ALLOW_USER_AUTH"] } });
    const { UserPoolId, Username, ClientId, AccessToken } = it;
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
    );
    const authenticator = await registerPasskey(h, AccessToken, `passkey ${count++}`);
    const begin = (more: Record<string, string> = {}) => {
      const AuthParameters = { USERNAME: Username, ...more };
      return h.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_AUTH", AuthParameters }));
    };
    const respond = (
      ChallengeName: RespondToAuthChallengeCommandInput["ChallengeName"],
      Session: string | undefined,
      more: Record<string, string>,
    ) => {
      const ChallengeResponses = { USERNAME: Username, ...more };
      return h.cognito.send(
        new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }),
      );
    };
    const ask = async () => {
      const asked = await begin({ PREFERRED_CHALLENGE: "WEB_AUTHN" });
      assert.equal(asked.ChallengeName, "WEB_AUTHN");
      return { Session: asked.Session, options: asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "" };
    };
    const answer = (Session: string | undefined, credential: object) =>
      respond("WEB_AUTHN", Session, { CREDENTIAL: JSON.stringify(credential) });
    return { ...it, authenticator, begin, respond, ask, answer };
  };
  const wrong = { code: "NotAuthorizedException", message: "Incorrect username or password.", status: 400 };

  test("as one of several choices, and as the preferred one", async () => {
    const it = await setUp();
    const choice = await it.begin();
    assert.deepEqual(choice.AvailableChallenges, ["PASSWORD", "PASSWORD_SRP", "WEB_AUTHN"]);
    const asked = await it.respond("SELECT_CHALLENGE", choice.Session, { ANSWER: "WEB_AUTHN" });
    assert.equal(asked.ChallengeName, "WEB_AUTHN");
    const { challenge, ...options } = JSON.parse(asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "");
    assert.match(challenge, /^[\w-]{43}$/);
    assert.deepEqual(options, {
      timeout: 180_000,
      rpId: relyingPartyId,
      allowCredentials: [{ id: it.authenticator.id, type: "public-key", transports: ["internal"] }],
      userVerification: "preferred",
    });
    const { Session, options: text } = await it.ask();
    const done = await it.answer(Session, it.authenticator.get(text));
    assert.ok(done.AuthenticationResult?.AccessToken);
  });

  test("a challenge is good once; a wrong answer is refused and uses it up", async () => {
    const it = await setUp();
    const invalid = {
      code: "NotAuthorizedException",
      message: "Invalid session for the user, session can only be used once.",
      status: 400,
    };
    const first = await it.ask();
    const credential = it.authenticator.get(first.options);
    await it.answer(first.Session, credential);
    assert.deepEqual(await refused(it.answer(first.Session, credential)), invalid);
    const second = await it.ask();
    assert.deepEqual(await refused(it.answer(second.Session, credential)), wrong);
    const third = it.authenticator.get(second.options);
    assert.deepEqual(await refused(it.answer(second.Session, third)), invalid);
    assert.deepEqual(await refused(it.answer((await it.ask()).Session, { id: "x" })), {
      code: "InvalidParameterException",
      message: "CREDENTIAL is not valid.",
      status: 400,
    });
  });

  test("is refused from another site, with another key, and by a copy", async () => {
    const it = await setUp();
    const other = await setUp();
    const { Session, options } = await it.ask();
    const elsewhere = it.authenticator.get(options, { origin: "https://example.com" });
    assert.deepEqual(await refused(it.answer(Session, elsewhere)), wrong);
    const next = await it.ask();
    const anothers = { ...other.authenticator.get(next.options), id: it.authenticator.id, rawId: it.authenticator.id };
    assert.deepEqual(await refused(it.answer(next.Session, anothers)), wrong);
    const counted = async (counter: number) => {
      const asked = await it.ask();
      return it.answer(asked.Session, it.authenticator.get(asked.options, { counter }));
    };
    await counted(5);
    assert.deepEqual(await refused(counted(5)), wrong);
    h.clock.set(h.clock.now() + 1000);
    await counted(6);
  });

  test("is one factor, or both, as the pool says", async () => {
    const it = await setUp();
    await setMfa(h, it.UserPoolId, { ...totpOptional, WebAuthnConfiguration: { RelyingPartyId: relyingPartyId } });
    await setUpTotp(h, it);
    const { AccessToken } = it;
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await h.cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    const first = await it.ask();
    const step = await it.answer(first.Session, it.authenticator.get(first.options));
    assert.equal(step.ChallengeName, "SOFTWARE_TOKEN_MFA");
    await setMfa(h, it.UserPoolId, {
      ...totpOptional,
      WebAuthnConfiguration: {
        RelyingPartyId: relyingPartyId,
        FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION",
      },
    });
    const second = await it.ask();
    assert.equal(JSON.parse(second.options).userVerification, "required");
    const unverified = it.authenticator.get(second.options, { isVerified: false });
    assert.deepEqual(await refused(it.answer(second.Session, unverified)), wrong);
    const third = await it.ask();
    const done = await it.answer(third.Session, it.authenticator.get(third.options));
    assert.ok(done.AuthenticationResult?.AccessToken);
  });

  test("is no choice where the pool's site is another, and no way in for who is disabled", async () => {
    const it = await setUp();
    const { Session, options } = await it.ask();
    const { UserPoolId, Username } = it;
    await setMfa(h, UserPoolId, { WebAuthnConfiguration: { RelyingPartyId: "other.example.com" } });
    assert.deepEqual((await it.begin()).AvailableChallenges, ["PASSWORD", "PASSWORD_SRP"]);
    await setMfa(h, UserPoolId, { WebAuthnConfiguration: { RelyingPartyId: relyingPartyId } });
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    assert.deepEqual(await refused(it.answer(Session, it.authenticator.get(options))), {
      code: "NotAuthorizedException",
      message: "User is disabled.",
      status: 400,
    });
  });
});
