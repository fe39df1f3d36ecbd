import type { Call, Tag } from "../operation.ts";
import { isSessionTag, mostSessionTags } from "./federated-session.ts";

/*
 * What the claims of a web identity token mean to STS: STS API reference, AssumeRoleWithWebIdentity; IAM User Guide,
 * "Passing session tags in AWS STS" and "Available keys for AWS OIDC federation". Texts are recorded from AWS, 2026-09,
 * but for those marked as ours.
 */

export type WebIdentityCall = Call<"InvalidIdentityTokenException" | "ExpiredTokenException">;

export type Claims = Readonly<Record<string, unknown>>;

export interface WebIdentity {
  readonly subject: string;
  /** The authorized party, or else the audience: what must be registered with the provider. */
  readonly audience: string;
  readonly sourceIdentity: string | undefined;
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
  readonly conditions: Readonly<Record<string, readonly string[]>>;
  readonly lastingConditions: Readonly<Record<string, readonly string[]>>;
}

/** Seconds that clocks may differ, either way. */
const tolerance = 300;

const notValidated =
  "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.";

function invalid(call: WebIdentityCall, message: string): never {
  return call.fail("InvalidIdentityTokenException", message);
}

/** `url` is the issuer without its scheme, as condition keys have it. */
export function readWebIdentity(
  call: WebIdentityCall,
  claims: Claims,
  url: string,
  clientIds: readonly string[],
  roleArn: string,
): WebIdentity {
  for (const name of ["iss", "sub", "aud", "iat", "exp"]) {
    if (!Object.hasOwn(claims, name)) return invalid(call, `Missing a required claim: ${name}`);
  }
  const { sub } = claims;
  // A number is its digits; of null AWS says that it failed itself, and of the rest nothing is known.
  const subject = typeof sub === "number" ? String(sub) : sub;
  if (typeof subject !== "string") return invalid(call, "Claim is not allowed to be empty: sub");
  const audiences = textsOf(claims.aud);
  if (audiences === undefined || audiences.length === 0) return invalid(call, "Claim is not allowed to be empty: aud");
  const audience = authorizedParty(call, claims, audiences);
  checkTimes(call, claims);
  if (!clientIds.includes(audience)) return invalid(call, notValidated);
  const keyOf = (name: string) => `${url}:${name}`.toLowerCase();
  const amr = textsOf(claims.amr);
  const lastingConditions = {
    [keyOf("aud")]: [audience],
    [keyOf("sub")]: [subject],
    ...(amr === undefined ? {} : { [keyOf("amr")]: amr }),
  };
  return {
    subject,
    audience,
    sourceIdentity: readSourceIdentity(call, claims["https://aws.amazon.com/source_identity"]),
    ...readTags(call, claims),
    conditions: {
      // The guide: what `aud` says where `azp` is the audience.
      ...(Object.hasOwn(claims, "azp") ? { [keyOf("oaud")]: audiences } : {}),
      ...Object.fromEntries(
        (issuerClaims[url] ?? []).concat("email").flatMap((name) => {
          const value = claims[name];
          return typeof value === "string" ? [[keyOf(name), [value]]] : [];
        }),
      ),
      "sts:roleauthorizedbyidp": [String(isAuthorizedRole(call, claims["https://aws.amazon.com/roles"], roleArn))],
    },
    lastingConditions,
  };
}

/** The guide: what these issuers, which many share, say of who is who; of others there is nothing but the subject. */
const issuerClaims: Readonly<Record<string, readonly string[]>> = {
  "token.actions.githubusercontent.com": [
    "actor",
    "actor_id",
    "job_workflow_ref",
    "repository",
    "repository_id",
    "repository_owner_id",
    "workflow",
    "ref",
    "environment",
    "enterprise_id",
  ],
  "gitlab.com": [
    "namespace_id",
    "project_id",
    "user_id",
    "user_login",
    "user_email",
    "user_access_level",
    "ref_protected",
    "pipeline_source",
    "runner_environment",
  ],
  "agent.buildkite.com": [
    "organization_slug",
    "organization_id",
    "pipeline_slug",
    "pipeline_id",
    "cluster_name",
    "cluster_id",
    "build_branch",
  ],
};

function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

