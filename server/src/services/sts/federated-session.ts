import type { TrustQuestion } from "../../access/trust.ts";
import type { Call, Tag } from "../operation.ts";
import { findRoleByArn, issueRoleSession, parseRoleArn, requireTrust } from "../role-session.ts";
import { type GivenSession, type SessionPolicyError, sessionTags } from "../session.ts";

type Conditions = Readonly<Record<string, readonly string[]>>;

/** Somebody whom a provider vouches for. */
export interface Federated {
  readonly action: "sts:AssumeRoleWithSAML" | "sts:AssumeRoleWithWebIdentity";
  /** As trust policies name it: an ARN. */
  readonly provider: string;
  readonly providerAccountId: string;
  readonly roleSessionName: string;
  /** Condition keys, in lower case, of this request alone, and those that the session keeps. */
  readonly conditions: Conditions;
  readonly lastingConditions: Conditions;
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
  /** Seconds. */
  readonly durationSeconds: number | undefined;
}

interface Asked {
  readonly RoleArn: string;
  readonly Policy?: string | undefined;
  readonly PolicyArns?: GivenSession["policyArns"];
  readonly MinimumSessionTokenSize?: number | undefined;
}

/** Both texts of a role's and a provider's ARN that are none: reported from AWS. */
export function requireRoleArn(call: Call, arn: string): void {
  if (parseRoleArn(arn) === undefined) call.fail("ValidationError", "Request ARN is invalid");
}

/** Asks the role's trust policy, for each of what AWS counts as an action of its own, and issues the session. */
export async function issueFederatedSession(call: Call<SessionPolicyError>, asked: Asked, federated: Federated) {
  const { provider, providerAccountId, sourceIdentity, roleSessionName, transitiveTagKeys, lastingConditions } =
    federated;
  const tags = sessionTags(call, federated.tags);
  const question = {
    principal: { federated: provider },
    requestTags: tags,
    conditions: {
      ...lastingConditions,
      ...federated.conditions,
      "aws:federatedprovider": [provider],
      // Recorded 2026-09, of either kind of provider; aws:PrincipalArn is absent.
      "aws:principalaccount": [providerAccountId],
      "aws:principaltype": ["User"],
      "aws:userid": [provider],
      "sts:rolesessionname": [roleSessionName],
      ...(sourceIdentity === undefined ? {} : { "sts:sourceidentity": [sourceIdentity] }),
      ...(transitiveTagKeys.length === 0 ? {} : { "sts:transitivetagkeys": transitiveTagKeys }),
    },
  };
  const found = await findRoleByArn(call, asked.RoleArn);
  const trust = (action: TrustQuestion["action"]) => requireTrust(call, asked.RoleArn, found, { action, ...question });
  const role = await trust(federated.action);
  if (sourceIdentity !== undefined) await trust("sts:SetSourceIdentity");
  if (tags.length > 0) await trust("sts:TagSession");
  return issueRoleSession(call, {
    role,
    roleSessionName,
    durationSeconds: federated.durationSeconds,
    policy: asked.Policy,
    policyArns: asked.PolicyArns,
    tags,
    transitiveTagKeys,
    sourceIdentity,
    provider: { name: provider, conditions: lastingConditions },
    minimumSessionTokenSize: asked.MinimumSessionTokenSize,
  });
}

/** Session tags as identity providers may send them: what STS's own parameters would refuse by their shape. */
export function isSessionTag({ Key, Value }: Tag): boolean {
  return Key.length >= 1 && Key.length <= 128 && Value.length <= 256 && tagText.test(Key) && tagText.test(Value);
}

/** IAM User Guide, quotas. */
export const mostSessionTags = 50;

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
