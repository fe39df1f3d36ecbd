import { refusal } from "../../../contract/service-exception.ts";
import type {
  AccessClaimChanges,
  ClaimChanges,
  GroupConfiguration,
  Json,
  StringMap,
  TokenChanges,
  Trigger,
  TriggerEvents,
} from "./events.ts";

/*
 * What functions answer, checked. Members that nobody knows are left alone, as AWS leaves them; one that has another type
 * than the Developer Guide gives it makes the whole answer unrecognizable (recorded from AWS for lists in the claims of
 * V1_0 and for events that came back without callerContext, 2022 to 2026).
 */

type Members = { readonly [name: string]: unknown };

export function unrecognizable(): never {
  throw refusal("InvalidLambdaResponseException", "Unrecognizable lambda output");
}

/** AWS wants the event back, whole. What its other members say by then is nobody's concern. */
export function responseOf(event: Members, answer: unknown): Members {
  const returned = members(answer) ?? unrecognizable();
  for (const name of Object.keys(event)) if (!Object.hasOwn(returned, name)) unrecognizable();
  return members(returned.response) ?? unrecognizable();
}

/** The `response` of an event before the function has been at it (as in events logged from AWS). */
export const blankResponses: { readonly [T in Trigger]: object } = {
  PreSignUp: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  PostConfirmation: {},
  PreAuthentication: {},
  PostAuthentication: {},
  DefineAuthChallenge: { challengeName: null, issueTokens: null, failAuthentication: null },
  CreateAuthChallenge: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  VerifyAuthChallengeResponse: { answerCorrect: null },
  // V1_0; that of the others is blankScopeResponse.
  PreTokenGeneration: { claimsOverrideDetails: null },
  UserMigration: {
    userAttributes: null,
    forceAliasCreation: null,
    enableSMSMFA: null,
    finalUserStatus: null,
    messageAction: null,
    desiredDeliveryMediums: null,
  },
  CustomMessage: { smsMessage: null, emailMessage: null, emailSubject: null },
  InboundFederation: { userAttributesToMap: {} },
};

export const blankScopeResponse = { claimsAndScopeOverrideDetails: null };

export const readResponses: {
  readonly [T in Exclude<Trigger, "PreTokenGeneration">]: (response: Members) => TriggerEvents[T]["response"];
} = {
  PreSignUp: (response) => ({
    autoConfirmUser: flag(response.autoConfirmUser),
    autoVerifyEmail: flag(response.autoVerifyEmail),
    autoVerifyPhone: flag(response.autoVerifyPhone),
  }),
  PostConfirmation: () => ({}),
  PreAuthentication: () => ({}),
  PostAuthentication: () => ({}),
  DefineAuthChallenge: (response) => ({
    challengeName: text(response.challengeName),
    issueTokens: flag(response.issueTokens),
    failAuthentication: flag(response.failAuthentication),
  }),
  CreateAuthChallenge: (response) => ({
    publicChallengeParameters: stringMap(response.publicChallengeParameters) ?? {},
    privateChallengeParameters: stringMap(response.privateChallengeParameters) ?? {},
    challengeMetadata: text(response.challengeMetadata),
  }),
  VerifyAuthChallengeResponse: (response) => ({ answerCorrect: flag(response.answerCorrect) }),
  UserMigration: (response) => ({
    // "This field is required. It must contain one or more name-value pairs" (Developer Guide, 2026).
    userAttributes: notEmpty(stringMap(response.userAttributes)) ?? unrecognizable(),
    finalUserStatus: oneOf(response.finalUserStatus, ["CONFIRMED", "RESET_REQUIRED"]),
    messageAction: oneOf(response.messageAction, ["SUPPRESS", "RESEND"]),
    desiredDeliveryMediums: list(response.desiredDeliveryMediums)?.map(
      (medium) => oneOf(medium, ["SMS", "EMAIL"]) ?? unrecognizable(),
    ),
    forceAliasCreation: flag(response.forceAliasCreation),
    enableSMSMFA: flag(response.enableSMSMFA),
  }),
  CustomMessage: (response) => ({
    smsMessage: text(response.smsMessage),
    emailMessage: text(response.emailMessage),
    emailSubject: text(response.emailSubject),
  }),
  // "Return an empty object to retain all attributes" (Developer Guide, 2026).
  InboundFederation: (response) => ({ userAttributesToMap: notEmpty(stringMap(response.userAttributesToMap)) }),
};