function authorizedParty(call: WebIdentityCall, claims: Claims, audiences: readonly string[]): string {
  const { azp } = claims;
  if (Object.hasOwn(claims, "azp")) return typeof azp === "string" ? azp : invalid(call, notValidated);
  const [only, ...others] = audiences;
  if (only === undefined || others.length > 0) {
    return invalid(call, "Token audience contains more than one audience while authorized party is not present");
  }
  return only;
}

/** The times that AWS repeats are those it compares, the tolerance counted in. */
function checkTimes(call: WebIdentityCall, claims: Claims): void {
  const now = Math.floor(call.now / 1000);
  const iat = readTime(call, claims.iat);
  const exp = readTime(call, claims.exp);
  if (iat > now + tolerance) invalid(call, `Token issued in the future: ${iat}`);
  if (exp <= now - tolerance) {
    call.fail(
      "ExpiredTokenException",
      `Token expired: current date/time ${now - tolerance} must be before the expiration date/time ${exp}`,
    );
  }
  if (!Object.hasOwn(claims, "nbf")) return;
  const nbf = readTime(call, claims.nbf);
  if (nbf > now + tolerance) {
    invalid(
      call,
      `Token not yet valid: current date/time ${now + tolerance} must be after or equal to the not-before date/time ${nbf}`,
    );
  }
}

/** Whole seconds, as a number or as its digits. */
function readTime(call: WebIdentityCall, value: unknown): number {
  const seconds = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof seconds === "number" && Number.isSafeInteger(seconds)
    ? seconds
    : invalid(call, "Invalid timestamp in token claims.");
}

function readSourceIdentity(call: WebIdentityCall, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string" || !/^[\w+=,.@-]{2,64}$/.test(value) || /^aws:/i.test(value)) {
    // The text is that of AssumeRoleWithSAML.
    return invalid(call, 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"');
  }
  return value;
}

const namespace = "https://aws.amazon.com/tags";

/** Either nested, each value in a list of one, or flat: the guide shows both. */
function readTags(call: WebIdentityCall, claims: Claims): Pick<WebIdentity, "tags" | "transitiveTagKeys"> {
  const tags: Tag[] = [];
  const nested = claims[namespace] ?? {};
  if (!isRecord(nested)) return invalid(call, "Session tags passed in claim are not in correct format.");
  const principalTags = nested.principal_tags ?? {};
  const wrong = () => invalid(call, "principal_tags passed in claim is not in correct format.");
  if (!isRecord(principalTags)) return wrong();
  for (const [Key, values] of Object.entries(principalTags)) {
    const [Value, ...others] = (Array.isArray(values) ? values : []) as readonly unknown[]; // whatever it holds
    if (typeof Value !== "string" || others.length > 0) return wrong();
    tags.push({ Key, Value });
  }
  const flat = `${namespace}/principal_tags/`;
  for (const [name, Value] of Object.entries(claims)) {
    if (!name.startsWith(flat)) continue;
    if (typeof Value !== "string") return wrong();
    tags.push({ Key: name.slice(flat.length), Value });
  }
  const transitive = nested.transitive_tag_keys ?? claims[`${namespace}/transitive_tag_keys`] ?? [];
  const transitiveTagKeys = Array.isArray(transitive) ? textsOf(transitive) : undefined;
  const keys = new Set(tags.map(({ Key }) => Key.toLowerCase()));
  if (transitiveTagKeys === undefined || !transitiveTagKeys.every((key) => keys.has(key.toLowerCase()))) {
    // Recorded of AssumeRole, for the same fault.
    return invalid(call, "The specified transitive tag key must be included in the requested tags.");
  }
  if (tags.length > mostSessionTags || !tags.every(isSessionTag)) return wrong();
  return { tags, transitiveTagKeys };
}

/**
 * Whether the issuer names the roles that may be assumed: then it must name this one. A list, or one text with semicolons;
 * what is no ARN of a role counts for nothing (observed 2026-09). The text is ours.
 */
function isAuthorizedRole(call: WebIdentityCall, value: unknown, roleArn: string): boolean {
  if (value === undefined || value === null) return false;
  const named: readonly unknown[] = Array.isArray(value) ? value : typeof value === "string" ? value.split(";") : [];
  if (!named.some((arn) => typeof arn === "string" && arn.trim() === roleArn)) {
    return invalid(call, "The web identity token does not name the requested role.");
  }
  return true;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
