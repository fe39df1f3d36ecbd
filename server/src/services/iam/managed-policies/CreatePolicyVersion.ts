import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { documentSize, validateDocument } from "../policy-document.ts";
import { requireOwnArn, requirePolicy, versionName } from "./policy.ts";

export const CreatePolicyVersion = iam("CreatePolicyVersion", {
  resource(input, call) {
    requireOwnArn(call, input.PolicyArn, (resource) =>
      call.missing(resource, "AccessDenied", "Cannot create versions for policies outside your own account."),
    );
    return requirePolicy(call, input.PolicyArn);
  },

  async handle(input, call, { policy }) {
    const { quotas } = call.environment;
    validateDocument(call, input.PolicyDocument, "managed");
    if (documentSize(input.PolicyDocument) > quotas.PolicySize) {
      call.fail("LimitExceededException", `Cannot exceed quota for PolicySize: ${quotas.PolicySize}`);
    }
    if ((await policies.countVersions(call.tx, policy.policy_id)) >= quotas.VersionsPerPolicy) {
      call.fail(
        "LimitExceededException",
        `A managed policy can have up to ${quotas.VersionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    const asDefault = input.SetAsDefault === true;
    const version = await policies.insertVersion(call.tx, policy, {
      document: input.PolicyDocument,
      createdAt: call.now,
      asDefault,
    });
    return {
      PolicyVersion: { VersionId: versionName(version), IsDefaultVersion: asDefault, CreateDate: new Date(call.now) },
    };
  },
});
