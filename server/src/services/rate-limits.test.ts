import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DescribeUserPoolCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUserPoolsCommand,
  RespondToAuthChallengeCommand,
  UpdateProvisionedLimitCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { ListUsersCommand } from "@aws-sdk/client-iam";
import { harness, refused, startOfTest } from "../../test/harness.ts";
import { createPool } from "../../test/pool-users.ts";
import { cognito } from "../contract/cognito.ts";
import { categoryOf } from "./cognito/rate-categories.ts";

const tooMany = { code: "TooManyRequestsException", message: "Rate exceeded", status: 400 };

/** How many of so many at one time were not refused for coming too often. */
async function admitted(count: number, send: () => Promise<unknown>): Promise<number> {
  let others = 0;
  for (let at = 0; at < count; at++) {
    try {
      await send();
      others += 1;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error.name !== "TooManyRequestsException") others += 1;
    }
  }
  return others;
}

suite("rate limits", async () => {
  const h = await harness({ rateLimits: true });
  const UserPoolId = await createPool(h);
  const describe = (clients = h) => clients.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  const list = () => h.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  const at = (seconds: number) => h.clock.set(startOfTest + seconds * 1000);

  test("a category has as many requests as it may in a second, whichever of its operations, and more as time passes", async () => {
    assert.equal(await admitted(10, describe), 10);
    assert.equal(await admitted(10, list), 5);
    assert.deepEqual(await refused(describe()), tooMany);
    at(0.2);
    assert.equal(await admitted(10, list), 3);
    at(60);
    assert.equal(await admitted(20, list), 15);
  });

  test("each region and each category for itself; IAM has no such limits", async () => {
    at(100);
    assert.equal(await admitted(16, list), 15);
    const elsewhere = h.as(h.root, "eu-west-1").cognito;
    assert.equal(await admitted(16, () => elsewhere.send(new ListUserPoolsCommand({ MaxResults: 1 }))), 15);
    assert.equal(await admitted(60, () => h.iam.send(new ListUsersCommand({}))), 60);
  });

  test("requests that nobody signed are counted as one, whatever region they name", async () => {
    at(200);
    const ask = (region: string) => h.as(h.root, region).cognito.send(new GetUserCommand({ AccessToken: "none" }));
    assert.equal(await admitted(100, () => ask("us-east-1")), 100);
    assert.equal(await admitted(100, () => ask("eu-west-1")), 20);
  });

  test("answers to challenges have thrice as many, and then those of the sign-ins", async () => {
    at(300);
    const ClientId = "0000000000000000000000000a";
    const answer = () =>
      h.cognito.send(
        new RespondToAuthChallengeCommand({ ClientId, ChallengeName: "SMS_MFA", Session: "s".repeat(20) }),
      );
    const begin = () => h.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_AUTH" }));
    assert.equal(await admitted(400, answer), 400);
    assert.equal(await admitted(100, begin), 80);
    assert.deepEqual(await refused(answer()), tooMany);
  });

  test("UpdateProvisionedLimit raises a category, within a minute", async () => {
    at(400);
    assert.equal(await admitted(20, list), 15);
    await h.cognito.send(
      new UpdateProvisionedLimitCommand({
        LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: "UserPoolRead" } },
        RequestedLimitValue: 40,
      }),
    );
    at(461);
    assert.equal(await admitted(50, list), 40);
  });

  test("every operation is in a category", () => {
    const without = Object.keys(cognito.operations).filter((name) => categoryOf(`cognito-idp:${name}`) === undefined);
    assert.deepEqual(without, []);
  });
});

test("nobody is held to them where they are off", async () => {
  const h = await harness();
  assert.equal(await admitted(40, () => h.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))), 40);
});
