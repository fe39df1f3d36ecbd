import { refusal } from "../contract/service-exception.ts";
import { evaluate, type PolicySet, type Principal } from "../policy/evaluate.ts";
import type { RoleRow } from "../store/roles.ts";
import type { Tx } from "../store/store.ts";
import { authorizationHeaders } from "./authorization-message.ts";
import { type Asker, type AuthorizeEnvironment, contextOf, policySetOf, principalOf } from "./authorize.ts";
import type { CallerTag } from "./caller.ts";
import { compiledPolicy, policiesOf } from "./policies-of.ts";

export interface TrustQuestion {
  readonly action:
    | "sts:AssumeRole"
    | "sts:AssumeRoleWithSAML"
    | "sts:AssumeRoleWithWebIdentity"
    | "sts:SetSourceIdentity"
    | "sts:TagSession";
  /** Who asks where nobody signed: `{ federated: provider }`. Undefined for the caller. */
  readonly principal?: Principal | undefined;
  /** Condition keys of this request, in lower case: `sts:externalid`, `saml:aud`. They win over the caller's. */
  readonly conditions?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly requestTags?: readonly CallerTag[] | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Refuses unless the role's trust policy trusts who asks and, where that is the caller, the caller's own policies let it.
 * `arn` is what was asked for: whether it names no role or one that does not trust is told nobody.
 */
export async function requireTrust(
  environment: AuthorizeEnvironment,
  tx: Tx,
  asker: Asker,
  arn: string,
  role: RoleRow | undefined,
  question: TrustQuestion,
): Promise<void> {
  const { action, principal, now, requestTags } = question;
  if (role !== undefined && environment.authMode !== "full") return;
  const { caller } = asker;
  const trust =
    role === undefined ? [] : [compiledPolicy(environment.policies, role.trust_document, role.role_name, "trust")];
  const policies: PolicySet = {
    // Whom a provider vouches for has no policies of its own, and no account.
    ...(principal === undefined
      ? policySetOf(environment, await policiesOf(environment.policies, tx, caller), caller)
      : { identity: [] }),
    resource: trust,
    resourceRequired: true,
    sameAccount: principal !== undefined || caller.accountId === role?.account_id,
  };
  const resource = { arn, tags: role?.tags, conditions: question.conditions };
  const asked = { action, resource, now, requestTags };
  const context = contextOf(principal === undefined ? asker : { ...asker, caller: undefined }, asked);
  const decision = evaluate({ action, resource: arn, context, principal: principal ?? principalOf(caller) }, policies);
  if (decision.effect === "allowed") return;
  // Reported from AWS, which gives no reason here. Who did not sign has no name either.
  if (principal !== undefined) throw refusal("AccessDenied", `Not authorized to perform ${action}`);
  throw refusal(
    "AccessDenied",
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${arn}`,
    undefined,
    authorizationHeaders(environment, asker, asked, decision, policies),
  );
}
