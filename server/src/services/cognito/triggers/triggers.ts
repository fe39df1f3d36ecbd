import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { refusal } from "../../../contract/service-exception.ts";
import type { Log } from "../../../runtime/log.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import { configurationOf } from "../user-pools/user-pool.ts";
import type { GroupConfiguration, SenderTrigger, Trigger, TriggerCall, TriggerEvents } from "./events.ts";
import { callFunction, type LambdaParts, type Outcome } from "./lambda-function.ts";
import {
  blankResponses,
  blankScopeResponse,
  readClaimsAndScopeOverride,
  readClaimsOverride,
  readResponses,
  responseOf,
} from "./responses.ts";
import type { Targets } from "./targets.ts";

/** "Your Lambda function must respond within 5 seconds", and is tried three times (Developer Guide, 2026). */
export const triggerLimits: TriggerLimits = { timeoutMs: 5_000, tries: 3 };

export interface TriggerLimits {
  readonly timeoutMs: number;
  readonly tries: number;
}

type Version = "V1_0" | "V2_0" | "V3_0";

interface Configured {
  readonly functionArn: string;
  readonly version: Version;
}

/**
 * The Lambda functions of user pools. Never to be called within a transaction: a function takes its time, and may call
 * back about the very user it is told of.
 */
export class Triggers {
  readonly #parts: LambdaParts;
  readonly #targets: Targets;
  readonly #tries: number;
  readonly #log: Log;
  /** Read once for a row, since a sign-in asks several times. */
  readonly #configs = new WeakMap<UserPoolRow, LambdaConfigType>();

  constructor(
    parts: Omit<LambdaParts, "timeoutMs"> & { readonly log: Log; readonly targets: Targets },
    { timeoutMs, tries }: TriggerLimits = triggerLimits,
  ) {
    this.#parts = { ...parts, timeoutMs };
    this.#targets = parts.targets;
    this.#tries = tries;
    this.#log = parts.log;
  }

  /** Whether the pool has a function for it. */
  has(pool: UserPoolRow, trigger: Trigger): boolean {
    return this.#configured(pool, trigger) !== undefined;
  }

  /** What the pool's function answers, checked; undefined where the pool has none. */
  async invoke<T extends Trigger>(
    pool: UserPoolRow,
    trigger: T,
    call: TriggerCall<T>,
  ): Promise<TriggerEvents[T]["response"] | undefined> {
    const configured = this.#configured(pool, trigger);
    if (configured === undefined) return undefined;
    // Machines have had no event before V3_0.
    if (call.triggerSource === "TokenGeneration_ClientCredentials" && configured.version !== "V3_0") return undefined;
    const event = eventOf(pool, trigger, call, configured.version);
    const outcome = await this.#call(trigger, configured.functionArn, JSON.stringify(event));
    const response = responseOf(event, answerOf(trigger, outcome));
    return readResponse(trigger, response, configured.version) as TriggerEvents[T]["response"]; // by the reader of T
  }

  /**
   * Refuses to deliver where a function should do so. Senders are told codes under a key of AWS KMS, in messages of the
   * AWS Encryption SDK, of which there is neither here; a code that went by another way would be one nobody expects.
   */
  refuseCustomSender(pool: UserPoolRow, medium: "EMAIL" | "SMS"): void {
    const trigger: SenderTrigger = medium === "EMAIL" ? "CustomEmailSender" : "CustomSMSSender";
    const functionArn = this.#config(pool)[trigger]?.LambdaArn;
    if (functionArn === undefined) return;
    this.#log.warn("custom senders are left out", { trigger, function: functionArn });
    // The sentence is ours: there is nothing of the kind on AWS.
    throw unexpected(trigger, `encryption of codes with AWS KMS is not supported, so ${trigger} is left out`);
  }

  async #call(trigger: Trigger, functionArn: string, event: string): Promise<Outcome> {
    const target = this.#targets.find(functionArn);
    if (target === undefined) {
      this.#log.warn("no place is named for a Lambda function", { trigger, function: functionArn });
      // As for a function that has been deleted (AWS Knowledge Center, "errors with Lambda triggers").
      return { kind: "failed", reason: "AccessDeniedException", mayPass: false };
    }
    for (let tried = 1; ; tried++) {
      const outcome = await callFunction(this.#parts, target, functionArn, event);
      if (outcome.kind !== "failed") return outcome;
      // Never the event: it may hold a password.
      const { reason, cause } = outcome;
      this.#log.warn("a Lambda function failed", { trigger, function: functionArn, reason, tried, error: cause });
      if (!outcome.mayPass || tried >= this.#tries) return outcome;
    }
  }

  #config(pool: UserPoolRow): LambdaConfigType {
    const known = this.#configs.get(pool);
    if (known !== undefined) return known;
    const config = configurationOf(pool).LambdaConfig ?? {};
    this.#configs.set(pool, config);
    return config;
  }

