import { refusal } from "../contract/service-exception.ts";
import type { Seal } from "../crypto/seal.ts";
import { type Context, type Decision, evaluate, type PolicySet, type Principal } from "../policy/evaluate.ts";
import type { Random } from "../runtime/random.ts";
import type { Tx } from "../store/store.ts";
import { authorizationHeaders } from "./authorization-message.ts";
import type { Caller } from "./caller.ts";
import { type CallerPolicies, type PolicyCache, policiesOf } from "./policies-of.ts";
import type { ServiceControl } from "./service-control.ts";

/** full: signatures and policies. signature: signatures alone. off: any credentials, or none, are root of the account. */
export type AuthMode = "full" | "signature" | "off";

export interface AuthorizeEnvironment {
  readonly authMode: AuthMode;
  readonly policies: PolicyCache;
  readonly serviceControl: ServiceControl;
  readonly seal: Seal;
  readonly random: Random;
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
    /** A setting of the account allows it, as long as no policy denies it. */
    readonly grantedByAccount?: boolean | undefined;
  };
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly requestTags?: readonly Tag[] | undefined;
  readonly tagKeys?: readonly string[] | undefined;
}

/**
 * Line 9 of a request's path. Root may do everything in its account that the organization allows; everybody else what
 * their policies allow. Refuses by throwing, at once where the policies are known already, or through the promise.
 */
export function authorize(
  environment: AuthorizeEnvironment,
  tx: Tx,
  asker: Asker,
  question: Question,
): Promise<void> | undefined {
  if (environment.authMode !== "full") return undefined;
  const { caller } = asker;
  if (caller.kind === "root" && caller.session?.policies === undefined && environment.serviceControl === undefined) {
    return undefined;
  }
  const policies = policiesOf(environment.policies, tx, caller);
  if (policies instanceof Promise) return policies.then((loaded) => decide(environment, loaded, asker, question));
  decide(environment, policies, asker, question);
  return undefined;
}

