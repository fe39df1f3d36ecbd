import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { policyListItem } from "./policy.ts";
import { type AskedPolicies, listed } from "./policy-list.ts";

export const ListPolicies = iam("ListPolicies", {
  resource: (input, call) => accountResource(call, `policy${input.PathPrefix ?? "/"}`),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const marker = decodeMarker(call, input.Marker);
    // One list of two parts: the account's own policies, then AWS's. The marker says which part it ends in.
    const [, part = "own", key = ""] =
      marker === "" ? [] : (/^(own|aws)\/(.+)$/.exec(marker) ?? call.fail("ValidationError", "Invalid Marker."));
    const asked: AskedPolicies = {
      pathPrefix: input.PathPrefix ?? "/",
      uses: usesOf(input.OnlyAttached, input.PolicyUsageFilter),
    };
    const scope = input.Scope ?? "All";
    const found = part === "own" && scope !== "AWS" ? await listed(call, asked, call.accountId, key, limit + 1) : [];
    if (scope !== "Local" && found.length <= limit) {
      found.push(...(await listed(call, asked, "aws", part === "aws" ? key : "", limit + 1 - found.length)));
    }
    const { rows, ...more } = page(found, limit, (policy) =>
      policy.account_id === "aws" ? `aws/${policy.name_key}` : `own/${policy.name_key}`,
    );
    return { Policies: rows.map((policy) => policyListItem(call, policy)), ...more };
  },
});

/** Observed 2026-09: OnlyAttached means either use, and the filter is looked at only beside it. */
function usesOf(onlyAttached: boolean | undefined, filter: string | undefined): AskedPolicies["uses"] {
  if (onlyAttached !== true) return undefined;
  if (filter === undefined) return ["attachment", "boundary"];
  return [filter === "PermissionsBoundary" ? "boundary" : "attachment"];
}
