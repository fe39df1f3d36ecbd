import type { StsApi } from "../../contract/sts.ts";
import { sha256 } from "../../crypto/digest.ts";
import { decodePrivateKey } from "../../crypto/private-key.ts";
import type { VerifiedAssertion } from "../../saml/response.ts";
import type { SamlErrorCode } from "../../saml/saml-error.ts";
import { type SamlProviderRow, samlProviders } from "../../store/saml-providers.ts";
import { usedAssertions } from "../../store/used-assertions.ts";
import { Call } from "../operation.ts";
import { parseSamlProviderArn, samlProviderKeyContext } from "../saml-provider.ts";
import { issueFederatedSession, requireRoleArn } from "./federated-session.ts";
import { readSamlClaims } from "./saml-claims.ts";
import { sts } from "./sts.ts";

type SamlCall = Call<StsApi["AssumeRoleWithSAML"]["error"]>;

const defaultDuration = 3_600;
/** STS API reference: "The token must be redeemed within 5 minutes of issuance". */
const redeemWithinMs = 300_000;
/** Ours: AWS does not look at NotBefore at all (recorded 2026-09). */
const clockSkewMs = 300_000;

export const AssumeRoleWithSAML = sts("AssumeRoleWithSAML", {
  // Nobody signs: the assertion says who asks, and the role's trust policy whether they may.
  resource: () => ({ arn: "*", public: true as const }),

  // Signatures and keys are looked at outside any transaction.
  transaction: "own",

  async handle(input, call) {
    const { environment, facts, now } = call;
    requireRoleArn(call, input.RoleArn);
    const named = parseSamlProviderArn(input.PrincipalArn) ?? call.fail("ValidationError", "Request ARN is invalid");
    const [provider, keys] = await environment.store.read(async (tx) => {
      const found = await samlProviders.find(tx, named.accountId, named.name);
      return [found, found === undefined ? [] : await samlProviders.listKeys(tx, found.provider_id)] as const;
    });
    if (provider?.provider_name !== named.name) {
      // IAM User Guide, "Troubleshoot SAML federation with IAM", as most texts here.
      return call.fail("InvalidIdentityTokenException", "Specified provider doesn't exist.");
    }
    const sealed = keys.map((key) => environment.seal.open(key.private_key_sealed, samlProviderKeyContext(key.key_id)));
    const assertion = await verify(call, input.SAMLAssertion, provider, sealed);
    const redeemBy = assertion.issuedAt + redeemWithinMs;
    if (now >= redeemBy) call.fail("ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance");
    const claims = readSamlClaims(call, assertion, { role: input.RoleArn, provider: input.PrincipalArn }, provider);
    const session = await environment.store.write(async (tx) => {
      // The provider whose key signed it may be gone by now.
      const current = await samlProviders.find(tx, named.accountId, named.name);
      if (current?.provider_id !== provider.provider_id) {
        return call.fail("InvalidIdentityTokenException", "Specified provider doesn't exist.");
      }
      const issued = await issueFederatedSession(new Call(environment, facts, now, tx), input, {
        action: "sts:AssumeRoleWithSAML",
        provider: input.PrincipalArn,
        providerAccountId: provider.account_id,
        ...claims,
        durationSeconds: durationOf(input.DurationSeconds, claims.sessionDuration, assertion, now),
      });
      // An assertion names several roles, and tools exchange it for each of them: once for each. AWS itself takes one
      // again and again until it expires (recorded 2026-09); that a copy of it is worth nothing is ours.
      const used = sha256(JSON.stringify([provider.provider_id, assertion.id, input.RoleArn]));
      if (!(await usedAssertions.note(tx, used, Math.min(assertion.notOnOrAfter, redeemBy), now))) {
        call.fail("InvalidIdentityTokenException", "The SAML assertion has been used for this role before.");
      }
      return issued;
    });
    return {
      ...session,
      Subject: assertion.subject.nameId,
      SubjectType: claims.subjectType,
      Issuer: assertion.issuer,
      // The reference: the Recipient.
      Audience: assertion.recipient,
      NameQualifier: claims.nameQualifier,
    };
  },
});

