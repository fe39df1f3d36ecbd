import { refuse } from "../../access/refusal.ts";
import { requireTrust } from "../../access/trust.ts";
import { refusal, ServiceException } from "../../contract/service-exception.ts";
import { type Authorization, parseAuthorization, type ReceivedRequest, SignatureError } from "../../crypto/sigv4.ts";
import { decimalSerialNumber, verifyX509Signature } from "../../crypto/sigv4-x509.ts";
import {
  findPath,
  isEndEntity,
  isRevoked,
  type PathCertificate,
  readPathCertificate,
  uuidOf,
} from "../../crypto/x509/path.ts";
import { CertificateError } from "../../crypto/x509/read.ts";
import { Call, type Environment, type RequestFacts } from "../operation.ts";
import { findRoleByArn, issueRoleSession } from "../role-session.ts";
import type { SessionPolicyError } from "../session.ts";
import {
  longestDuration,
  type Named,
  type Profile,
  parseArn,
  shortestDuration,
  type TrustAnchor,
} from "./configuration.ts";
import { principalTags, serialNumberOf, sourceIdentityOf } from "./subject.ts";

/** The service in the scope of a signature, and the protocol of its refusals. */
const signedService = { service: "rolesanywhere", protocol: "json" } as const;
const principal = { service: "rolesanywhere.amazonaws.com" } as const;

/** User Guide, "The IAM Roles Anywhere authentication process". */
const longestChain = 5;
/** Above it, verifying a signature costs what making one does, and any stranger's request is verified. */
const largestExponent = 2n ** 32n;

export interface CreateSessionInput {
  readonly profileArn?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly trustAnchorArn?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly roleSessionName?: string | undefined;
}

export interface CreateSessionOutput {
  readonly credentialSet: readonly {
    readonly assumedRoleUser: { readonly arn: string; readonly assumedRoleId: string };
    readonly credentials: {
      readonly accessKeyId: string;
      readonly expiration: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string;
    };
    readonly packedPolicySize: number;
    readonly roleArn: string;
    readonly sourceIdentity: string;
  }[];
  readonly subjectArn: string;
}

/**
 * A session of a role for who signed with a certificate that a trust anchor vouches for. The signature is looked at first
 * ("Signature validation"), then what it asks for, the certificate, the profile and the role. `facts` name no caller of
 * ours: whoever it is stands in the certificate.
 */
export async function createSession(
  request: ReceivedRequest,
  input: () => CreateSessionInput,
  facts: RequestFacts,
  environment: Environment,
): Promise<CreateSessionOutput> {
  const { certificate, chain } = authenticate(request, environment);
  const wanted = validated(input());
  const { accountId } = facts.caller;
  const { rolesAnywhere } = environment;
  const anchor = find(rolesAnywhere?.trustAnchors ?? [], "trustAnchors", wanted.trustAnchorArn, accountId);
  requirePath(certificate, chain, anchor, environment.clock.now());
  const profile = find(rolesAnywhere?.profiles ?? [], "profiles", wanted.profileArn, accountId);
  // Not told apart from a role that does not trust: what AWS says here is not known.
  if (!profile.roleArns.has(wanted.roleArn)) throw unableToAssume(wanted.roleArn);
  if (wanted.roleSessionName !== undefined && !profile.acceptRoleSessionName) {
    throw refusal("AccessDeniedException", "Not authorized to set roleSessionName.");
  }
  return environment.store.read(async (tx) => {
    const call = new Call<SessionPolicyError>(environment, facts, environment.clock.now(), tx);
    return assume(call, wanted, certificate, profile);
  });
}

type Wanted = Required<Pick<CreateSessionInput, "profileArn" | "roleArn" | "trustAnchorArn">> & {
  readonly profileArn: string;
  readonly roleArn: string;
  readonly trustAnchorArn: string;
  readonly durationSeconds: number | undefined;
  readonly roleSessionName: string | undefined;
};

// --- Who signed ---

