import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  DescribeRiskConfigurationCommand,
  SetRiskConfigurationCommand,
  type SetRiskConfigurationCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { riskSettingsFor } from "./risk-configuration.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("SetRiskConfiguration", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(
    new CreateUserPoolCommand({
      PoolName: "p",
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
  const ClientId = UserPoolClient?.ClientId ?? "";
  const set = async (input: Partial<SetRiskConfigurationCommandInput> = {}, cognito = h.cognito) =>
    (await cognito.send(new SetRiskConfigurationCommand({ UserPoolId, ...input }))).RiskConfiguration;
  const describe = async (id?: string) =>
    (await h.cognito.send(new DescribeRiskConfigurationCommand({ UserPoolId, ClientId: id }))).RiskConfiguration;
  const LastModifiedDate = new Date(startOfTest);
  const compromised = { Actions: { EventAction: "BLOCK" as const } };
  const NotifyConfiguration = {
    SourceArn: `arn:aws:ses:us-east-1:${testAccount}:identity/security@example.com`,
    BlockEmail: { Subject: "Blocked", TextBody: "We blocked it" },
  };

  test("of the pool: answers everything that was set, events being all of them", async () => {
    const settings = {
      AccountTakeoverRiskConfiguration: {
        NotifyConfiguration,
        Actions: { HighAction: { Notify: true, EventAction: "MFA_REQUIRED" as const } },
      },
      RiskExceptionConfiguration: { BlockedIPRangeList: ["203.0.113.0/24"], SkippedIPRangeList: ["2001:db8::/32"] },
    };
    const answer = await set({ ...settings, CompromisedCredentialsRiskConfiguration: compromised });
    assert.deepEqual(answer, {
      UserPoolId,
      ...settings,
      CompromisedCredentialsRiskConfiguration: {
        ...compromised,
        EventFilter: ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"],
      },
      LastModifiedDate,
    });
    assert.deepEqual(await describe(), answer);
    assert.deepEqual(await describe("ALL"), answer);
    assert.deepEqual(await describe(ClientId), { UserPoolId, ClientId });
  });

  test("of a client, whole each time, until it is reset or deleted", async () => {
    const CompromisedCredentialsRiskConfiguration = { ...compromised, EventFilter: ["SIGN_IN" as const] };
    const answer = await set({ ClientId, CompromisedCredentialsRiskConfiguration });
    assert.deepEqual(answer, { UserPoolId, ClientId, CompromisedCredentialsRiskConfiguration, LastModifiedDate });
    const { store } = h.environment;
    const holding = () => store.read((tx) => riskSettingsFor(tx, UserPoolId, ClientId));
    assert.deepEqual(await holding(), { CompromisedCredentialsRiskConfiguration });
    const RiskExceptionConfiguration = { BlockedIPRangeList: ["10.0.0.0/8"] };
    assert.deepEqual(await set({ ClientId, RiskExceptionConfiguration }), {
      UserPoolId,
      ClientId,
      RiskExceptionConfiguration,
      LastModifiedDate,
    });
    assert.deepEqual(await set({ ClientId }), { UserPoolId, ClientId });
    assert.deepEqual((await holding()).AccountTakeoverRiskConfiguration?.NotifyConfiguration, NotifyConfiguration);
    await set({ ClientId, RiskExceptionConfiguration });
    await h.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    assert.equal((await holding()).RiskExceptionConfiguration?.BlockedIPRangeList?.[0], "203.0.113.0/24");
    assert.deepEqual(await refused(set({ ClientId })), {
      code: "ResourceNotFoundException",
      message: `User pool client ${ClientId} does not exist.`,
      status: 400,
    });
  });

  test("refuses ranges that are none and senders of other regions", async () => {
    for (const range of ["10.0.0.1", "10.0.0.0/33", "300.0.0.0/8", "::/129", "x/8"]) {
      assert.deepEqual(
        await refused(set({ RiskExceptionConfiguration: { SkippedIPRangeList: [range] } })),
        invalid("Incorrect CIDR format"),
        range,
      );
    }
    const SourceArn = NotifyConfiguration.SourceArn.replace("us-east-1", "eu-central-1");
    assert.deepEqual(
      await refused(set({ AccountTakeoverRiskConfiguration: { Actions: {}, NotifyConfiguration: { SourceArn } } })),
      invalid("Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2."),
    );
  });

  test("is for pools with threat protection", async () => {
    const { UserPool: plain } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "q" }));
    const off = {
      code: "UserPoolAddOnNotEnabledException",
      message: "Threat protection is not enabled for this user pool.",
      status: 400,
    };
    assert.deepEqual(await refused(set({ UserPoolId: plain?.Id })), off);
  });

  test("a pool that is not there; a caller that may not", async () => {
    assert.equal((await refused(set({ UserPoolId: "us-east-1_AbCdEfGhI" }))).code, "ResourceNotFoundException");
    const ann = await userWithKey(h, "ann", allow("cognito-idp:DescribeRiskConfiguration"));
    assert.equal((await refused(set({}, ann.cognito))).code, "AccessDeniedException");
  });
});
