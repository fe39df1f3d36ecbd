import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { suite, test } from "node:test";
import {
  type AccountTakeoverEventActionType,
  AdminListUserAuthEventsCommand,
  AdminUpdateAuthEventFeedbackCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SetRiskConfigurationCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Harness, harness, refused } from "../../../../test/harness.ts";
import { createClient, createSomebody, password } from "../../../../test/pool-users.ts";
import { firefox, threatPool } from "../../../../test/threats.ts";
import { readOutbox } from "../messages/outbox.ts";

const unauthorized = (message: string) => ({ code: "NotAuthorizedException", message, status: 400 });
const blocked = unauthorized("Unable to login because of security reasons.");
const chrome = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

suite("threat protection of a sign-in", async () => {
  const h = await harness();
  const setActions = (
    UserPoolId: string,
    actions: {
      low?: AccountTakeoverEventActionType;
      medium?: AccountTakeoverEventActionType;
      high?: AccountTakeoverEventActionType;
    },
    ClientId?: string,
  ) => {
    const of = (EventAction: AccountTakeoverEventActionType | undefined) =>
      EventAction && { Notify: false, EventAction };
    return h.cognito.send(
      new SetRiskConfigurationCommand({
        UserPoolId,
        ...(ClientId === undefined ? {} : { ClientId }),
        AccountTakeoverRiskConfiguration: {
          Actions: { LowAction: of(actions.low), MediumAction: of(actions.medium), HighAction: of(actions.high) },
        },
      }),
    );
  };

  test("BLOCK refuses the right password from a new country, and keeps the event", async () => {
    const { UserPoolId, begin, events } = await threatPool(h, "ENFORCED");
    await setActions(UserPoolId, { high: "BLOCK" });
    await begin({ country: "DE" });
    assert.deepEqual(await refused(begin({ country: "FR" })), blocked);
    assert.deepEqual(
      await refused(begin({ country: "FR" }, "Wrong-word-1")),
      unauthorized("Incorrect username or password."),
    );
    await begin({ country: "DE" });
    assert.deepEqual(
      (await events()).map((event) => [event.EventResponse, event.EventRisk?.RiskDecision, event.EventRisk?.RiskLevel]),
      [
        ["Pass", "NoRisk", undefined],
        ["Fail", "NoRisk", undefined],
        ["Fail", "Block", "High"],
        ["Pass", "NoRisk", undefined],
      ],
    );
  });

  test("whose administrator calls the blocked one valid may come from there", async () => {
    const { UserPoolId, begin, events } = await threatPool(h, "ENFORCED");
    await setActions(UserPoolId, { high: "BLOCK" });
    await begin({ country: "DE" });
    await refused(begin({ country: "FR" }));
    const [{ EventId } = {}] = await events();
    await h.cognito.send(
      new AdminUpdateAuthEventFeedbackCommand({ UserPoolId, Username: "ann", EventId, FeedbackValue: "Valid" }),
    );
    assert.ok((await begin({ country: "FR" })).AuthenticationResult);
  });

  test("a new device at a new address is Medium, either is Low; each has an action of its own", async () => {
    const { UserPoolId, begin, events } = await threatPool(h, "ENFORCED");
    await setActions(UserPoolId, { low: "NO_ACTION", medium: "BLOCK" });
    await begin();
    assert.deepEqual(await refused(begin({ ip: "192.0.2.11", agent: chrome })), blocked);
    assert.ok((await begin({ ip: "192.0.2.11", agent: firefox })).AuthenticationResult);
    // Both are known by now, though never together.
    assert.ok((await begin({ ip: "192.0.2.10", agent: chrome })).AuthenticationResult);
    assert.ok((await begin({ ip: "192.0.2.11", agent: chrome })).AuthenticationResult);
    assert.deepEqual(
      (await events()).map((event) => event.EventRisk?.RiskLevel),
      [undefined, "Low", "Low", "Medium", undefined],
    );
  });

  test("AUDIT sees it and does nothing", async () => {
    const { UserPoolId, begin, events } = await threatPool(h, "AUDIT");
    await setActions(UserPoolId, { high: "BLOCK" });
    await begin({ country: "DE" });
    assert.ok((await begin({ country: "FR" })).AuthenticationResult);
    const [newest] = await events();
    assert.deepEqual([newest?.EventRisk?.RiskDecision, newest?.EventRisk?.RiskLevel], ["AccountTakeover", "High"]);
  });

  test("a client's own settings go before the pool's", async () => {
    const { UserPoolId, ClientId, begin } = await threatPool(h, "ENFORCED");
    await setActions(UserPoolId, { high: "BLOCK" });
    await setActions(UserPoolId, { high: "NO_ACTION" }, ClientId);
    await begin({ country: "DE" });
    assert.ok((await begin({ country: "FR" })).AuthenticationResult);
  });

  test("MFA_REQUIRED asks for a code that nobody has chosen, and blocks who can get none", async () => {
    const { UserPoolId, ClientId, begin, events } = await threatPool(h, "ENFORCED", emailMfa);
    await allowEmailMfa(h, UserPoolId);
    await setActions(UserPoolId, { high: "MFA_REQUIRED" });
    assert.ok((await begin({ country: "DE" })).AuthenticationResult);
    const { ChallengeName, Session } = await begin({ country: "FR" });
    assert.equal(ChallengeName, "EMAIL_OTP");
    const answer = (EMAIL_OTP_CODE: string) =>
      h.cognito.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: "EMAIL_OTP",
          Session,
          ChallengeResponses: { USERNAME: "ann", EMAIL_OTP_CODE },
        }),
      );
    const code = await codeTo(h, "ann@example.com");
    assert.deepEqual(await refused(answer(code === "000000" ? "111111" : "000000")), {
      code: "CodeMismatchException",
      message: "Invalid code or auth state for the user.",
      status: 400,
    });
    assert.ok((await answer(code)).AuthenticationResult);
    const word = { ChallengeName: "Password", ChallengeResponse: "Success" };
    assert.deepEqual(
      (await events()).map((event) => [event.EventResponse, event.EventRisk?.RiskLevel, event.ChallengeResponses]),
      [
        ["Pass", "High", [word, { ChallengeName: "Mfa", ChallengeResponse: "Success" }]],
        ["Fail", "High", [word, { ChallengeName: "Mfa", ChallengeResponse: "Failure" }]],
        ["Pass", undefined, [word]],
      ],
    );
    const without = await threatPool(h, "ENFORCED");
    await setActions(without.UserPoolId, { high: "MFA_REQUIRED" });
    await without.begin({ country: "DE" });
    assert.deepEqual(await refused(without.begin({ country: "FR" })), blocked);
  });

  test("MFA_IF_CONFIGURED asks who can get a code, and lets others in", async () => {
    const { UserPoolId, begin } = await threatPool(h, "ENFORCED", emailMfa);
    await allowEmailMfa(h, UserPoolId);
    await setActions(UserPoolId, { high: "MFA_IF_CONFIGURED" });
    await begin({ country: "DE" });
    assert.equal((await begin({ country: "FR" })).ChallengeName, "EMAIL_OTP");
    const without = await threatPool(h, "ENFORCED");
    await setActions(without.UserPoolId, { high: "MFA_IF_CONFIGURED" });
    await without.begin({ country: "DE" });
    assert.ok((await without.begin({ country: "FR" })).AuthenticationResult);
  });

  test("addresses that are always blocked or never looked at", async () => {
    const { UserPoolId, ClientId, begin, events } = await threatPool(h, "ENFORCED");
    const setRanges = (BlockedIPRangeList: string[], SkippedIPRangeList: string[]) =>
      h.cognito.send(
        new SetRiskConfigurationCommand({
          UserPoolId,
          RiskExceptionConfiguration: { BlockedIPRangeList, SkippedIPRangeList },
          AccountTakeoverRiskConfiguration: { Actions: { HighAction: { Notify: false, EventAction: "BLOCK" } } },
        }),
      );
    await setRanges(["198.51.100.0/24", "127.0.0.0/8"], ["192.0.2.0/24"]);
    const refusal = unauthorized("Request not allowed due to security reasons.");
    assert.deepEqual(await refused(begin({ ip: "198.51.100.7" })), refusal);
    // The user's own request comes from 127.0.0.1.
    const own = new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "ann", PASSWORD: password },
      UserContextData: { IpAddress: "192.0.2.1" },
    });
    assert.deepEqual(await refused(h.cognito.send(own)), refusal);
    await begin({ country: "DE" });
    assert.ok((await begin({ country: "FR" })).AuthenticationResult);
    assert.deepEqual(
      (await events()).map((event) => event.EventRisk?.RiskDecision),
      ["NoRisk", "NoRisk"],
    );
    await setRanges(["198.51.100.0/24"], []);
    assert.ok((await h.cognito.send(own)).AuthenticationResult);
  });

  test("a client with a secret that may says where its user is", async () => {
    const { UserPoolId, begin } = await threatPool(h, "AUDIT");
    await createSomebody(h, UserPoolId, "bob");
    const { ClientId, ClientSecret } = await createClient(h, UserPoolId, {
      GenerateSecret: true,
      EnablePropagateAdditionalUserContextData: true,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    const SECRET_HASH = createHmac("sha256", ClientSecret ?? "")
      .update(`bob${ClientId}`)
      .digest("base64");
    await h.cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "bob", PASSWORD: password, SECRET_HASH },
        UserContextData: { IpAddress: "203.0.113.77" },
      }),
    );
    await begin({ ip: "not an address" }, password, "bob");
    const { AuthEvents } = await h.cognito.send(new AdminListUserAuthEventsCommand({ UserPoolId, Username: "bob" }));
    assert.deepEqual(
      AuthEvents?.map((event) => event.EventContextData?.IpAddress),
      ["127.0.0.1", "203.0.113.77"],
    );
  });
});

/** By email, what sends it must be the pool's own (API reference, EmailMfaConfiguration). */
const emailMfa = {
  EmailConfiguration: {
    EmailSendingAccount: "DEVELOPER",
    SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
  },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
} satisfies Parameters<typeof threatPool>[2];

async function allowEmailMfa(h: Harness, UserPoolId: string): Promise<void> {
  await h.cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      EmailMfaConfiguration: { Message: "code {####}", Subject: "code" },
    }),
  );
}

async function codeTo(h: Harness, to: string): Promise<string> {
  const { messages } = await readOutbox(h.environment, h.accountId, { to });
  const [code] = /\d{6}/.exec(messages[0]?.message ?? "") ?? [];
  assert.ok(code !== undefined);
  return code;
}