/** Reported from AWS, for an end entity without Digital Signature. */
function insufficient(): ServiceException {
  return refusal("AccessDeniedException", "Untrusted certificate. Insufficient certificate");
}

/** Reported from AWS, for a certificate that no path leads to. */
function untrusted(): ServiceException {
  return refusal("AccessDeniedException", "Untrusted signing certificate");
}

function authenticate(
  request: ReceivedRequest,
  environment: Environment,
): { readonly certificate: PathCertificate; readonly chain: readonly PathCertificate[] } {
  let authorization: Authorization;
  try {
    authorization = parseAuthorization(request, environment.signatureClock.now(), signedService.service);
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    throw refuse(signedService, error.kind, error.message === "" ? undefined : error.message);
  }
  const { x509, accessKeyId, algorithm } = authorization;
  if (x509 === undefined) {
    throw refuse(signedService, "IncompleteSignature", `Unsupported AWS 'algorithm': '${algorithm}'.`);
  }
  const certificate = readOr(insufficient, () => readPathCertificate(x509.certificate));
  const { publicKey } = certificate;
  if ((publicKey.asymmetricKeyDetails?.publicExponent ?? 0n) > largestExponent) throw insufficient();
  const isNamed = accessKeyId === decimalSerialNumber(certificate.serialNumber);
  if (!isNamed || !verifyX509Signature(request, authorization, publicKey)) {
    // Reported from AWS (aws/rolesanywhere-credential-helper#128).
    throw refusal("AccessDeniedException", "Invalid signature");
  }
  const sent = x509.chain === undefined ? [] : x509.chain.split(",", longestChain + 1);
  if (sent.length > longestChain) throw untrusted();
  return { certificate, chain: readOr(untrusted, () => sent.map((each) => readPathCertificate(each.trim()))) };
}

function readOr<T>(refused: () => ServiceException, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw refused();
  }
}

function requirePath(
  certificate: PathCertificate,
  chain: readonly PathCertificate[],
  { certificates, revocation }: TrustAnchor,
  now: number,
): void {
  // User Guide, "Trust model": certificates without a subject are not supported.
  if (!isEndEntity(certificate) || certificate.subjectName.hex === "") throw insufficient();
  const path = findPath(certificate, chain, certificates, now);
  if (path === undefined) throw untrusted();
  if (revocation !== undefined && [certificate, ...path].some((each) => isRevoked(revocation, each))) {
    // The text is ours.
    throw refusal("AccessDeniedException", "Untrusted certificate. Certificate revoked");
  }
}

// --- What is asked for ---

const roleSessionName = /^[\w+=,.@-]*$/;

/** Texts in the manner of CreateProfile's, reported from AWS. */
function validated(input: CreateSessionInput): Wanted {
  const faults: string[] = [];
  const fault = (value: string, member: string, constraint: string) =>
    faults.push(`Value ${value} at '${member}' failed to satisfy constraint: Member must ${constraint}`);
  const { profileArn, roleArn, trustAnchorArn, durationSeconds, roleSessionName: name } = input;
  for (const [member, value] of Object.entries({ profileArn, roleArn, trustAnchorArn })) {
    if (value === undefined) fault("null", member, "not be null");
  }
  if (durationSeconds !== undefined && durationSeconds < shortestDuration) {
    fault(`'${durationSeconds}'`, "durationSeconds", `have value greater than or equal to ${shortestDuration}`);
  }
  if (durationSeconds !== undefined && durationSeconds > longestDuration) {
    fault(`'${durationSeconds}'`, "durationSeconds", `have value less than or equal to ${longestDuration}`);
  }
  if (name !== undefined && name.length < 2) {
    fault(`'${name}'`, "roleSessionName", "have length greater than or equal to 2");
  }
  if (name !== undefined && name.length > 64) {
    fault(`'${name}'`, "roleSessionName", "have length less than or equal to 64");
  }
  if (name !== undefined && !roleSessionName.test(name)) {
    fault(`'${name}'`, "roleSessionName", "satisfy regular expression pattern: [\\w+=,.@-]*");
  }
  if (faults.length > 0 || profileArn === undefined || roleArn === undefined || trustAnchorArn === undefined) {
    const errors = faults.length === 1 ? "1 validation error" : `${faults.length} validation errors`;
    throw refusal("ValidationException", `${errors} detected: ${faults.join("; ")}`);
  }
  return { profileArn, roleArn, trustAnchorArn, durationSeconds, roleSessionName: name };
}

