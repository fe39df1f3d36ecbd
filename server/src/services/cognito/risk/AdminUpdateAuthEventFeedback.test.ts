import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminUpdateAuthEventFeedbackCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { createSomebody } from "../../../../test/pool-users.ts";
import { threatPool } from "../../../../test/threats.ts";

suite("AdminUpdateAuthEventFeedback", async () => {
  const h = await harness();
  const { UserPoolId, begin, events } = await threatPool(h, "AUDIT");
  await begin();
  const [event] = await events();
  const EventId = event?.EventId ?? "";
  const say = (FeedbackValue: "Valid" | "Invalid", more: object = {}) =>
    h.cognito.send(
      new AdminUpdateAuthEventFeedbackCommand({ UserPoolId, Username: "ann", EventId, FeedbackValue, ...more }),
    );

  test("what an administrator thinks of an event, which may change", async () => {
    assert.equal(event?.EventFeedback, undefined);
    for (const FeedbackValue of ["Valid", "Invalid"] as const) {
      await say(FeedbackValue);
      const [after] = await events();
      assert.deepEqual(after?.EventFeedback, { FeedbackValue, Provider: "Admin", FeedbackDate: new Date(startOfTest) });
    }
  });

  test("no such event, another user's, no such user, no pool of theirs, no threat protection", async () => {
    const absent = { code: "ResourceNotFoundException", message: "Auth event does not exist.", status: 400 };
    assert.deepEqual(await refused(say("Valid", { EventId: "none" })), absent);
    await createSomebody(h, UserPoolId, "bob");
    assert.deepEqual(await refused(say("Valid", { Username: "bob" })), absent);
    assert.deepEqual(await refused(say("Valid", { Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(say("Valid", { UserPoolId: "us-east-1_absent" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_absent does not exist.",
      status: 400,
    });
    const plain = await threatPool(h, "OFF");
    assert.deepEqual(await refused(say("Valid", { UserPoolId: plain.UserPoolId })), {
      code: "UserPoolAddOnNotEnabledException",
      message: "Threat protection is not enabled for this user pool.",
      status: 400,
    });
  });
});