/** The least of what is asked for, of the SessionDuration and of what is left of the session (recorded 2026-09). */
function durationOf(
  asked: number | undefined,
  sessionDuration: number | undefined,
  { sessionNotOnOrAfter }: VerifiedAssertion,
  now: number,
): number {
  const left = sessionNotOnOrAfter === undefined ? Number.POSITIVE_INFINITY : (sessionNotOnOrAfter - now) / 1000;
  return Math.min(asked ?? defaultDuration, sessionDuration ?? Number.POSITIVE_INFINITY, Math.floor(left));
}

/** The XML library is for those who federate: it is loaded when the first assertion comes. */
async function verify(
  call: SamlCall,
  response: string,
  provider: SamlProviderRow,
  privateKeys: readonly Uint8Array[],
): Promise<VerifiedAssertion> {
  const [{ verifyResponse }, { SamlError }] = await Promise.all([
    import("../../saml/response.ts"),
    import("../../saml/saml-error.ts"),
  ]);
  try {
    return verifyResponse(response, {
      issuers: provider.trusted.entityIds,
      certificates: provider.trusted.signingCertificates,
      sha1: call.environment.samlSha1,
      signed: "assertion",
      privateKeys: privateKeys.map((der) => decodePrivateKey(der).privateKey),
      encryption: provider.encryption_mode === "Required" ? "required" : "allowed",
      isAudience,
      isRecipient: (location) => signInEndpoint.test(location),
      inResponseTo: undefined,
      now: call.now,
      fourByteUtf8: true,
      clockSkew: clockSkewMs,
    });
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    const [code, message] = refusals[error.code];
    return call.fail(code, message);
  }
}

/** AWS General Reference, "AWS Sign-In endpoints": the global ones, those of the regions, and a provider's own below them. */
const signInEndpoint =
  /^https:\/\/(?:[a-z0-9-]{1,32}\.)?signin\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)\/saml(?:\/acs\/SAML[A-Z0-9]{1,60})?$/;

/** The name of AWS in its published metadata, of other partitions with theirs behind it. */
const entityIds = new Set([
  "urn:amazon:webservices",
  "urn:amazon:webservices:cn-north-1",
  "urn:amazon:webservices:govcloud",
]);

function isAudience(audience: string): boolean {
  return entityIds.has(audience) || signInEndpoint.test(audience);
}

type Refusal = readonly [code: StsApi["AssumeRoleWithSAML"]["error"], message: string];

/**
 * Recorded 2026-09, where AWS names one of its own services in parentheses behind some, or in the IAM User Guide; those
 * of `status`, `early` and `request` are ours.
 */
const refusals: Readonly<Record<SamlErrorCode, Refusal>> = {
  malformed: ["InvalidIdentityTokenException", "Invalid base64 SAMLResponse"],
  unencrypted: ["InvalidIdentityTokenException", "Invalid base64 SAMLResponse"],
  unsigned: [
    "InvalidIdentityTokenException",
    "Response (with optional signature) must contain an assertion with a mandatory signature",
  ],
  signature: ["InvalidIdentityTokenException", "Response signature invalid"],
  issuer: ["InvalidIdentityTokenException", "Issuer not present in specified provider"],
  audience: ["InvalidIdentityTokenException", "Response does not contain the required audience."],
  recipient: ["InvalidIdentityTokenException", "Response does not contain the required audience."],
  expired: ["ExpiredTokenException", "Response has expired"],
  early: ["InvalidIdentityTokenException", "Response is not valid yet"],
  request: ["InvalidIdentityTokenException", "Response answers another request"],
  status: ["IDPRejectedClaimException", "The identity provider reported that the authentication failed."],
};
