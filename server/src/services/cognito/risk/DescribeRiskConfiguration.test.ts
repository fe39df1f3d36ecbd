import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  DescribeRiskConfigurationCommand,
  SetRiskConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";

suite("DescribeRiskConfiguration", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(
    new CreateUserPoolCommand({
      PoolName: "p",
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
    }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  const describe = async (pool: string, ClientId?: string) =>
    (await h.cognito.send(new DescribeRiskConfigurationCommand({ UserPoolId: pool, ClientId }))).RiskConfiguration;

  test("nothing where nothing was set, then what was, with its date", async () => {
    assert.deepEqual(await describe(UserPoolId), { UserPoolId });
    const RiskExceptionConfiguration = { SkippedIPRangeList: ["192.0.2.0/24"] };
    h.clock.set(startOfTest + 5000);
    await h.cognito.send(new SetRiskConfigurationCommand({ UserPoolId, RiskExceptionConfiguration }));
    h.clock.set(startOfTest);
    assert.deepEqual(await describe(UserPoolId), {
      UserPoolId,
      RiskExceptionConfiguration,
      LastModifiedDate: new Date(startOfTest + 5000),
    });
  });

  test("refuses clients and pools that are not there, and pools without threat protection", async () => {
    assert.deepEqual(await refused(describe(UserPoolId, "nobody")), {
      code: "ResourceNotFoundException",
      message: "User pool client nobody does not exist.",
      status: 400,
    });
    assert.equal((await refused(describe("us-east-1_AbCdEfGhI"))).code, "ResourceNotFoundException");
    const { UserPool: plain } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "q" }));
    assert.deepEqual(await refused(describe(plain?.Id ?? "")), {
      code: "UserPoolAddOnNotEnabledException",
      message: "Threat protection is not enabled for this user pool.",
      status: 400,
    });
  });
});
