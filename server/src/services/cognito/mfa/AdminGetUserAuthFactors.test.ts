import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminGetUserAuthFactorsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { setMfa, snsCaller } from "../../../../test/pool-factors.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

suite("AdminGetUserAuthFactors", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h);
  await createUser(h, UserPoolId, "ann", { attributes: { phone_number: "+15555550100" } });
  const factorsOf = async (Username: string, pool = UserPoolId) => {
    const command = new AdminGetUserAuthFactorsCommand({ UserPoolId: pool, Username });
    const { $metadata, ...answer } = await h.cognito.send(command);
    return answer;
  };

  test("as the user would see them", async () => {
    assert.deepEqual(await factorsOf("ann"), { Username: "ann", ConfiguredUserAuthFactors: ["PASSWORD"] });
    const SmsMfaConfiguration = { SmsConfiguration: snsCaller };
    await setMfa(h, UserPoolId, { MfaConfiguration: "OPTIONAL", SmsMfaConfiguration });
    assert.deepEqual((await factorsOf("ann")).ConfiguredUserAuthFactors, ["PASSWORD", "SMS_OTP"]);
  });

  test("is refused of nobody and in no pool", async () => {
    assert.deepEqual(await refused(factorsOf("nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(factorsOf("ann", "us-east-1_missing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_missing00 does not exist.",
      status: 400,
    });
  });
});
