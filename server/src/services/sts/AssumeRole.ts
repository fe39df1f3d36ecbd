import type { TrustQuestion } from "../../access/trust.ts";
import type { StsApi } from "../../contract/sts.ts";
import { verifyMfa } from "../mfa.ts";
import { Call } from "../operation.ts";
import { findRoleByArn, inheritTags, issueRoleSession, requireTrust } from "../role-session.ts";
import { refuseSession, requireBothOfMfa, sessionTags } from "../session.ts";
import { sts } from "./sts.ts";

type Input = StsApi["AssumeRole"]["input"];
type AssumeRoleCall = Call<StsApi["AssumeRole"]["error"]>;

/** Seconds; STS API reference, DurationSeconds. */
const chainedDuration = 3_600;

export const AssumeRole = sts("AssumeRole", {
  // Both sides are asked below, once MFA has been looked at: the caller's policies and the role's trust policy.
  resource: () => ({ arn: "*", public: true as const }),

  // Nothing is written but the use of an MFA device.
  transaction: "own",

  async handle(input, call) {
    const mfa = requireBothOfMfa(call, input);
    if (mfa !== undefined) await verifyMfa(call, mfa.serialNumber, mfa.tokenCode);
    return call.environment.store.read((tx) =>
      assumeRole(new Call(call.environment, call.facts, call.now, tx), input, mfa === undefined ? undefined : call.now),
    );
  },
});

async function assumeRole(call: AssumeRoleCall, input: Input, codeAt: number | undefined) {
  const { caller } = call;
  const found = await findRoleByArn(call, input.RoleArn);
  // Under --auth off everybody is root.
  if (caller.kind === "root" && call.environment.authMode !== "off") {
    return call.fail("AccessDenied", "Roles may not be assumed by root accounts.");
  }
  if (caller.kind === "federated") refuseSession(call, "AssumeRole");
  if (input.ProvidedContexts !== undefined) {
    // Assertions are made by AWS services, for themselves. The text is ours.
    return call.fail("InvalidParameterValue", "The provided context assertion is invalid.");
  }
  const { tags, transitiveTagKeys } = inheritTags(call, sessionTags(call, input.Tags), input.TransitiveTagKeys ?? []);
  const sourceIdentity = sourceIdentityOf(call, input);
  const question = {
    conditions: conditionsOf(input, codeAt, transitiveTagKeys),
    requestTags: tags.length === 0 ? undefined : tags,
  };
  const trust = (action: TrustQuestion["action"]) => requireTrust(call, input.RoleArn, found, { action, ...question });
  const role = await trust("sts:AssumeRole");
  if (sourceIdentity !== undefined) await trust("sts:SetSourceIdentity");
  if (tags.length > 0) await trust("sts:TagSession");
  if (caller.session !== undefined && (input.DurationSeconds ?? chainedDuration) > chainedDuration) {
    // Reported from AWS, for the sessions of GetSessionToken, too.
    call.fail(
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  return issueRoleSession(call, {
    role,
    roleSessionName: input.RoleSessionName,
    durationSeconds: input.DurationSeconds,
    policy: input.Policy,
    policyArns: input.PolicyArns,
    tags,
    transitiveTagKeys,
    sourceIdentity,
    // The session of a user who showed a code is one who did; what one role hands to the next starts without.
    mfaAt: codeAt ?? (caller.kind === "role" ? undefined : caller.session?.mfaAt),
    minimumSessionTokenSize: input.MinimumSessionTokenSize,
  });
}

/** IAM User Guide, "Monitor and control actions taken with assumed roles": once set it stays, through every chain. */
function sourceIdentityOf(call: AssumeRoleCall, { SourceIdentity }: Input): string | undefined {
  const inherited = call.caller.session?.sourceIdentity;
  if (inherited !== undefined && SourceIdentity !== undefined && SourceIdentity !== inherited) {
    // The guide says that such requests fail; the text is ours.
    return call.fail("AccessDenied", "The source identity of a session cannot be changed.");
  }
  return SourceIdentity ?? inherited;
}

function conditionsOf(input: Input, codeAt: number | undefined, transitiveTagKeys: readonly string[]) {
  return {
    "sts:rolesessionname": [input.RoleSessionName],
    ...(input.ExternalId === undefined ? {} : { "sts:externalid": [input.ExternalId] }),
    ...(input.SourceIdentity === undefined ? {} : { "sts:sourceidentity": [input.SourceIdentity] }),
    ...(transitiveTagKeys.length === 0 ? {} : { "sts:transitivetagkeys": transitiveTagKeys }),
    ...(codeAt === undefined ? {} : { "aws:multifactorauthpresent": ["true"], "aws:multifactorauthage": ["0"] }),
  };
}