  #configured(pool: UserPoolRow, trigger: Trigger): Configured | undefined {
    const config = this.#config(pool);
    if (trigger === "PreTokenGeneration") {
      const { LambdaArn, LambdaVersion } = config.PreTokenGenerationConfig ?? {};
      if (LambdaArn !== undefined) return { functionArn: LambdaArn, version: LambdaVersion ?? "V1_0" };
    }
    const functionArn = trigger === "InboundFederation" ? config.InboundFederation?.LambdaArn : config[trigger];
    return functionArn === undefined ? undefined : { functionArn, version: "V1_0" };
  }
}

function eventOf<T extends Trigger>(
  { region, pool_id }: UserPoolRow,
  trigger: T,
  { triggerSource, userName, clientId, userAgent, request }: TriggerCall<T>,
  version: Version,
) {
  return {
    version: version.slice(1, 2),
    region,
    userPoolId: pool_id,
    userName,
    callerContext: { awsSdkVersion: sdkVersion(userAgent), clientId: clientId ?? absentClient(trigger) },
    triggerSource,
    request: { ...blanksOf(trigger, version), ...requestOf(request, version) },
    response: trigger === "PreTokenGeneration" && version !== "V1_0" ? blankScopeResponse : blankResponses[trigger],
  };
}

/** What stands there though nobody gave it (as in events logged from AWS). */
function blanksOf(trigger: Trigger, version: Version): object {
  switch (trigger) {
    case "PreSignUp":
    case "PreAuthentication":
    case "UserMigration":
      return { validationData: null };
    case "CustomMessage":
      return { codeParameter: "{####}", linkParameter: "{##Click Here##}", usernameParameter: null };
    case "PreTokenGeneration":
      return { userAttributes: {}, groupConfiguration: null, ...(version === "V1_0" ? {} : { scopes: [] }) };
    default:
      return {};
  }
}

/** Without what was not given, so that what stands there in its place stays. */
function requestOf(request: object, version: Version): object {
  const given = Object.entries(request).flatMap(([name, value]) => {
    if (value === undefined || (name === "scopes" && version === "V1_0")) return [];
    return [[name, name === "groupConfiguration" ? groupsOf(value) : value] as const];
  });
  return Object.fromEntries(given);
}

function groupsOf({ groupsToOverride, iamRolesToOverride, preferredRole }: GroupConfiguration): object {
  return {
    groupsToOverride: groupsToOverride ?? [],
    iamRolesToOverride: iamRolesToOverride ?? [],
    preferredRole: preferredRole ?? null,
  };
}

/** Confirmed by an administrator, a user has no app client; where one is made, AWS has a word for it (logged 2024). */
function absentClient(trigger: Trigger): string | null {
  return trigger === "PostConfirmation" ? null : "CLIENT_ID_NOT_APPLICABLE";
}

/** `aws-sdk-js-3.535.0` for `aws-sdk-js/3.535.0 ua/2.1 …`. */
function sdkVersion(userAgent: string | undefined): string {
  const [, name, version] = /^aws-sdk-([a-z0-9-]{1,32})\/(\d[\w.]{0,31})/.exec(userAgent ?? "") ?? [];
  return name === undefined || version === undefined ? "aws-sdk-unknown-unknown" : `aws-sdk-${name}-${version}`;
}

/** How much of a function's own words goes on to whoever called the user pool. */
const longestMessage = 4_096;

/** The texts are AWS's, recorded 2017 to 2026. */
function answerOf(trigger: Trigger, outcome: Outcome): unknown {
  switch (outcome.kind) {
    case "answer":
      return outcome.value;
    case "malformed":
      throw refusal("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON");
    case "functionError": {
      const message = outcome.message.slice(0, longestMessage);
      throw refusal("UserLambdaValidationException", `${trigger} failed with error ${message}.`);
    }
    case "failed":
      throw unexpected(trigger, outcome.reason);
  }
}

function unexpected(trigger: Trigger | SenderTrigger, reason: string): Error {
  return refusal("UnexpectedLambdaException", `${trigger} invocation failed due to error ${reason}.`);
}

function readResponse(trigger: Trigger, response: Readonly<Record<string, unknown>>, version: Version): object {
  if (trigger !== "PreTokenGeneration") return readResponses[trigger](response);
  return version === "V1_0" ? readClaimsOverride(response) : readClaimsAndScopeOverride(response);
}
