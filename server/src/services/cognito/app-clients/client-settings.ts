import type { TimeUnitsType, UpdateUserPoolClientRequest } from "@aws-sdk/client-cognito-identity-provider";
import type { Call } from "../../operation.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { identitiesAttribute } from "../user-pools/standard-attributes.ts";
import type { AppClientConfiguration } from "./app-client.ts";

/** What CreateUserPoolClient and UpdateUserPoolClient both take. */
export type ClientSettings = Omit<UpdateUserPoolClientRequest, "UserPoolId" | "ClientId" | "ClientName">;

/** What the pool has besides clients that a client may name. */
export interface Surroundings {
  readonly configuration: Configuration;
  readonly poolId: string;
  readonly hasSecret: boolean;
  /** What is being done, as AWS's texts say it. */
  readonly doing: "creating" | "updating";
  /** Names of identity providers of the pool. */
  hasProvider(name: string): Promise<boolean>;
  /** `{resource server}/{scope}`. */
  hasScope(scope: string): Promise<boolean>;
}

type SettingsCall = Call<
  | "InvalidParameterException"
  | "ScopeDoesNotExistException"
  | "InvalidOAuthFlowException"
  | "FeatureUnavailableInTierException"
>;

/**
 * The settings of a client that was given these: whatever is not given has its default, on an update, too (API reference,
 * UpdateUserPoolClient). Members that were never given are not answered (recorded from AWS, 2023 to 2025).
 */
export function clientConfiguration(given: ClientSettings): AppClientConfiguration {
  const { ExplicitAuthFlows, SupportedIdentityProviders, CallbackURLs, LogoutURLs } = given;
  const { AllowedOAuthFlows, AllowedOAuthScopes, ReadAttributes, WriteAttributes } = given;
  return {
    // Zero is how clients with plain numbers say nothing.
    RefreshTokenValidity: given.RefreshTokenValidity || 30,
    AccessTokenValidity: given.AccessTokenValidity,
    IdTokenValidity: given.IdTokenValidity,
    TokenValidityUnits: given.TokenValidityUnits ?? {},
    ReadAttributes: unlessEmpty(ReadAttributes),
    WriteAttributes: unlessEmpty(WriteAttributes),
    ExplicitAuthFlows: unlessEmpty(ExplicitAuthFlows)?.sort((one, other) => flowRank(one) - flowRank(other)),
    SupportedIdentityProviders: unlessEmpty(SupportedIdentityProviders),
    CallbackURLs: unlessEmpty(CallbackURLs),
    LogoutURLs: unlessEmpty(LogoutURLs),
    DefaultRedirectURI: given.DefaultRedirectURI,
    AllowedOAuthFlows: unlessEmpty(AllowedOAuthFlows),
    AllowedOAuthScopes: unlessEmpty(AllowedOAuthScopes),
    AllowedOAuthFlowsUserPoolClient: given.AllowedOAuthFlowsUserPoolClient ?? false,
    AnalyticsConfiguration: given.AnalyticsConfiguration,
    PreventUserExistenceErrors: given.PreventUserExistenceErrors,
    EnableTokenRevocation: given.EnableTokenRevocation ?? true,
    EnablePropagateAdditionalUserContextData: given.EnablePropagateAdditionalUserContextData ?? false,
    AuthSessionValidity: given.AuthSessionValidity ?? 3,
    RefreshTokenRotation: rotationOf(given.RefreshTokenRotation),
  };
}

/** Without rotation no grace period is kept (recorded from AWS, 2026-09). */
function rotationOf(
  given: AppClientConfiguration["RefreshTokenRotation"],
): AppClientConfiguration["RefreshTokenRotation"] {
  if (given === undefined) return undefined;
  const { Feature, RetryGracePeriodSeconds = 0 } = given;
  return { Feature, RetryGracePeriodSeconds: Feature === "ENABLED" ? RetryGracePeriodSeconds : 0 };
}

