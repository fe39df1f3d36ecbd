import { type ListedPolicy, policies } from "../../../store/policies.ts";
import type { Call } from "../../operation.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { policyListItem } from "./policy.ts";

interface Asked {
  readonly pathPrefix: string;
  /** Absent lists all; empty none. */
  readonly uses: readonly ("attachment" | "boundary")[] | undefined;
}

export const ListPolicies = iam("ListPolicies", {
  resource: (input, call) => accountResource(call, `policy${input.PathPrefix ?? "/"}`),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const marker = decodeMarker(call, input.Marker);
    // One list of two parts: the account's own policies, then AWS's. The marker says which part it ends in.
    const [, part = "own", key = ""] =
      marker === "" ? [] : (/^(own|aws)\/(.+)$/.exec(marker) ?? call.fail("ValidationError", "Invalid Marker."));
    const asked: Asked = {
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
function usesOf(onlyAttached: boolean | undefined, filter: string | undefined): Asked["uses"] {
  if (onlyAttached !== true) return undefined;
  if (filter === undefined) return ["attachment", "boundary"];
  return [filter === "PermissionsBoundary" ? "boundary" : "attachment"];
}

/** The policies of one account, by name; those of either use are two lists in the same order, made into one. */
async function listed(
  call: Call,
  { pathPrefix, uses }: Asked,
  accountId: string,
  after: string,
  limit: number,
): Promise<ListedPolicy[]> {
  const options = { accountId, seenFrom: call.accountId, pathPrefix, after, limit };
  if (uses === undefined) return policies.list(call.tx, options);
  const found = new Map<string, ListedPolicy>();
  for (const usedAs of uses) {
    for (const policy of await policies.list(call.tx, { ...options, usedAs })) found.set(policy.name_key, policy);
  }
  return [...found.values()].toSorted((one, other) => (one.name_key < other.name_key ? -1 : 1)).slice(0, limit);
}
