import { iam } from "../iam.ts";
import { encodeDocument } from "../policy-document.ts";
import { versionName } from "./policy.ts";
import { requireVersion } from "./policy-version.ts";

export const GetPolicyVersion = iam("GetPolicyVersion", {
  resource: (input, call) => requireVersion(call, input.PolicyArn, input.VersionId),

  handle: (_input, _call, { policy, version }) => ({
    PolicyVersion: {
      Document: encodeDocument(version.document),
      VersionId: versionName(version.version),
      IsDefaultVersion: policy.default_version === version.version,
      CreateDate: new Date(version.created_at),
    },
  }),
});