/** The texts of both refusals are ours. */
function find<T extends Named>(
  list: readonly T[],
  kind: "trustAnchors" | "profiles",
  arn: string,
  accountId: string,
): T {
  const named = parseArn(kind, arn);
  if (named === undefined) throw refusal("ValidationException", `${arn} is invalid`);
  const found = list.find((each) =>
    each.arn === undefined ? each.id === named.id && named.accountId === accountId : each.arn === arn,
  );
  if (found === undefined) throw refusal("ResourceNotFoundException", `${arn} cannot be found.`);
  return found;
}

// --- The role ---

/** Reported from AWS, for a role that does not trust; what AssumeRole says beyond that comes after it. */
function unableToAssume(roleArn: string, because?: string): ServiceException {
  const more = because === undefined ? "" : `. ${because}`;
  return refusal("AccessDeniedException", `Unable to assume role for ${roleArn}${more}`);
}

async function assume(
  call: Call<SessionPolicyError>,
  wanted: Wanted,
  certificate: PathCertificate,
  profile: Profile,
): Promise<CreateSessionOutput> {
  const { roleArn, trustAnchorArn } = wanted;
  const tags = principalTags(certificate);
  const sourceIdentity = sourceIdentityOf(certificate);
  if (sourceIdentity === undefined) throw insufficient();
  const roleSessionName = wanted.roleSessionName ?? serialNumberOf(certificate);
  const { region, accountId } = parseArn("trustAnchors", trustAnchorArn) ?? { region: call.region, accountId: "" };
  const conditions = {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:principaltag/${Key.toLowerCase()}`, [Value]])),
    "aws:sourcearn": [trustAnchorArn],
    "aws:sourceaccount": [accountId],
    "sts:sourceidentity": [sourceIdentity],
    "sts:rolesessionname": [roleSessionName],
  };
  try {
    const role = await findRoleByArn(call, roleArn);
    // AssumeRole asks for each of what it is given; here it is always given all.
    for (const action of ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] as const) {
      const question = { action, principal, conditions, requestTags: tags, now: call.now };
      await requireTrust(call.environment, call.tx, call.facts, roleArn, role, question);
    }
    if (role === undefined) throw unableToAssume(roleArn);
    const issued = issueRoleSession(call, {
      role,
      roleSessionName,
      durationSeconds: Math.min(wanted.durationSeconds ?? profile.durationSeconds, profile.durationSeconds),
      policy: profile.sessionPolicy,
      policyArns: profile.managedPolicyArns.map((arn) => ({ arn })),
      tags,
      sourceIdentity,
    });
    const { Credentials, AssumedRoleUser, PackedPolicySize = 0 } = issued;
    return {
      credentialSet: [
        {
          assumedRoleUser: { arn: AssumedRoleUser.Arn, assumedRoleId: AssumedRoleUser.AssumedRoleId },
          credentials: {
            accessKeyId: Credentials.AccessKeyId,
            // Whole seconds, as STS has them.
            expiration: `${Credentials.Expiration.toISOString().slice(0, 19)}Z`,
            secretAccessKey: Credentials.SecretAccessKey,
            sessionToken: Credentials.SessionToken,
          },
          packedPolicySize: PackedPolicySize,
          roleArn,
          sourceIdentity,
        },
      ],
      subjectArn: `arn:${call.partition}:rolesanywhere:${region}:${accountId}:subject/${uuidOf(certificate.subjectName)}`,
    };
  } catch (error) {
    if (!(error instanceof ServiceException) || error.code === "AccessDeniedException") throw error;
    throw unableToAssume(roleArn, error.code === "AccessDenied" ? undefined : error.message);
  }
}
