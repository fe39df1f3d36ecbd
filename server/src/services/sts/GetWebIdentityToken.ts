import type { StsApi } from "../../contract/sts.ts";
import { signToken } from "../../crypto/jwt.ts";
import { outboundIssuers } from "../../store/outbound-issuers.ts";
import type { Call } from "../operation.ts";
import { findSigningKey, type IssuerAlgorithm, issuerIdentifier } from "../outbound-issuer.ts";
import { sts } from "./sts.ts";

type Input = StsApi["GetWebIdentityToken"]["input"];
type TokenCall = Call<StsApi["GetWebIdentityToken"]["error"]>;

/** Seconds; STS API reference. */
const defaultDuration = 300;
/** Bytes. AWS has a limit and does not tell it: this one is ours. */
const longestPayload = 8_192;

export const GetWebIdentityToken = sts("GetWebIdentityToken", {
  // STS's condition keys for what is asked for (IAM User Guide).
  resource: ({ Audience, DurationSeconds = defaultDuration, SigningAlgorithm }) => ({
    arn: "*",
    conditions: {
      "sts:identitytokenaudience": Audience,
      "sts:durationseconds": [String(DurationSeconds)],
      "sts:signingalgorithm": [SigningAlgorithm],
    },
  }),

  // Signatures are made outside any transaction.
  transaction: "own",

  async handle(input, call) {
    const { environment, caller, now } = call;
    const algorithm = requireAlgorithm(call, input.SigningAlgorithm);
    const { DurationSeconds: seconds = defaultDuration } = input;
    const [issuerId, key] = await environment.store.read(async (tx) => {
      const issuer = await outboundIssuers.find(tx, call.accountId);
      if (issuer?.isEnabled !== true) {
        // Reported from AWS.
        return call.fail(
          "OutboundWebIdentityFederationDisabledException",
          "Outbound web identity federation is disabled for your account",
        );
      }
      return [issuer.issuer_id, await findSigningKey(environment, tx, issuer.issuer_id, algorithm)] as const;
    });
    const expiresAt = Math.floor(now / 1000) + seconds;
    if (caller.session !== undefined && expiresAt * 1000 > caller.session.expiresAt) {
      // The reference's own explanation.
      call.fail(
        "SessionDurationEscalationException",
        "The requested token duration would extend the session beyond its original expiration time.",
      );
    }
    const claims = {
      iss: issuerIdentifier(environment, issuerId),
      aud: input.Audience.length === 1 ? input.Audience[0] : input.Audience,
      sub: subjectOf(call),
      iat: Math.floor(now / 1000),
      exp: expiresAt,
      jti: environment.random.uuid(),
      "https://sts.amazonaws.com/": awsClaims(call, input),
    };
    if (Buffer.byteLength(JSON.stringify(claims)) > longestPayload) {
      // The reference's own explanation.
      call.fail(
        "JWTPayloadSizeExceededException",
        "The requested token payload size exceeds the maximum allowed size. Reduce the number of request tags included in the GetWebIdentityToken API call to reduce the token payload size.",
      );
    }
    return { WebIdentityToken: await signToken(claims, key), Expiration: new Date(expiresAt * 1000) };
  },
});

function requireAlgorithm(call: TokenCall, asked: string): IssuerAlgorithm {
  if (asked === "RS256" || asked === "ES384") return asked;
  // The reference: these two. The words are those of a member with an enumeration, which this is not in AWS's model.
  return call.fail(
    "ValidationError",
    "1 validation error detected: Value at 'signingAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [RS256, ES384]",
  );
}

/** Of a session of a role it is the role. */
function subjectOf({ caller }: TokenCall): string {
  return caller.session?.issuer?.kind === "role" ? caller.session.issuer.arn : caller.arn;
}

/** IAM User Guide, "Understanding token claims": those that there is something to say in. */
function awsClaims({ caller, region }: TokenCall, { Tags = [] }: Input): object {
  const { session, tags } = caller;
  const named = (pairs: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]) =>
    Object.fromEntries(pairs.map(({ Key = "", Value = "" }) => [Key, Value]));
  return {
    aws_account: caller.accountId,
    source_region: region,
    ...(tags.length === 0 ? {} : { principal_tags: named(tags) }),
    ...(Tags.length === 0 ? {} : { request_tags: named(Tags) }),
    ...(session === undefined ? {} : { original_session_exp: isoSeconds(session.expiresAt) }),
    ...(session?.provider === undefined ? {} : { federated_provider: session.provider.name }),
    ...(session?.sourceIdentity === undefined ? {} : { source_identity: session.sourceIdentity }),
  };
}

/** `2024-01-15T10:00:00Z`. */
function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
