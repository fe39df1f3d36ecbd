import type { AuthFlowType } from "@aws-sdk/client-cognito-identity-provider";
import type { AppClientConfiguration } from "../app-clients/app-client.ts";
import type { SignInCall } from "./sign-in.ts";

export type Flow =
  | "USER_SRP_AUTH"
  | "USER_PASSWORD_AUTH"
  | "ADMIN_USER_PASSWORD_AUTH"
  | "CUSTOM_AUTH"
  | "REFRESH_TOKEN_AUTH"
  | "USER_AUTH";

const otherNames: Partial<Record<AuthFlowType, Flow>> = {
  ADMIN_NO_SRP_AUTH: "ADMIN_USER_PASSWORD_AUTH",
  REFRESH_TOKEN: "REFRESH_TOKEN_AUTH",
};

export function flowOf(given: AuthFlowType): Flow {
  return otherNames[given] ?? (given as Flow); // all that is left of the enumeration
}

/**
 * Which flows a client allows. Without ExplicitAuthFlows, and with values of before 2019, SRP, custom and refresh are open
 * (developer guide; moto's tests against AWS).
 */
function allowedFlows({ ExplicitAuthFlows }: AppClientConfiguration): ReadonlySet<Flow> {
  const named = new Set<string>(ExplicitAuthFlows ?? []);
  if (ExplicitAuthFlows?.some((flow) => flow.startsWith("ALLOW_"))) {
    const flows = ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_AUTH"] as const;
    return new Set<Flow>([
      ...flows.filter((flow) => named.has(`ALLOW_${flow}`)),
      ...(named.has("ALLOW_CUSTOM_AUTH") ? (["CUSTOM_AUTH"] as const) : []),
      ...(named.has("ALLOW_REFRESH_TOKEN_AUTH") ? (["REFRESH_TOKEN_AUTH"] as const) : []),
    ]);
  }
  return new Set<Flow>([
    "CUSTOM_AUTH",
    "REFRESH_TOKEN_AUTH",
    ...(named.has("CUSTOM_AUTH_FLOW_ONLY") ? [] : (["USER_SRP_AUTH"] as const)),
    ...(named.has("USER_PASSWORD_AUTH") ? (["USER_PASSWORD_AUTH"] as const) : []),
    ...(named.has("ADMIN_NO_SRP_AUTH") ? (["ADMIN_USER_PASSWORD_AUTH"] as const) : []),
  ]);
}

export function allowsFlow(client: AppClientConfiguration, flow: Flow): boolean {
  return allowedFlows(client).has(flow);
}

/** Reported from AWS, each with words of its own. */
const refusals: Partial<Record<Flow, string>> = {
  USER_PASSWORD_AUTH: "USER_PASSWORD_AUTH flow not enabled for this client",
  USER_SRP_AUTH: "USER_SRP_AUTH is not enabled for the client.",
  CUSTOM_AUTH: "CUSTOM_AUTH is not enabled for the client.",
  USER_AUTH: "USER_AUTH is not enabled for the client.",
};

export function requireFlow(call: SignInCall, client: AppClientConfiguration, flow: Flow): void {
  if (allowsFlow(client, flow)) return;
  // Where refresh tokens rotate, refreshing itself refuses, in other words.
  if (flow === "REFRESH_TOKEN_AUTH" && client.RefreshTokenRotation?.Feature === "ENABLED") return;
  call.fail("InvalidParameterException", refusals[flow] ?? "Auth flow not enabled for this client");
}
