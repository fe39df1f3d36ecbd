import type { RiskConfigurationType, SetRiskConfigurationRequest } from "@aws-sdk/client-cognito-identity-provider";
import { isCidr } from "../../../runtime/addresses.ts";
import { poolProperties } from "../../../store/pool-properties.ts";
import type { Tx } from "../../../store/store.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import { requireClientOfPool } from "../app-clients/app-client.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { configurationOf } from "../user-pools/user-pool.ts";

/** What is set for a pool or for one of its clients. */
export type RiskSettings = Omit<SetRiskConfigurationRequest, "UserPoolId" | "ClientId">;

/** The pool's own settings are for all clients without theirs. */
const everyClient = "ALL";

export function requireThreatProtection(
  call: Call<"UserPoolAddOnNotEnabledException">,
  { UserPoolAddOns }: Configuration,
): void {
  const mode = UserPoolAddOns?.AdvancedSecurityMode;
  if (mode === undefined || mode === "OFF") {
    // The text is ours: AWS's is not known.
    call.fail("UserPoolAddOnNotEnabledException", "Threat protection is not enabled for this user pool.");
  }
}

/** The client that is meant; undefined for the pool. */
export async function requireRiskOwner(
  call: Call<"ResourceNotFoundException" | "UserPoolAddOnNotEnabledException">,
  pool: UserPoolRow,
  clientId: string | undefined,
): Promise<string | undefined> {
  requireThreatProtection(call, configurationOf(pool));
  if (clientId === undefined || clientId === everyClient) return undefined;
  await requireClientOfPool(call, call.tx, pool.pool_id, clientId);
  return clientId;
}

/** The texts are AWS's (measured 2026-09). */
export function readRiskSettings(call: Call, given: RiskSettings): RiskSettings {
  const { CompromisedCredentialsRiskConfiguration: compromised, RiskExceptionConfiguration: exceptions } = given;
  const ranges = [...(exceptions?.BlockedIPRangeList ?? []), ...(exceptions?.SkippedIPRangeList ?? [])];
  if (!ranges.every(isCidr)) call.fail("InvalidParameterException", "Incorrect CIDR format");
  const sender = given.AccountTakeoverRiskConfiguration?.NotifyConfiguration?.SourceArn;
  if (sender !== undefined && !mailRegions.has(sender.split(":", 4)[3] ?? "")) {
    call.fail(
      "InvalidParameterException",
      "Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2.",
    );
  }
  return {
    CompromisedCredentialsRiskConfiguration: compromised && {
      ...compromised,
      // "Defaults to all events" (API reference).
      EventFilter: compromised.EventFilter ?? ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"],
    },
    AccountTakeoverRiskConfiguration: given.AccountTakeoverRiskConfiguration,
    RiskExceptionConfiguration: exceptions,
  };
}

const mailRegions: ReadonlySet<string> = new Set(["eu-west-1", "us-east-1", "us-west-2"]);

/** What was set for this very pool or client. */
export async function riskConfiguration(
  tx: Tx,
  poolId: string,
  clientId: string | undefined,
): Promise<RiskConfigurationType> {
  const found = await poolProperties.find(tx, poolId, clientId ?? "", "risk");
  const settings = found?.value as RiskSettings | undefined; // SetRiskConfiguration wrote it
  return {
    UserPoolId: poolId,
    ClientId: clientId,
    ...settings,
    LastModifiedDate: found && new Date(found.modified_at),
  };
}

/** What holds for a client: its own settings or else the pool's. */
export async function riskSettingsFor(tx: Tx, poolId: string, clientId: string): Promise<RiskSettings> {
  const own = await poolProperties.find(tx, poolId, clientId, "risk");
  const found = own ?? (await poolProperties.find(tx, poolId, "", "risk"));
  return (found?.value ?? {}) as RiskSettings; // SetRiskConfiguration wrote it
}
