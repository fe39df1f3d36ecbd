import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetUserPoolMfaConfigCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { snsCaller } from "../../../../test/pool-factors.ts";
import { createPool } from "../../../../test/pool-users.ts";

suite("GetUserPoolMfaConfig", async () => {
  const h = await harness();
  const get = async (UserPoolId: string) => {
    const { $metadata, ...answer } = await h.cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    return answer;
  };

  test("a pool that never said has MFA off, and nothing else", async () => {
    assert.deepEqual(await get(await createPool(h)), { MfaConfiguration: "OFF" });
  });

  test("a pool that was made with MFA sends texts", async () => {
    const UserPoolId = await createPool(h, {
      MfaConfiguration: "ON",
      SmsConfiguration: snsCaller,
      SmsAuthenticationMessage: "Code {####}",
    });
    assert.deepEqual(await get(UserPoolId), {
      MfaConfiguration: "ON",
      SmsMfaConfiguration: { SmsAuthenticationMessage: "Code {####}", SmsConfiguration: snsCaller },
    });
  });

  test("is refused where there is no such pool", async () => {
    assert.deepEqual(await refused(get("us-east-1_missing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_missing00 does not exist.",
      status: 400,
    });
  });
});
