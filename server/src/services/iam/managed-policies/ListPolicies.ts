import { policies } from "../../../store/policies.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { policyListItem } from "./policy.ts";

export const ListPolicies = iam("ListPolicies", {
  resource: (input, call) => accountResource(call, `policy${input.PathPrefix ?? "/"}`),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const usedAs =
      input.PolicyUsageFilter === "PermissionsBoundary"
        ? "boundary"
        : input.PolicyUsageFilter === "PermissionsPolicy" || input.OnlyAttached === true
          ? "attachment"
          : undefined;
    const listed = (accountId: string, from: string, count: number) =>
      policies.list(call.tx, {
        accountId,
        seenFrom: call.accountId,
        pathPrefix: input.PathPrefix ?? "/",
        usedAs,
        after: from,
        limit: count,
      });
    // One list of two parts: the account's own policies, then AWS's. The marker says which part it ends in.
    const [part, key] = after.startsWith("aws/")
      ? (["aws", after.slice(4)] as const)
      : (["own", after.slice(4)] as const);
    const scope = input.Scope ?? "All";
    const found = part === "own" && scope !== "AWS" ? await listed(call.accountId, key, limit + 1) : [];
    if (scope !== "Local" && found.length <= limit) {
      found.push(...(await listed("aws", part === "aws" ? key : "", limit + 1 - found.length)));
    }
    const { rows, ...more } = page(found, limit, (policy) =>
      policy.account_id === "aws" ? `aws/${policy.name_key}` : `own/${policy.name_key}`,
    );
    return { Policies: rows.map((policy) => policyListItem(call, policy)), ...more };
  },
});
