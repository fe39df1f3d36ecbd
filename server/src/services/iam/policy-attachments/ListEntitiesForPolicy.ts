import type { PolicyRow } from "../../../store/policies.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { type ListedUser, users } from "../../../store/users.ts";
import type { Call } from "../../operation.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { noSuchPolicy, requirePolicy } from "../managed-policies/policy.ts";

/**
 * The parts of the list, in order: groups and users that have the policy attached, then users that have it as their
 * boundary alone. Roles have their place when there are roles.
 */
const parts = ["group", "user", "bounded"] as const;

type Part = (typeof parts)[number];

interface Entity {
  readonly part: Part;
  readonly id: string;
  readonly name: string;
  /** What its part goes on after. */
  readonly key: string;
}

interface Asked {
  readonly policy: PolicyRow;
  readonly pathPrefix: string;
  /** Undefined lists both uses (IAM API reference, PolicyUsageFilter). */
  readonly usage: "PermissionsPolicy" | "PermissionsBoundary" | undefined;
}

export const ListEntitiesForPolicy = iam("ListEntitiesForPolicy", {
  resource: (input, call) => requirePolicy(call, input.PolicyArn, noSuchPolicy(input.PolicyArn)),

  async handle(input, call, { policy }) {
    const limit = input.MaxItems ?? defaultPageSize;
    const asked: Asked = { policy, pathPrefix: input.PathPrefix ?? "/", usage: input.PolicyUsageFilter };
    const [from, after] = position(call, decodeMarker(call, input.Marker));
    const found: Entity[] = [];
    for (const part of parts.slice(parts.indexOf(from))) {
      if (!isAskedFor(part, input.EntityFilter, asked.usage)) continue;
      found.push(...(await entities(call, asked, part, part === from ? after : "", limit + 1 - found.length)));
      if (found.length > limit) break;
    }
    const { rows, ...more } = page(found, limit, ({ part, key }) => `${part}/${key}`);
    const groups = rows.filter(({ part }) => part === "group");
    const others = rows.filter(({ part }) => part !== "group");
    return {
      PolicyGroups: groups.map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: others.map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: [],
      ...more,
    };
  },
});

/** What a marker of this list names: a part and the key in it after which to go on. */
function position(call: Call, marker: string): [part: Part, key: string] {
  if (marker === "") return ["group", ""];
  const slash = marker.indexOf("/");
  const part = parts.find((candidate) => candidate === marker.slice(0, slash));
  return [part ?? call.fail("ValidationError", "Invalid Marker."), marker.slice(slash + 1)];
}

/** Recorded from AWS in 2026: a filter that names no kind of entity, such as LocalManagedPolicy, finds none. */
function isAskedFor(part: Part, filter: string | undefined, usage: Asked["usage"]): boolean {
  const isBoundary = part === "bounded";
  if (filter !== undefined && filter !== (part === "group" ? "Group" : "User")) return false;
  return usage === undefined || isBoundary === (usage === "PermissionsBoundary");
}

async function entities(call: Call, asked: Asked, part: Part, after: string, limit: number): Promise<Entity[]> {
  if (part === "bounded") return boundedUsers(call, asked, after, limit);
  const owners = await policyAttachments.listOfPolicy(call.tx, {
    accountId: call.accountId,
    policyId: asked.policy.policy_id,
    ownerKind: part,
    pathPrefix: asked.pathPrefix,
    after,
    limit,
  });
  return owners.map((owner) => ({ part, id: owner.owner_id, name: owner.name, key: owner.owner_id }));
}

async function boundedUsers(call: Call, asked: Asked, after: string, limit: number): Promise<Entity[]> {
  const found: Entity[] = [];
  let from = after;
  while (found.length < limit) {
    const batch = await users.listByBoundary(call.tx, call.accountId, asked.policy.policy_id, from, limit);
    for (const user of batch) {
      if (found.length < limit && (await isListed(call, asked, user))) {
        found.push({ part: "bounded", id: user.user_id, name: user.user_name, key: user.name_key });
      }
    }
    const last = batch.at(-1);
    if (last === undefined || batch.length < limit) break;
    from = last.name_key;
  }
  return found;
}

/** A user who has the policy both ways is listed once, where both ways are asked for. */
async function isListed(call: Call, { policy, pathPrefix, usage }: Asked, user: ListedUser): Promise<boolean> {
  if (!user.path.startsWith(pathPrefix)) return false;
  if (usage === "PermissionsBoundary") return true;
  const held = await policyAttachments.listOfOwner(
    call.tx,
    user.user_id,
    policy.path,
    0,
    call.environment.quotas.PoliciesPerUser,
  );
  return held.every(({ policy_id }) => policy_id !== policy.policy_id);
}
