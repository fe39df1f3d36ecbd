import type { PrincipalPattern } from "./document.ts";

/** Who makes a request, as resource-based policies name it. Without `arn` it is no IAM identity. */
export interface Principal {
  /** Of the user, the session or the root that signed. */
  readonly arn?: string | undefined;
  readonly accountId?: string | undefined;
  /** What a trust policy shows for a principal that was deleted: AIDA…, AROA…:session. */
  readonly uniqueId?: string | undefined;
  /** For a session: the role's ARN, or that of the user who asked for the federated session. */
  readonly issuerArn?: string | undefined;
  readonly issuerId?: string | undefined;
  /** `ec2.amazonaws.com` */
  readonly service?: string | undefined;
  /** The provider that vouched: its ARN, or one of the names that are known without one. */
  readonly federated?: string | undefined;
}

/**
 * direct: the policy names the very principal, or everyone. role: it names the role, or user, behind the session.
 * account: it leaves the matter to the account, whose identity-based policies must allow.
 */
export type Grant = "direct" | "role" | "account";

export interface PrincipalMatcher {
  readonly not: boolean;
  readonly everyone: boolean;
  /** ARNs and unique ids. */
  readonly names: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly federated: ReadonlySet<string>;
}

const accountId = /^[0-9]{12}$/;

export function compilePrincipals(patterns: readonly PrincipalPattern[], not: boolean): PrincipalMatcher {
  const names = new Set<string>();
  const accounts = new Set<string>();
  const services = new Set<string>();
  const federated = new Set<string>();
  let everyone = false;
  for (const { type, value } of patterns) {
    if (type === "Service") services.add(value);
    else if (type === "Federated") federated.add(value);
    else if (type === "AWS" && value === "*") everyone = true;
    else if (type === "AWS" && accountId.test(value)) accounts.add(value);
    else if (type === "AWS") names.add(value);
  }
  return { not, everyone, names, accounts, services, federated };
}

/** `arn:aws:iam::123456789012:root` and the bare account id mean the same, whichever partition the account is in. */
function accountRoot(principal: Principal): string | undefined {
  const { arn, accountId: account } = principal;
  if (arn === undefined || account === undefined) return undefined;
  return `${arn.slice(0, arn.indexOf(":", 4))}:iam::${account}:root`;
}

/** What the named principals give this one, the strongest there is; for NotPrincipal, whether they name it. */
export function grantTo(matcher: PrincipalMatcher, principal: Principal): Grant | undefined {
  if (principal.federated !== undefined) return matcher.federated.has(principal.federated) ? "direct" : undefined;
  if (matcher.everyone) return "direct";
  if (principal.service !== undefined) return matcher.services.has(principal.service) ? "direct" : undefined;
  const { names, accounts } = matcher;
  const has = (name: string | undefined): boolean => name !== undefined && names.has(name);
  const root = accountRoot(principal);
  // A root user is named as its account is, so that naming it delegates to the account.
  if (principal.arn !== root && (has(principal.arn) || has(principal.uniqueId))) return "direct";
  if (has(principal.issuerArn) || has(principal.issuerId)) return "role";
  const { accountId: account } = principal;
  return has(root) || (account !== undefined && accounts.has(account)) ? "account" : undefined;
}
