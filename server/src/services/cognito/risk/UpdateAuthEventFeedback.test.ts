import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { SetRiskConfigurationCommand, UpdateAuthEventFeedbackCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { createSomebody } from "../../../../test/pool-users.ts";
import { threatPool } from "../../../../test/threats.ts";
import { readOutbox } from "../messages/outbox.ts";

suite("UpdateAuthEventFeedback", async () => {
  const h = await harness();
  const { UserPoolId, begin, events } = await threatPool(h, "ENFORCED");
  const action = { Notify: true, EventAction: "NO_ACTION" } as const;
  await h.cognito.send(
    new SetRiskConfigurationCommand({
      UserPoolId,
      AccountTakeoverRiskConfiguration: {
        Actions: { LowAction: action, MediumAction: action, HighAction: action },
        NotifyConfiguration: {
          SourceArn: `arn:aws:ses:us-east-1:${h.accountId}:identity/example.com`,
          NoActionEmail: {
            Subject: "Was it you, {username}?",
            TextBody: "{event-id} {feedback-token} {ip-address} {device-name} {country}",
          },
        },
      },
    }),
  );
  await begin({ country: "DE" });
  await begin({ country: "FR" });
  const { messages } = await readOutbox(h.environment, h.accountId, { to: "ann@example.com" });
  const [EventId = "", FeedbackToken = "", ...rest] = messages[0]?.message?.split(" ") ?? [];
  const say = (more: object = {}) =>
    h.cognito.send(
      new UpdateAuthEventFeedbackCommand({
        UserPoolId,
        Username: "ann",
        EventId,
        FeedbackToken,
        FeedbackValue: "Invalid",
        ...more,
      }),
    );

  test("the message about a sign-in from elsewhere says what it was, and holds what the answer takes", async () => {
    assert.equal(messages.length, 1);
    assert.deepEqual([messages[0]?.kind, messages[0]?.subject], ["AccountTakeOverNotification", "Was it you, ann?"]);
    assert.equal(rest.join(" "), "192.0.2.10 Firefox 140, Linux FR");
    assert.deepEqual(await events().then(([newest]) => [newest?.EventId, newest?.EventRisk]), [
      EventId,
      { CompromisedCredentialsDetected: false, RiskDecision: "AccountTakeover", RiskLevel: "High" },
    ]);
    await say();
    assert.deepEqual((await events())[0]?.EventFeedback, {
      FeedbackValue: "Invalid",
      Provider: "User",
      FeedbackDate: new Date(startOfTest),
    });
  });

  test("a token is of one event of one user", async () => {
    const refusal = { code: "NotAuthorizedException", message: "Invalid feedback token.", status: 400 };
    const [, first] = await events();
    assert.deepEqual(await refused(say({ FeedbackToken: "made-up" })), refusal);
    assert.deepEqual(await refused(say({ EventId: first?.EventId })), refusal);
    await createSomebody(h, UserPoolId, "bob");
    assert.deepEqual(await refused(say({ Username: "bob" })), refusal);
  });

  test("no such pool, no such user, no threat protection", async () => {
    assert.deepEqual(await refused(say({ UserPoolId: "us-east-1_absent" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_absent does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(say({ Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    const plain = await threatPool(h, "OFF");
    assert.deepEqual(await refused(say({ UserPoolId: plain.UserPoolId })), {
      code: "UserPoolAddOnNotEnabledException",
      message: "Threat protection is not enabled for this user pool.",
      status: 400,
    });
  });
});
