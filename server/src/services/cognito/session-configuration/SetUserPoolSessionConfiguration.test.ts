import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  GetUserPoolSessionConfigurationCommand,
  SetUserPoolSessionConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("SetUserPoolSessionConfiguration", async () => {
  const h = await harness();
  const newPool = async (UserPoolTier?: "LITE") =>
    (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p", UserPoolTier }))).UserPool?.Id ?? "";
  const UserPoolId = await newPool();
  const set = async (
    UserSessionTracking: "ENABLED" | "DISABLED",
    MaxPerUser: number,
    pool = UserPoolId,
    cognito = h.cognito,
  ) => {
    const { $metadata, ...answer } = await cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId: pool,
        UserSessionTracking,
        TokenSession: { MaxPerUser },
      }),
    );
    return answer;
  };

  test("answers and keeps the whole of it", async () => {
    for (const [tracking, most] of [
      ["ENABLED", 100],
      ["DISABLED", 1],
    ] as const) {
      const answer = await set(tracking, most);
      assert.deepEqual(answer, {
        UserPoolId,
        UserSessionTracking: tracking,
        TokenSession: { MaxPerUser: most },
      });
      const { $metadata, ...kept } = await h.cognito.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId }));
      assert.deepEqual(kept, answer);
    }
  });

  test("refuses numbers out of bounds, and the plan Lite", async () => {
    const few = await refused(set("ENABLED", 0));
    assert.equal(few.code, "InvalidParameterException");
    assert.match(
      few.message,
      /'tokenSession\.maxPerUser' failed to satisfy constraint: Member must have value greater/,
    );
    assert.equal((await refused(set("ENABLED", 101))).code, "InvalidParameterException");
    assert.deepEqual(await refused(set("ENABLED", 5, await newPool("LITE"))), {
      code: "FeatureUnavailableInTierException",
      message: "The following feature is not available for the LITE pricing tier configured: Session Tracking",
      status: 400,
    });
  });

  test("a pool that is not there; a caller that may not", async () => {
    assert.equal((await refused(set("ENABLED", 5, "us-east-1_AbCdEfGhI"))).code, "ResourceNotFoundException");
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(set("ENABLED", 5, UserPoolId, ann.cognito))).code, "AccessDeniedException");
  });
});
