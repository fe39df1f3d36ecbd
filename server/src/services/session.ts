import {
  longestSessionToken,
  type PackedSession,
  packSession,
  type SessionToken,
  sealSessionToken,
} from "../access/session-token.ts";
import { PolicyError, parsePolicy } from "../policy/document.ts";
import { accessKeyId, secretAccessKey } from "../runtime/ids.ts";
import type { Call, Tag } from "./operation.ts";

/*
 * What every operation that gives temporary credentials does: checks what the session is asked for with, packs and seals
 * it.
 */

/** What STS calls the allotted space, in bytes of what packSession makes: AWS's own packing and its limit are not told. */
const packedLimit = 512;

/** IAM User Guide, quotas: inline and managed session policies together, white space counted; ten managed ones. */
const plainPolicyLimit = 2_048;
const policyArnsLimit = 10;

export type SessionPolicyError = "MalformedPolicyDocumentException" | "PackedPolicyTooLargeException";

interface GivenTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

export interface GivenSession {
  readonly policy?: string | undefined;
  readonly policyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
  readonly tags?: readonly GivenTag[] | undefined;
}

/**
 * IAM User Guide, "Compare AWS STS credentials": sessions of GetSessionToken call nothing of STS but AssumeRole and
 * GetCallerIdentity, those of GetFederationToken the latter alone. Nor do sessions of roles ask for those two kinds
 * (`besides` "none"). The text is reported of GetSessionToken; AWS's own for the other operations is not known.
 */
export function refuseSession(call: Call, operation: string, besides: "roles" | "none" = "none"): void {
  const { caller } = call;
  if (caller.session !== undefined && (besides === "none" || caller.kind !== "role")) {
    call.fail("AccessDenied", `Cannot call ${operation} with session credentials`);
  }
}

/** The device and its code; undefined where neither is given. */
export function requireBothOfMfa(
  call: Call,
  { SerialNumber, TokenCode }: { readonly SerialNumber?: string | undefined; readonly TokenCode?: string | undefined },
): { readonly serialNumber: string; readonly tokenCode: string } | undefined {
  if (SerialNumber === undefined && TokenCode === undefined) return undefined;
  if (SerialNumber === undefined || TokenCode === undefined) {
    // Reported from AWS.
    return call.fail(
      "AccessDenied",
      "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    );
  }
  return { serialNumber: SerialNumber, tokenCode: TokenCode };
}

export interface Packed {
  readonly packed: string | undefined;
  /** Per cent of the allotted space. */
  readonly size: number | undefined;
}

/** Whole tags, each key once. Recorded from AssumeRole, 2025-04: keys are one whatever their case. */
export function sessionTags(call: Call, given: readonly GivenTag[] | undefined): readonly Tag[] {
  const tags = (given ?? []).map(({ Key = "", Value = "" }) => ({ Key, Value }));
  const keys = new Set<string>();
  for (const { Key } of tags) {
    // The text is IAM's own for the same fault.
    if (/^aws:/i.test(Key)) {
      return call.fail("InvalidParameterValue", "Tag keys beginning with aws: are reserved for system use.");
    }
    keys.add(Key.toLowerCase());
  }
  if (keys.size < tags.length) {
    return call.fail(
      "InvalidParameterValue",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  }
  return tags;
}

/** Checks session policies as far as STS does: the managed ones are looked for when the session acts. */
export function packGiven(
  call: Call<SessionPolicyError>,
  given: Omit<GivenSession, "tags">,
  tags: readonly Tag[] = [],
  transitive: readonly Tag[] = [],
): Packed {
  const { policy } = given;
  const arns = (given.policyArns ?? []).map(({ arn = "" }) => arn);
  if (policy !== undefined) checkDocument(call, policy);
  for (const arn of arns) {
    if (!/^arn:[a-z-]+:iam::(?:\d{12}|aws):policy\/.+$/.test(arn)) {
      return call.fail("ValidationError", `${arn} is invalid`);
    }
  }
  if (arns.length > policyArnsLimit) {
    return call.fail(
      "ValidationError",
      `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${policyArnsLimit}`,
    );
  }
  if (policy === undefined && arns.length === 0 && tags.length === 0) return { packed: undefined, size: undefined };
  const policies = policy === undefined && arns.length === 0 ? undefined : { document: policy, arns };
  const session: PackedSession = { policies, tags, transitive: transitive.map((tag) => tags.indexOf(tag)) };
  const packed = packSession(session);
  const plain = (policy?.length ?? 0) + arns.reduce((length, arn) => length + arn.length, 0);
  const ofPacked = Math.ceil((Buffer.byteLength(packed, "base64") * 100) / packedLimit);
  // That plain text beyond its limit is refused in these words is ours.
  const size = plain > plainPolicyLimit ? Math.max(ofPacked, Math.ceil((plain * 100) / plainPolicyLimit)) : ofPacked;
  if (size > 100) {
    // Both texts reported from AWS: the first where there are policies, the second where there are tags alone.
    return call.fail(
      "PackedPolicyTooLargeException",
      policies === undefined
        ? `Packed size of session tags consumes ${size}% of allotted space.`
        : `Packed policy consumes ${size}% of allotted space, please use smaller policy.`,
    );
  }
  return { packed, size };
}

function checkDocument(call: Call<SessionPolicyError>, policy: string): void {
  try {
    parsePolicy(policy, "session");
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    call.fail("MalformedPolicyDocumentException", error.message);
  }
}

/** `accountId` is whose the session is: the role's account, which need not be the caller's. */
export function issueCredentials(
  call: Call,
  session: Omit<SessionToken, "accessKeyId" | "secretAccessKey" | "issuedAt" | "expiresAt">,
  seconds: number,
  minimumSize: number | undefined,
) {
  const { random, now } = call;
  const token = {
    ...session,
    accessKeyId: accessKeyId(random, "ASIA", session.accountId),
    secretAccessKey: secretAccessKey(random),
    issuedAt: now,
    expiresAt: now + seconds * 1000,
  };
  const SessionToken = sealSessionToken(call.environment.seal, token, random.bytes(12), minimumSize);
  const SessionTokenUtilization = Math.ceil((SessionToken.length * 100) / longestSessionToken);
  if (SessionTokenUtilization > 100) throw new RangeError("a session whose parts were not bounded");
  return {
    Credentials: {
      AccessKeyId: token.accessKeyId,
      SecretAccessKey: token.secretAccessKey,
      SessionToken,
      Expiration: new Date(token.expiresAt),
    },
    SessionTokenUtilization,
    SessionTokenSize: SessionToken.length,
  };
}