/** V1_0: the id token's claims, as strings, and the groups of both tokens. */
export function readClaimsOverride({ claimsOverrideDetails }: Members): TokenChanges {
  const details = optionalMembers(claimsOverrideDetails);
  return {
    idTokenGeneration: {
      claimsToAddOrOverride: stringMap(details.claimsToAddOrOverride) ?? {},
      claimsToSuppress: strings(details.claimsToSuppress) ?? [],
    },
    accessTokenGeneration: readAccessChanges({}),
    groupOverrideDetails: readGroups(details),
  };
}

/** V2_0 and V3_0: both tokens, with values of any JSON type. */
export function readClaimsAndScopeOverride({ claimsAndScopeOverrideDetails }: Members): TokenChanges {
  const details = optionalMembers(claimsAndScopeOverrideDetails);
  return {
    idTokenGeneration: readClaimChanges(optionalMembers(details.idTokenGeneration)),
    accessTokenGeneration: readAccessChanges(optionalMembers(details.accessTokenGeneration)),
    groupOverrideDetails: readGroups(details),
  };
}

function readClaimChanges({ claimsToAddOrOverride, claimsToSuppress }: Members): ClaimChanges {
  const claims = optionalMembers(claimsToAddOrOverride) as Readonly<Record<string, Json>>; // it came out of JSON.parse
  return { claimsToAddOrOverride: claims, claimsToSuppress: strings(claimsToSuppress) ?? [] };
}

function readAccessChanges(changes: Members): AccessClaimChanges {
  return {
    ...readClaimChanges(changes),
    scopesToAdd: strings(changes.scopesToAdd) ?? [],
    scopesToSuppress: strings(changes.scopesToSuppress) ?? [],
  };
}

/** Left out, the groups stay; empty or null, they go ("the groups are suppressed", Developer Guide, 2026). */
function readGroups(details: Members): GroupConfiguration | undefined {
  if (details.groupOverrideDetails === undefined) return undefined;
  const groups = optionalMembers(details.groupOverrideDetails);
  return {
    groupsToOverride: strings(groups.groupsToOverride),
    iamRolesToOverride: strings(groups.iamRolesToOverride),
    preferredRole: text(groups.preferredRole),
  };
}

function members(value: unknown): Members | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  return value as Members; // an object out of JSON.parse
}

function optionalMembers(value: unknown): Members {
  return value === undefined || value === null ? {} : (members(value) ?? unrecognizable());
}

function flag(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value === "boolean" ? value : unrecognizable();
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : unrecognizable();
}

function list(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value : unrecognizable();
}

function strings(value: unknown): readonly string[] | undefined {
  return list(value)?.map((item) => text(item) ?? unrecognizable());
}

function oneOf<const T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  return allowed.find((candidate) => candidate === given) ?? unrecognizable();
}

/** A number or a boolean becomes its text, null is left out; lists and objects are no text. */
function stringMap(value: unknown): StringMap | undefined {
  if (value === undefined || value === null) return undefined;
  const entries = Object.entries(members(value) ?? unrecognizable()).flatMap(([name, item]) => {
    if (item === null) return [];
    if (typeof item === "object") unrecognizable();
    return [[name, String(item)] as const];
  });
  // Object.fromEntries defines its members, so that a claim named __proto__ is no more than a claim.
  return Object.fromEntries(entries);
}

function notEmpty(map: StringMap | undefined): StringMap | undefined {
  return map === undefined || Object.keys(map).length === 0 ? undefined : map;
}
