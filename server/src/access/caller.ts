/**
 * access/: who is calling, and may they. authenticate.ts turns a signed request into a Caller, authorize.ts asks the
 * policy language whether that caller may act, policies-of.ts finds the policies, session-token.ts is what temporary
 * credentials carry, authorization-message.ts tells later why somebody might not, last-used.ts remembers which key and
 * which role did what. It knows no operation in particular: actions and resources come in as words.
 */

export interface CallerTag {
  readonly Key: string;
  readonly Value: string;
}

/** Who signed a request. */
export interface Caller {
  /** role: a session of a role. federated: one that GetFederationToken gave. Sessions of GetSessionToken are root or the user. */
  readonly kind: "root" | "user" | "role" | "federated";
  readonly accountId: string;
  readonly partition: string;
  /**
   * `arn:aws:iam::{account}:root`, `…:user{path}{name}`, `arn:aws:sts::{account}:assumed-role/{role}/{session}` or
   * `…:federated-user/{name}`.
   */
  readonly arn: string;
  /** `aws:userid`: AIDA… of a user, the account id of root, `AROA…:{session}` of a role, `{account}:{name}` of a federated user. */
  readonly userId: string;
  readonly userName: string | undefined;
  readonly accessKeyId: string;
  /** Present where temporary credentials signed. */
  readonly session: CallerSession | undefined;
  /** The principal's own, and over them the session's. */
  readonly tags: readonly CallerTag[];
  /** Of the user, of the role, or of the user whom a federated user acts for. */
  readonly permissionsBoundaryArn: string | undefined;
}

/** Times in milliseconds since the epoch. */
export interface CallerSession {
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** When an MFA device was asked; undefined without. */
  readonly mfaAt: number | undefined;
  /** Who stands behind it, where that is not the caller itself: the role, or whom a federated user acts for. */
  readonly issuer: SessionIssuer | undefined;
  /** What the credentials were asked for with, alone; the caller's `tags` have them already. */
  readonly tags: readonly CallerTag[];
  /** Those of them that sessions in a role chain inherit. */
  readonly transitiveTags: readonly CallerTag[];
  readonly sourceIdentity: string | undefined;
  /** Undefined where there are none, which limits nothing. */
  readonly policies: SessionPolicies | undefined;
  /** Who vouched for whom nobody here knows: a SAML or OpenID Connect provider. */
  readonly provider: FederatedProvider | undefined;
}

/** CloudTrail's word. */
export interface SessionIssuer {
  readonly kind: "role" | "user" | "root";
  /** The unique id that policies hang on: AROA…, AIDA…, or the account id of root. */
  readonly id: string;
  /** With the path: `arn:aws:iam::{account}:role{path}{name}`. */
  readonly arn: string;
  readonly name: string | undefined;
  /** Service control policies do not bind such roles. */
  readonly isServiceLinked: boolean;
}

export interface SessionPolicies {
  readonly document: string | undefined;
  /** Managed policies of the issuer's account, or AWS's. */
  readonly arns: readonly string[];
}

export interface FederatedProvider {
  /** `aws:FederatedProvider`, and what trust policies name: an ARN, or one of the names known without. */
  readonly name: string;
  /** Condition keys that last as long as the session, in lower case: `saml:sub`, `accounts.google.com:aud`. */
  readonly conditions: Readonly<Record<string, readonly string[]>>;
}

/** AWS keeps three partitions apart; the region of the credential scope says which one is meant. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

/** Session tags win; keys are one whatever their case (IAM User Guide, "Passing session tags in AWS STS"). */
export function overrideTags(own: readonly CallerTag[], over: readonly CallerTag[]): readonly CallerTag[] {
  if (over.length === 0) return own;
  const merged = new Map(own.map((tag) => [tag.Key.toLowerCase(), tag]));
  for (const tag of over) merged.set(tag.Key.toLowerCase(), tag);
  return [...merged.values()];
}
