import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Seal, SealError } from "../crypto/seal.ts";
import type { Condition, Statement } from "../policy/document.ts";
import type { Decision, PolicySet } from "../policy/evaluate.ts";
import type { Random } from "../runtime/random.ts";
import type { Asker, Question } from "./authorize.ts";

/*
 * What DecodeAuthorizationMessage decodes. It may hold what the refused caller must not see, such as the statement that
 * decided, so it is sealed, and opens only for the account it was made in. The form is that of AWS's decoded messages, of
 * which many are public.
 */

/** Longer statements are left out: EncodedMessage may have 10,240 characters, but proxies bound a header to four or eight thousand. */
const longestMessage = 4_096;
const longestPlain = 1_048_576;

interface Environment {
  readonly seal: Seal;
  readonly random: Random;
}

/**
 * For a refusal's headers, worked out when it is answered. IAM's and STS's own messages do not show it, so it travels
 * beside them.
 */
export function authorizationHeaders(...denial: Parameters<typeof encodeAuthorizationMessage>) {
  return (): readonly string[] => ["x-countersign-authorization-message", encodeAuthorizationMessage(...denial)];
}

function encodeAuthorizationMessage(
  environment: Environment,
  asker: Asker,
  question: Question,
  decision: Decision,
  policies: PolicySet,
): string {
  const message = describe(asker, question, decision, statementOf(decision, policies));
  const encoded = encode(environment, asker.caller.accountId, message);
  if (encoded.length <= longestMessage) return encoded;
  return encode(environment, asker.caller.accountId, { ...message, matchedStatements: items([]) });
}

/** The JSON text; undefined where it is no message of this server's, or another account's. */
export function decodeAuthorizationMessage(seal: Seal, accountId: string, encoded: string): string | undefined {
  const sealed = Buffer.from(encoded, "base64url");
  // Buffer skips what is not base64url: only the one spelling that was given out is this message.
  if (sealed.toString("base64url") !== encoded) return undefined;
  try {
    const packed = seal.open(sealed, sealContext(accountId));
    return inflateRawSync(packed, { maxOutputLength: longestPlain }).toString();
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

function encode({ seal, random }: Environment, accountId: string, message: object): string {
  const sealed = seal.seal(deflateRawSync(JSON.stringify(message)), sealContext(accountId), random.bytes(12));
  return Buffer.from(sealed).toString("base64url");
}

function sealContext(accountId: string): string {
  return `authorization-message:${accountId}`;
}

function describe(
  { caller, region }: Asker,
  { action, resource, requestTags }: Question,
  { effect }: Decision,
  statement: Statement | undefined,
) {
  const { arn } = resource;
  const [, , service = "", , account = "", ...rest] = arn.split(":");
  const name = rest.join(":");
  const conditions: readonly (readonly [key: string, values: readonly string[]])[] = [
    ["aws:Region", [region]],
    ["aws:Service", [service]],
    ["aws:Resource", [name]],
    ["aws:Type", [name.split("/", 1)[0] ?? ""]],
    ["aws:Account", [account]],
    ["aws:ARN", [arn]],
    ...Object.entries(resource.conditions ?? {}),
    ...(requestTags ?? []).map(({ Key, Value }) => [`aws:RequestTag/${Key}`, [Value]] as const),
  ];
  return {
    allowed: false,
    explicitDeny: effect === "explicitDeny",
    matchedStatements: items(statement === undefined ? [] : [describeStatement(statement, caller.userId)]),
    failures: items([]),
    context: {
      principal: { id: caller.userId, name: nameOf(caller.arn), arn: caller.arn },
      action,
      resource: arn,
      conditions: items(
        conditions.flatMap(([key, values]) =>
          values.some((value) => value !== "") ? [{ key, values: items(values.map((value) => ({ value }))) }] : [],
        ),
      ),
    },
  };
}

function describeStatement(statement: Statement, principalId: string) {
  const valuesOf = (values: readonly string[] | undefined) => items((values ?? []).map((value) => ({ value })));
  return {
    statementId: statement.sid ?? "",
    effect: statement.effect === "Deny" ? "DENY" : "ALLOW",
    principals: valuesOf([principalId]),
    principalGroups: items([]),
    [statement.notAction ? "notActions" : "actions"]: valuesOf(statement.actions),
    [statement.notResource ? "notResources" : "resources"]: valuesOf(statement.resources),
    conditions: items(
      statement.conditions.map(({ operator, key, values }: Condition) => ({
        operator,
        key,
        values: valuesOf(values),
      })),
    ),
  };
}

function statementOf({ statement }: Decision, policies: PolicySet): Statement | undefined {
  if (statement === undefined) return undefined;
  const { identity, boundary = [], session = [], serviceControl = [], resource = [] } = policies;
  return [...identity, ...boundary, ...session, ...serviceControl.flat(), ...resource].find(
    ({ source, allows, denies }) =>
      source === statement.source && [...denies, ...allows].some(({ deciding }) => deciding === statement),
  )?.document.statements[statement.index];
}

/** The last word of an ARN: `Bob` of a user, the session's of a role, `root`. */
function nameOf(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);
}

function items<T>(values: readonly T[]): { readonly items: readonly T[] } {
  return { items: values };
}