function decide(
  environment: AuthorizeEnvironment,
  callerPolicies: CallerPolicies,
  asker: Asker,
  question: Question,
): void {
  const { caller } = asker;
  const policies = { ...policySetOf(environment, callerPolicies, caller), sameAccount: true };
  const { action, resource } = question;
  const decision = evaluate({ action, resource: resource.arn, context: contextOf(asker, question) }, policies);
  if (decision.effect === "allowed") return;
  if (resource.grantedByAccount === true && decision.effect === "implicitDeny" && decision.by === "identity-based")
    return;
  throw refusal(
    action.startsWith("cognito-idp:") ? "AccessDeniedException" : "AccessDenied",
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource.arn} ${reasonOf(decision, action, caller)}`,
    undefined,
    authorizationHeaders(environment, asker, question, decision, policies),
  );
}

/** All but a resource-based policy. */
export function policySetOf(
  { serviceControl }: Pick<AuthorizeEnvironment, "serviceControl">,
  { identity, boundary, session }: CallerPolicies,
  caller: Caller,
): Omit<PolicySet, "sameAccount"> {
  return {
    identity,
    ...(boundary === undefined ? {} : { boundary }),
    ...(session === undefined ? {} : { session }),
    // AWS Organizations User Guide, "Service control policies": they bind everybody, root too, but service-linked roles.
    ...(serviceControl === undefined || caller.session?.issuer?.isServiceLinked === true ? {} : { serviceControl }),
  };
}

/** As resource-based policies name the caller. */
export function principalOf({ arn, accountId, userId, session }: Caller): Principal {
  const issuer = session?.issuer;
  const own = { arn, accountId, uniqueId: userId };
  return issuer === undefined ? own : { ...own, issuerArn: issuer.arn, issuerId: issuer.id };
}

/**
 * IAM User Guide, "Troubleshoot access denied error messages". A boundary is not called a policy there, and an explicit
 * deny names its policy where that has an ARN (observed on IAM, 2026).
 */
function reasonOf(decision: Decision, action: string, caller: Caller): string {
  const isBoundary = decision.by === "permissions boundary";
  const policy = isBoundary ? decision.by : `${decision.by} policy`;
  if (decision.effect !== "explicitDeny") return `because no ${policy} allows the ${action} action`;
  const article = decision.by === "identity-based" ? "an" : "a";
  const source = isBoundary ? caller.permissionsBoundaryArn : arnOf(decision.statement?.source, caller.partition);
  return `with an explicit deny in ${article} ${policy}${source === undefined ? "" : `: ${source}`}`;
}

/** Managed policies are named by their ARN in the partition `aws`, others by a name that is none. */
function arnOf(source: string | undefined, partition: string): string | undefined {
  return source?.startsWith("arn:aws:") ? `arn:${partition}:${source.slice("arn:aws:".length)}` : undefined;
}

/**
 * The condition keys of a request (IAM User Guide, "AWS global condition context keys"), each worked out when a policy
 * asks for it. Keys come in lower case. Without a caller it is somebody whom a provider vouches for.
 */
export function contextOf(
  asker: Omit<Asker, "caller"> & { readonly caller: Caller | undefined },
  question: Question,
): Context {
  const { caller } = asker;
  return {
    get(key) {
      const { conditions } = question.resource;
      // The key is a word of the policy's author: `constructor` is one like any other.
      if (conditions !== undefined && Object.hasOwn(conditions, key)) return conditions[key];
      switch (key) {
        case "aws:resourceaccount":
          return accountOf(question.resource.arn, caller);
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
        case "aws:viaawsservice":
        case "aws:principalisawsservice":
          // In every request, as the guide says; no service calls another one here.
          return ["false"];
        case "aws:tagkeys":
          return question.tagKeys ?? question.requestTags?.map((tag) => tag.Key);
        default:
          return (caller && valueOfCaller(key, caller, question.now)) ?? tagOf(key, caller, question);
      }
    },
  };
}

const principalTypes = { root: "Account", user: "User", role: "AssumedRole", federated: "FederatedUser" } as const;

function valueOfCaller(key: string, caller: Caller, now: number): readonly string[] | undefined {
  const { session } = caller;
  switch (key) {
    case "aws:username":
      return caller.userName === undefined ? undefined : [caller.userName];
    case "aws:userid":
      return [caller.userId];
    case "aws:principalarn":
      // The guide: of a session of a role it is the role's.
      return [session?.issuer?.kind === "role" ? session.issuer.arn : caller.arn];
    case "aws:principalaccount":
      return [caller.accountId];
    case "aws:principaltype":
      return [principalTypes[caller.kind]];
    case "aws:multifactorauthpresent":
      // Absent for long-term keys and for federated users, as the guide says: BoolIfExists and Null tell the difference.
      return session === undefined || caller.kind === "federated" ? undefined : [String(session.mfaAt !== undefined)];
    case "aws:multifactorauthage":
      // Seconds since the device was asked; absent without MFA.
      return session?.mfaAt === undefined ? undefined : [String(Math.floor((now - session.mfaAt) / 1000))];
    case "aws:tokenissuetime":
      return session === undefined ? undefined : [new Date(session.issuedAt).toISOString()];
    case "aws:sourceidentity":
      return session?.sourceIdentity === undefined ? undefined : [session.sourceIdentity];
    case "aws:federatedprovider":
      return session?.provider === undefined ? undefined : [session.provider.name];
    default: {
      const conditions = session?.provider?.conditions;
      return conditions !== undefined && Object.hasOwn(conditions, key) ? conditions[key] : undefined;
    }
  }
}

/** The account that AWS's own policies are in, as this condition key shows it in the partition `aws` (observed 2026-09). */
const awsPoliciesAccount = "639982225848";

function accountOf(arn: string, caller: Caller | undefined): readonly string[] | undefined {
  const account = arn.split(":", 5)[4];
  if (account === "aws") return arn.startsWith("arn:aws:") ? [awsPoliciesAccount] : undefined;
  if (account !== undefined && /^\d{12}$/.test(account)) return [account];
  return caller && [caller.accountId];
}

function tagOf(key: string, caller: Caller | undefined, question: Question): readonly string[] | undefined {
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
      return find(caller?.tags);
    case "aws:requesttag":
      return find(question.requestTags);
    case "aws:resourcetag":
    case "iam:resourcetag":
      return find(question.resource.tags);
    default:
      return undefined;
  }
}
