import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  GetLogDeliveryConfigurationCommand,
  type LogConfigurationType,
  SetLogDeliveryConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("SetLogDeliveryConfiguration", async () => {
  const h = await harness();
  const newPool = async (UserPoolTier?: "PLUS") =>
    (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p", UserPoolTier }))).UserPool?.Id ?? "";
  const plain = await newPool();
  const plus = await newPool("PLUS");
  const set = async (UserPoolId: string, LogConfigurations: LogConfigurationType[], cognito = h.cognito) =>
    (await cognito.send(new SetLogDeliveryConfigurationCommand({ UserPoolId, LogConfigurations })))
      .LogDeliveryConfiguration;
  const group = { LogGroupArn: `arn:aws:logs:us-east-1:${testAccount}:log-group:pool` };
  const notifications: LogConfigurationType = {
    EventSource: "userNotification",
    LogLevel: "ERROR",
    CloudWatchLogsConfiguration: group,
  };
  const activity: LogConfigurationType = {
    EventSource: "userAuthEvents",
    LogLevel: "INFO",
    S3Configuration: { BucketArn: "arn:aws:s3:::logs" },
  };

  test("answers and keeps the whole configuration, until the next one", async () => {
    const answer = await set(plus, [notifications, activity]);
    assert.deepEqual(answer, { UserPoolId: plus, LogConfigurations: [notifications, activity] });
    const get = () => h.cognito.send(new GetLogDeliveryConfigurationCommand({ UserPoolId: plus }));
    assert.deepEqual((await get()).LogDeliveryConfiguration, answer);
    await set(plus, []);
    assert.deepEqual((await get()).LogDeliveryConfiguration, { UserPoolId: plus, LogConfigurations: [] });
  });

  test("user activity is for the plan Plus", async () => {
    assert.deepEqual(await refused(set(plain, [activity])), {
      code: "FeatureUnavailableInTierException",
      message: "The following feature is not available for the ESSENTIALS pricing tier configured: Log Streaming",
      status: 400,
    });
  });

  test("refuses what cannot be together", async () => {
    const refuses = async (configurations: LogConfigurationType[], message: string) =>
      assert.deepEqual(await refused(set(plus, configurations)), invalid(message));
    await refuses([activity, activity], "Following event sources appear more then once in a request");
    await refuses([{ ...notifications, LogLevel: "INFO" }], "The log level of userNotification must be ERROR");
    await refuses([{ ...activity, LogLevel: "ERROR" }], "The log level of userAuthEvents must be INFO");
    await refuses(
      [{ ...activity, CloudWatchLogsConfiguration: group }],
      "Each log configuration must have exactly one destination",
    );
    await refuses(
      [{ EventSource: "userAuthEvents", LogLevel: "INFO" }],
      "Each log configuration must have exactly one destination",
    );
    await refuses(
      [{ ...activity, EventSource: "userNotification", LogLevel: "ERROR" }],
      "The destination of userNotification must be a CloudWatch Logs log group",
    );
    const LogGroupArn = group.LogGroupArn.replace("us-east-1", "eu-west-1");
    await refuses(
      [{ ...notifications, CloudWatchLogsConfiguration: { LogGroupArn } }],
      "ARN does not belong to current region",
    );
  });

  test("a pool that is not there; a caller that may not", async () => {
    assert.equal((await refused(set("us-east-1_AbCdEfGhI", []))).code, "ResourceNotFoundException");
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(set(plain, [], ann.cognito))).code, "AccessDeniedException");
  });
});
