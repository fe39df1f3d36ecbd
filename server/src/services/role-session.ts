import type { CallerTag, FederatedProvider } from "../access/caller.ts";
import { requireTrust as require, type TrustQuestion } from "../access/trust.ts";
import { type RoleRow, roles } from "../store/roles.ts";
import type { Call, Tag } from "./operation.ts";
import { type GivenSession, issueCredentials, packGiven, type SessionPolicyError } from "./session.ts";

export interface RoleSessionRequest extends Omit<GivenSession, "tags"> {
  readonly role: RoleRow;
  readonly roleSessionName: string;
  /** One hour where it is absent. */
  readonly durationSeconds?: number | undefined;
  /** By sessionTags, inherited ones among them. */
  readonly tags?: readonly Tag[] | undefined;
  /** Members of `tags`, whatever the case of the keys. */
  readonly transitiveTagKeys?: readonly string[] | undefined;
  readonly sourceIdentity?: string | undefined;
  /** When the caller showed an MFA code; milliseconds. */
  readonly mfaAt?: number | undefined;
  readonly provider?: FederatedProvider | undefined;
  readonly minimumSessionTokenSize?: number | undefined;
}

const defaultDuration = 3_600;

/** What a provider may say that lasts as long as the session: characters of JSON, so that a token stays within its bounds. */
const providerLimit = 1_500;

/** Temporary credentials of a role, for whom its trust policy was found to trust. */
export function issueRoleSession(call: Call<SessionPolicyError>, request: RoleSessionRequest) {
  const { role, roleSessionName, durationSeconds = defaultDuration, sourceIdentity, tags = [], provider } = request;
  if (durationSeconds > role.max_session_duration) {
    call.fail("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  const transitiveKeys = new Set(request.transitiveTagKeys?.map((key) => key.toLowerCase()));
  const transitive = tags.filter(({ Key }) => transitiveKeys.has(Key.toLowerCase()));
  const { packed, size } = packGiven(call, request, tags, transitive);
  checkProvider(call, provider);
  const issued = issueCredentials(
    call,
    {
      accountId: role.account_id,
      principal: { kind: "role", roleId: role.role_id, sessionName: roleSessionName },
      mfaAt: request.mfaAt,
      packed,
      sourceIdentity,
      provider,
    },
    durationSeconds,
    request.minimumSessionTokenSize,
  );
  return {
    ...issued,
    AssumedRoleUser: {
      AssumedRoleId: `${role.role_id}:${roleSessionName}`,
      Arn: `arn:${call.partition}:sts::${role.account_id}:assumed-role/${role.role_name}/${roleSessionName}`,
    },
    // Recorded from AWS: absent where there are no policies and no tags.
    ...(size === undefined ? {} : { PackedPolicySize: size }),
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
  };
}

function checkProvider(call: Call<SessionPolicyError>, provider: FederatedProvider | undefined): void {
  const size = provider === undefined ? 0 : Math.ceil((JSON.stringify(provider).length * 100) / providerLimit);
  if (size > 100) {
    call.fail("PackedPolicyTooLargeException", `Packed size of session tags consumes ${size}% of allotted space.`);
  }
}

/** The account, path and name in `arn:{partition}:iam::{account}:role{path}{name}`; undefined where it is no ARN of a role. */
export function parseRoleArn(arn: string): { accountId: string; path: string; roleName: string } | undefined {
  const parts = /^arn:[a-z-]+:iam::(\d{12}):role(\/(?:[!-~]+\/)?)([\w+=,.@-]+)$/.exec(arn);
  if (parts === null) return undefined;
  const [, accountId = "", path = "", roleName = ""] = parts;
  return { accountId, path, roleName };
}

/** Undefined, too, where the ARN's path is not the role's. Refuses what is no ARN. */
export async function findRoleByArn(call: Call, arn: string): Promise<RoleRow | undefined> {
  // Recorded from AssumeRole, 2025-07, for texts of less than six parts, and for parts that are empty.
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s.test(arn)) return call.fail("ValidationError", `${arn} is invalid`);
  const named = parseRoleArn(arn);
  if (named === undefined) return undefined;
  const role = await roles.find(call.tx, named.accountId, named.roleName);
  // A role's name is told apart by case in its ARN, though no two names differ in case alone.
  return role?.path === named.path && role.role_name === named.roleName ? role : undefined;
}

/** Refuses, too, where there is no role: that is not told apart from one that does not trust. */
export async function requireTrust(
  call: Call,
  arn: string,
  role: RoleRow | undefined,
  question: Omit<TrustQuestion, "now">,
): Promise<RoleRow> {
  await require(call.environment, call.tx, call.facts, arn, role, { ...question, now: call.now });
  if (role === undefined) throw new Error("a role that is not there was trusted");
  return role;
}

/** What the calling session hands on in a role chain, and what is asked for besides. */
export function inheritTags(
  call: Call,
  given: readonly Tag[],
  transitiveTagKeys: readonly string[],
): { readonly tags: readonly Tag[]; readonly transitiveTagKeys: readonly string[] } {
  const givenKeys = new Set(given.map(({ Key }) => Key.toLowerCase()));
  // All texts recorded from AssumeRole, 2025-04.
  if (!transitiveTagKeys.every((key) => givenKeys.has(key.toLowerCase()))) {
    call.fail("InvalidParameterValue", "The specified transitive tag key must be included in the requested tags.");
  }
  const inherited: readonly CallerTag[] = call.caller.session?.transitiveTags ?? [];
  if (inherited.some(({ Key }) => givenKeys.has(Key.toLowerCase()))) {
    call.fail(
      "InvalidParameterValue",
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  return {
    tags: [...given, ...inherited],
    transitiveTagKeys: [...transitiveTagKeys, ...inherited.map(({ Key }) => Key)],
  };
}
