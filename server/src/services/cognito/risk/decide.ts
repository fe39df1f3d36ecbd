import type {
  AccountTakeoverEventActionType,
  RiskDecisionType,
  RiskLevelType,
} from "@aws-sdk/client-cognito-identity-provider";
import { isWithin } from "../../../runtime/addresses.ts";
import type { AuthEventRow } from "../../../store/auth-events.ts";
import type { Origin } from "./origin.ts";
import type { RiskSettings } from "./risk-configuration.ts";

/** What is thought of a sign-in, and what follows from it. */
export interface Risk {
  readonly decision: RiskDecisionType;
  readonly level?: RiskLevelType | undefined;
  readonly isCompromised?: boolean | undefined;
  /** Undefined where nothing is to be done about it. */
  readonly action?: AccountTakeoverEventActionType | undefined;
  /** Whether the user is to be told. */
  readonly notifies?: boolean | undefined;
}

export const noRisk: Risk = { decision: "NoRisk" };

/** So many events of a user are looked back on. */
export const eventsLookedAt = 100;

/**
 * Compares where a sign-in comes from with where those before it that succeeded did, but for those that feedback calls
 * invalid. The rules are ours, AWS's being its own: another country is High; a device and an address that are both new are
 * Medium; one of the two is Low. Nothing is held against a first sign-in.
 */
export function riskLevel(origin: Origin, events: readonly AuthEventRow[]): RiskLevelType | undefined {
  const known = events.filter(
    (event) => event.feedback_value === "Valid" || (event.response === "Pass" && event.feedback_value !== "Invalid"),
  );
  if (known.length === 0) return undefined;
  const countries = known.map(({ country }) => country).filter((country) => country !== null);
  const isElsewhere = origin.country !== undefined && countries.length > 0 && !countries.includes(origin.country);
  if (isElsewhere) return "High";
  const isNewAddress = !known.some(({ ip }) => ip === origin.ip);
  const isNewDevice = !known.some((event) => isSameDevice(origin, event));
  if (isNewAddress && isNewDevice) return "Medium";
  return isNewAddress || isNewDevice ? "Low" : undefined;
}

/** By its own id where both have one, and else by its name: a browser's update makes it another. */
function isSameDevice({ deviceId, deviceName }: Origin, event: AuthEventRow): boolean {
  if (deviceId !== undefined && event.device_id !== null) return deviceId === event.device_id;
  return (deviceName ?? null) === event.device_name;
}

/** What AccountTakeoverRiskConfiguration says of the level; where it says nothing, nothing is done. */
export function decide(settings: RiskSettings, origin: Origin, events: readonly AuthEventRow[]): Risk {
  if (isWithin(origin.ip, settings.RiskExceptionConfiguration?.SkippedIPRangeList)) return noRisk;
  const level = riskLevel(origin, events);
  if (level === undefined) return noRisk;
  const { LowAction, MediumAction, HighAction } = settings.AccountTakeoverRiskConfiguration?.Actions ?? {};
  const chosen = { Low: LowAction, Medium: MediumAction, High: HighAction }[level];
  return { decision: "AccountTakeover", level, action: chosen?.EventAction, notifies: chosen?.Notify };
}
