import type { LogConfigurationType, LogDeliveryConfigurationType } from "@aws-sdk/client-cognito-identity-provider";
import { poolProperties } from "../../../store/pool-properties.ts";
import type { Tx } from "../../../store/store.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import { configurationOf } from "../user-pools/user-pool.ts";

/**
 * Refuses what cannot be together (API reference, LogConfigurationType). Texts are AWS's (measured 2026-09), but for those
 * that are said to be ours.
 */
export function refuseWrongLogs(
  call: Call<"FeatureUnavailableInTierException">,
  pool: UserPoolRow,
  given: readonly LogConfigurationType[],
): void {
  const refuse = (message: string): never => call.fail("InvalidParameterException", message);
  if (new Set(given.map(({ EventSource }) => EventSource)).size < given.length) {
    refuse("Following event sources appear more then once in a request");
  }
  const plan = configurationOf(pool).UserPoolTier ?? "ESSENTIALS";
  for (const log of given) {
    const { EventSource, LogLevel, CloudWatchLogsConfiguration, FirehoseConfiguration, S3Configuration } = log;
    if (EventSource === "userAuthEvents" && plan !== "PLUS") {
      call.fail(
        "FeatureUnavailableInTierException",
        `The following feature is not available for the ${plan} pricing tier configured: Log Streaming`,
      );
    }
    const level = EventSource === "userNotification" ? "ERROR" : "INFO";
    // Ours, as the next two.
    if (LogLevel !== level) refuse(`The log level of ${EventSource} must be ${level}`);
    const destinations = [CloudWatchLogsConfiguration, FirehoseConfiguration, S3Configuration];
    if (destinations.filter((destination) => destination !== undefined).length !== 1) {
      refuse("Each log configuration must have exactly one destination");
    }
    if (EventSource === "userNotification" && CloudWatchLogsConfiguration === undefined) {
      refuse("The destination of userNotification must be a CloudWatch Logs log group");
    }
    const arn = CloudWatchLogsConfiguration?.LogGroupArn ?? FirehoseConfiguration?.StreamArn;
    if (arn !== undefined && arn.split(":", 4)[3] !== pool.region) refuse("ARN does not belong to current region");
  }
}

export async function logDeliveryConfiguration(tx: Tx, poolId: string): Promise<LogDeliveryConfigurationType> {
  const found = await poolProperties.find(tx, poolId, "", "log-delivery");
  return {
    UserPoolId: poolId,
    LogConfigurations: (found?.value ?? []) as LogConfigurationType[], // SetLogDeliveryConfiguration wrote it
  };
}
