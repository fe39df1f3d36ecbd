import { policyAttachments } from "../../../store/policy-attachments.ts";
import { type ListedUser, users } from "../../../store/users.ts";
import type { Call } from "../../operation.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { requirePolicy } from "../managed-policies/policy.ts";

/** The kinds of entity in the order they are listed; roles have their place when there are roles. */
type Kind = "group" | "user";

interface Entity {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** What the list goes on after. */
  readonly key: string;
}

export const ListEntitiesForPolicy = iam("ListEntitiesForPolicy", {
  resource: (input, call) => requirePolicy(call, input.PolicyArn),

  async handle(input, call, { policy }) {
    const limit = input.MaxItems ?? defaultPageSize;
    const asBoundary = input.PolicyUsageFilter === "PermissionsBoundary";
    const pathPrefix = input.PathPrefix ?? "/";
    const marker = decodeMarker(call, input.Marker);
    const [from = "", after = ""] = marker === "" ? ["group", ""] : split(marker);
    const wanted = (["group", "user"] as const).filter((kind) => matches(input.EntityFilter, kind));
    const found: Entity[] = [];
    for (const kind of wanted) {
      if (kind === "group" && from === "user") continue;
      const start = kind === from ? after : "";
      const count = limit + 1 - found.length;
      if (count <= 0) break;
      if (asBoundary) {
        // Groups have no boundary.
        if (kind === "user") found.push(...(await boundedUsers(call, policy.policy_id, pathPrefix, start, count)));
        continue;
      }
      const owners = await policyAttachments.listOfPolicy(call.tx, {
        accountId: call.accountId,
        policyId: policy.policy_id,
        ownerKind: kind,
        pathPrefix,
        after: start,
        limit: count,
      });
      found.push(...owners.map((owner) => ({ kind, id: owner.owner_id, name: owner.name, key: owner.owner_id })));
    }
    const { rows, ...more } = page(found, limit, (entity) => `${entity.kind}/${entity.key}`);
    return {
      PolicyGroups: rows
        .filter((entity) => entity.kind === "group")
        .map((entity) => ({ GroupName: entity.name, GroupId: entity.id })),
      PolicyUsers: rows
        .filter((entity) => entity.kind === "user")
        .map((entity) => ({ UserName: entity.name, UserId: entity.id })),
      PolicyRoles: [],
      ...more,
    };
  },
});

async function boundedUsers(
  call: Call,
  policyId: string,
  pathPrefix: string,
  after: string,
  count: number,
): Promise<Entity[]> {
  const found: Entity[] = [];
  let from = after;
  while (found.length < count) {
    const batch = await users.listByBoundary(call.tx, call.accountId, policyId, from, count);
    found.push(...batch.filter((user) => user.path.startsWith(pathPrefix)).map(boundedUser));
    const last = batch.at(-1);
    if (last === undefined || batch.length < count) break;
    from = last.name_key;
  }
  return found.slice(0, count);
}

function boundedUser(user: ListedUser): Entity {
  return { kind: "user", id: user.user_id, name: user.user_name, key: user.name_key };
}

function split(marker: string): [string, string] {
  const slash = marker.indexOf("/");
  return [marker.slice(0, slash), marker.slice(slash + 1)];
}

/** IAM API reference, EntityFilter: LocalManagedPolicy and AWSManagedPolicy name no kind of entity and filter nothing here. */
function matches(filter: string | undefined, kind: Kind): boolean {
  if (filter === undefined || filter.endsWith("ManagedPolicy")) return true;
  return filter.toLowerCase() === kind;
}
