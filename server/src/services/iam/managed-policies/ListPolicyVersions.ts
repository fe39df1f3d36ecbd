import { policies } from "../../../store/policies.ts";
import { decodePosition, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { requirePolicy, versionName } from "./policy.ts";

export const ListPolicyVersions = iam("ListPolicyVersions", {
  resource: (input, call) => requirePolicy(call, input.PolicyArn),

  async handle(input, call, { policy }) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodePosition(call, input.Marker);
    const all = await policies.listVersions(call.tx, policy.policy_id);
    // Newest first, so the list goes on with lower numbers.
    const rest = after === 0 ? all : all.filter((version) => version.version < after);
    const { rows, ...more } = page(rest, limit, (version) => String(version.version));
    return {
      Versions: rows.map((version) => ({
        VersionId: versionName(version.version),
        IsDefaultVersion: version.version === policy.default_version,
        CreateDate: new Date(version.created_at),
      })),
      ...more,
    };
  },
});
