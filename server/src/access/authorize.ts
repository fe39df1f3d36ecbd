import { refusal } from "../contract/service-exception.ts";
import { type Context, type Decision, evaluate } from "../policy/evaluate.ts";
import type { Tx } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import { type CallerPolicies, type PolicyCache, policiesOf } from "./policies-of.ts";

/** full: signatures and policies. signature: signatures alone. off: any credentials, or none, are root of the account. */
export type AuthMode = "full" | "signature" | "off";

export interface AuthorizeEnvironment {
  readonly authMode: AuthMode;
  readonly policies: PolicyCache;
}

/** Who asks, and from where. */
export interface Asker {
  readonly caller: Caller;
  readonly region: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly secureTransport: boolean;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What is asked for. */
export interface Question {
  readonly action: string;
  readonly resource: {
    readonly arn: string;
    readonly tags?: readonly Tag[] | undefined;
    readonly conditions?: Readonly<Record<string, readonly string[]>> | undefined;
  };
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly requestTags?: readonly Tag[] | undefined;
  readonly tagKeys?: readonly string[] | undefined;
}

/**
 * Line 9 of a request's path. Root may do everything in its account; a user what its policies allow. Refuses by throwing,
 * at once where the policies are known already, or through the promise.
 */
export function authorize(
  environment: AuthorizeEnvironment,
  tx: Tx,
  asker: Asker,
  question: Question,
): Promise<void> | undefined {
  if (asker.caller.kind === "root" || environment.authMode !== "full") return undefined;
  const policies = policiesOf(environment.policies, tx, asker.caller);
  if (policies instanceof Promise) return policies.then((loaded) => decide(loaded, asker, question));
  decide(policies, asker, question);
  return undefined;
}

function decide({ identity, boundary }: CallerPolicies, asker: Asker, question: Question): void {
  const decision = evaluate(
    { action: question.action, resource: question.resource.arn, context: contextOf(asker, question) },
    boundary === undefined ? { identity, sameAccount: true } : { identity, boundary, sameAccount: true },
  );
  if (decision.effect === "allowed") return;
  throw refusal(
    question.action.startsWith("cognito-idp:") ? "AccessDeniedException" : "AccessDenied",
    `User: ${asker.caller.arn} is not authorized to perform: ${question.action} on resource: ${question.resource.arn} ${reasonOf(decision, question.action, asker.caller)}`,
  );
}

/**
 * IAM User Guide, "Troubleshoot access denied error messages". A boundary is not called a policy there, and an explicit
 * deny in one names its ARN (observed on IAM, 2026).
 */
function reasonOf(decision: Decision, action: string, { permissionsBoundaryArn }: Caller): string {
  const isBoundary = decision.by === "permissions boundary";
  const policy = isBoundary ? decision.by : `${decision.by} policy`;
  if (decision.effect !== "explicitDeny") return `because no ${policy} allows the ${action} action`;
  const article = decision.by === "identity-based" ? "an" : "a";
  return `with an explicit deny in ${article} ${policy}${isBoundary ? `: ${permissionsBoundaryArn}` : ""}`;
}

/**
 * The condition keys of a request (IAM User Guide, "AWS global condition context keys"), each worked out when a policy
 * asks for it. Keys come in lower case.
 */
function contextOf(asker: Asker, question: Question): Context {
  const { caller } = asker;
  return {
    get(key) {
      const { conditions } = question.resource;
      // The key is a word of the policy's author: `constructor` is one like any other.
      if (conditions !== undefined && Object.hasOwn(conditions, key)) return conditions[key];
      switch (key) {
        case "aws:username":
          return caller.userName === undefined ? undefined : [caller.userName];
        case "aws:userid":
          return [caller.userId];
        case "aws:principalarn":
          return [caller.arn];
        case "aws:principalaccount":
          return [caller.accountId];
        case "aws:resourceaccount":
          return accountOf(question.resource.arn, caller);
        case "aws:principaltype":
          return [caller.kind === "root" ? "Account" : "User"];
        case "aws:currenttime":
          return [new Date(question.now).toISOString()];
        case "aws:epochtime":
          return [String(Math.floor(question.now / 1000))];
        case "aws:sourceip":
          // A dual-stack socket shows IPv4 clients as IPv4-mapped IPv6 (RFC 4291, 2.5.5.2); policies name IPv4.
          return [asker.sourceIp.replace(/^::ffff:(?=\d+\.)/, "")];
        case "aws:securetransport":
          return [String(asker.secureTransport)];
        case "aws:useragent":
          return asker.userAgent === undefined ? undefined : [asker.userAgent];
        case "aws:requestedregion":
          return [asker.region];
        case "aws:multifactorauthpresent":
          // Absent for long-term keys, as the guide says: BoolIfExists and Null tell the difference.
          return caller.session === undefined ? undefined : [String(caller.session.mfa)];
        case "aws:multifactorauthage":
          // Seconds since the device was asked, which for GetSessionToken is when the session began; absent without MFA.
          return caller.session?.mfa === true
            ? [String(Math.floor((question.now - caller.session.issuedAt) / 1000))]
            : undefined;
        case "aws:tokenissuetime":
          return caller.session === undefined ? undefined : [new Date(caller.session.issuedAt).toISOString()];
        case "aws:viaawsservice":
        case "aws:principalisawsservice":
          // In every request, as the guide says; no service calls another one here.
          return ["false"];
        case "aws:tagkeys":
          return question.tagKeys ?? question.requestTags?.map((tag) => tag.Key);
        default:
          return tagOf(key, caller, question);
      }
    },
  };
}

/** The account that AWS's own policies are in, as this condition key shows it in the partition `aws` (observed 2026-09). */
const awsPoliciesAccount = "639982225848";

function accountOf(arn: string, caller: Caller): readonly string[] | undefined {
  if (arn.split(":", 5)[4] !== "aws") return [caller.accountId];
  return caller.partition === "aws" ? [awsPoliciesAccount] : undefined;
}

function tagOf(key: string, caller: Caller, question: Question): readonly string[] | undefined {
  const slash = key.indexOf("/");
  if (slash < 0) return undefined;
  const wanted = key.slice(slash + 1);
  const find = (tags: readonly Tag[] | undefined) => {
    // Of a key given twice AWS compares the last (observed 2026-09), before it refuses the two.
    const tag = tags?.findLast((candidate) => candidate.Key.toLowerCase() === wanted);
    return tag === undefined ? undefined : [tag.Value];
  };
  switch (key.slice(0, slash)) {
    case "aws:principaltag":
      return find(caller.tags);
    case "aws:requesttag":
      return find(question.requestTags);
    case "aws:resourcetag":
    case "iam:resourcetag":
      return find(question.resource.tags);
    default:
      return undefined;
  }
}
