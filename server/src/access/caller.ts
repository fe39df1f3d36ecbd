/**
 * access/: who is calling, and may they. authenticate.ts turns a signed request into a Caller, authorize.ts asks the
 * policy language whether that caller may act, policies-of.ts finds the policies, last-used.ts remembers which key did
 * what. It knows no operation in particular: actions and resources come in as words.
 */

/** Who signed a request. */
export interface Caller {
  readonly kind: "root" | "user";
  readonly accountId: string;
  readonly partition: string;
  /** `arn:aws:iam::{account}:root` or `…:user{path}{name}`. */
  readonly arn: string;
  /** The principal's unique id: AIDA… of a user, the account id of root. */
  readonly userId: string;
  readonly userName: string | undefined;
  readonly accessKeyId: string;
  /** Present where temporary credentials signed. */
  readonly session: CallerSession | undefined;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly permissionsBoundaryArn: string | undefined;
}

export interface CallerSession {
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly mfa: boolean;
}

/** AWS keeps three partitions apart; the region of the credential scope says which one is meant. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}