/** The order in which AWS answers them (recorded 2026-09), whatever that of the request; the places of others are not known. */
const flowOrder = [
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
];

function flowRank(flow: string): number {
  const rank = flowOrder.indexOf(flow);
  return rank === -1 ? flowOrder.length : rank;
}

function unlessEmpty<T>(list: readonly T[] | undefined): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : [...new Set(list)];
}

const seconds: Readonly<Record<TimeUnitsType, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** How long tokens last, in seconds: an hour, an hour and thirty days where the client does not say (developer guide). */
export function tokenLifetimes({
  AccessTokenValidity,
  IdTokenValidity,
  RefreshTokenValidity,
  TokenValidityUnits = {},
}: AppClientConfiguration): { readonly access: number; readonly id: number; readonly refresh: number } {
  const { AccessToken = "hours", IdToken = "hours", RefreshToken = "days" } = TokenValidityUnits;
  return {
    access: (AccessTokenValidity ?? 3600 / seconds[AccessToken]) * seconds[AccessToken],
    id: (IdTokenValidity ?? 3600 / seconds[IdToken]) * seconds[IdToken],
    refresh: (RefreshTokenValidity ?? 30) * seconds[RefreshToken],
  };
}

/** Refuses what AWS refuses. Texts are AWS's as reported, but for those said to be ours. */
export async function checkClient(
  call: SettingsCall,
  client: AppClientConfiguration,
  around: Surroundings,
): Promise<void> {
  checkLifetimes(call, client);
  checkFlows(call, client, around.configuration);
  checkAttributes(call, client, around);
  for (const name of client.SupportedIdentityProviders ?? []) {
    if (name === "COGNITO" || (await around.hasProvider(name))) continue;
    call.fail("InvalidParameterException", `The provider ${name} does not exist for User Pool ${around.poolId}.`);
  }
  checkUrls(call, client);
  await checkOAuth(call, client, around);
}

const minute = 60;
const day = 86_400;

function checkLifetimes(call: SettingsCall, client: AppClientConfiguration): void {
  const { access, id, refresh } = tokenLifetimes(client);
  const short = [access, id].every((life) => life >= 5 * minute && life <= day);
  if (!short || refresh < 60 * minute || refresh > 3650 * day) {
    call.fail("InvalidParameterException", "Invalid range for token validity.");
  }
}

const legacyFlows: ReadonlySet<string> = new Set(["ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"]);

function checkFlows(call: SettingsCall, client: AppClientConfiguration, { UserPoolTier }: Configuration): void {
  const flows = client.ExplicitAuthFlows ?? [];
  if (flows.some((flow) => legacyFlows.has(flow)) && flows.some((flow) => !legacyFlows.has(flow))) {
    // The API reference says so; the text is ours.
    call.fail(
      "InvalidParameterException",
      "ExplicitAuthFlows cannot have values that begin with ALLOW_ beside values that do not.",
    );
  }
  const abovePlan: string[] = [];
  if (flows.includes("ALLOW_USER_AUTH")) abovePlan.push("Choice-Based Sign-In");
  if (client.RefreshTokenRotation?.Feature === "ENABLED") abovePlan.push("Refresh Token Rotation");
  if (abovePlan.length > 0 && UserPoolTier === "LITE") {
    // Recorded from AWS, 2026-09, for rotation; the other feature is called as CreateUserPool calls it.
    call.fail(
      "FeatureUnavailableInTierException",
      `The following features need to be disabled for the LITE pricing tier configured: ${abovePlan.join(", ")}`,
    );
  }
  if (client.RefreshTokenRotation?.Feature === "ENABLED" && flows.includes("ALLOW_REFRESH_TOKEN_AUTH")) {
    // Recorded from AWS, 2026-09.
    call.fail(
      "InvalidParameterException",
      "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.",
    );
  }
}

