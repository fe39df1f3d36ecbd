import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  GetUserPoolSessionConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("GetUserPoolSessionConfiguration", async () => {
  const h = await harness();

  test("the defaults of a pool that was never told; a pool that is not there is refused", async () => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p", UserPoolTier: "LITE" }));
    const get = (UserPoolId = "") => h.cognito.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId }));
    const { $metadata, ...answer } = await get(UserPool?.Id);
    assert.deepEqual(answer, {
      UserPoolId: UserPool?.Id,
      UserSessionTracking: "DISABLED",
      TokenSession: { MaxPerUser: 20 },
    });
    assert.deepEqual(await refused(get("us-east-1_AbCdEfGhI")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_AbCdEfGhI does not exist.",
      status: 400,
    });
  });
});
