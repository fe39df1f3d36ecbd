import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserPoolCommand, GetLogDeliveryConfigurationCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("GetLogDeliveryConfiguration", async () => {
  const h = await harness();

  test("a pool that was never told has no logs; a pool that is not there is refused", async () => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
    const get = (UserPoolId: string) => h.cognito.send(new GetLogDeliveryConfigurationCommand({ UserPoolId }));
    const UserPoolId = UserPool?.Id ?? "";
    assert.deepEqual((await get(UserPoolId)).LogDeliveryConfiguration, { UserPoolId, LogConfigurations: [] });
    assert.deepEqual(await refused(get("us-east-1_AbCdEfGhI")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_AbCdEfGhI does not exist.",
      status: 400,
    });
  });
});