function checkAttributes(
  call: SettingsCall,
  client: AppClientConfiguration,
  { configuration, doing }: Surroundings,
): void {
  const schema = configuration.SchemaAttributes ?? [];
  const names = new Set([...schema.map(({ Name }) => Name), identitiesAttribute.Name]);
  const { ReadAttributes = [], WriteAttributes } = client;
  if (!ReadAttributes.every((name) => names.has(name))) {
    call.fail("InvalidParameterException", `Invalid read attributes specified while ${doing} a client`);
  }
  if (WriteAttributes === undefined) return;
  const unwritable = new Set(["sub", "email_verified", "phone_number_verified", identitiesAttribute.Name]);
  const required = schema.filter(({ Name, Required }) => Required === true && Name !== "sub");
  const isWritable = (name: string) => names.has(name) && !unwritable.has(name);
  if (
    !WriteAttributes.every(isWritable) ||
    !required.every(({ Name }) => Name !== undefined && WriteAttributes.includes(Name))
  ) {
    call.fail("InvalidParameterException", `Invalid write attributes specified while ${doing} a client`);
  }
}

function checkUrls(
  call: SettingsCall,
  { CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI }: AppClientConfiguration,
): void {
  for (const url of [...CallbackURLs, ...LogoutURLs]) checkUrl(call, url);
  if (DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI)) {
    // The API reference says so; the text is ours.
    call.fail("InvalidParameterException", "DefaultRedirectURI must be one of the CallbackURLs.");
  }
}

/** API reference, CallbackURLs: absolute, without a fragment, and http on this machine alone; an app's own scheme is fine. */
function checkUrl(call: SettingsCall, url: string): void {
  if (!URL.canParse(url)) {
    // Ours, as the next one.
    call.fail("InvalidParameterException", `${url} is not a valid URL.`);
  }
  const { protocol, hostname, hash } = new URL(url);
  if (hash !== "" || url.endsWith("#")) call.fail("InvalidParameterException", `${url} cannot have a fragment.`);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol === "http:" && !isLocal) {
    call.fail("InvalidParameterException", `${url} cannot use the HTTP protocol.`);
  }
}

const ownScopes: ReadonlySet<string> = new Set([
  "phone",
  "email",
  "openid",
  "profile",
  "aws.cognito.signin.user.admin",
]);

async function checkOAuth(call: SettingsCall, client: AppClientConfiguration, around: Surroundings): Promise<void> {
  const { AllowedOAuthFlows = [], AllowedOAuthScopes = [], AllowedOAuthFlowsUserPoolClient } = client;
  if (AllowedOAuthFlowsUserPoolClient === true && (AllowedOAuthFlows.length === 0 || AllowedOAuthScopes.length === 0)) {
    call.fail(
      "InvalidOAuthFlowException",
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    );
  }
  const isMachine = AllowedOAuthFlows.includes("client_credentials");
  if (isMachine && AllowedOAuthFlows.length > 1) {
    call.fail(
      "InvalidOAuthFlowException",
      "client_credentials flow can not be selected along with code flow or implicit flow.",
    );
  }
  if (isMachine && !around.hasSecret) {
    call.fail(
      "InvalidOAuthFlowException",
      "client_credentials flow can not be selected if client does not have a client secret.",
    );
  }
  for (const scope of AllowedOAuthScopes) {
    if (isMachine && ownScopes.has(scope)) {
      call.fail("ScopeDoesNotExistException", `${scope} is not supported with client_credentials flow.`);
    }
    if (!ownScopes.has(scope) && !(await around.hasScope(scope))) {
      call.fail("ScopeDoesNotExistException", `Invalid scope requested: ${scope}`);
    }
  }
  const needsCallback = AllowedOAuthFlows.includes("code") || AllowedOAuthFlows.includes("implicit");
  if (AllowedOAuthFlowsUserPoolClient === true && needsCallback && client.CallbackURLs === undefined) {
    call.fail("InvalidParameterException", "Missing required parameter: CallbackURLs");
  }
}
