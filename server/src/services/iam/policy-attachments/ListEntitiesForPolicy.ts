import type { PolicyRow } from "../../../store/policies.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roles } from "../../../store/roles.ts";
import { users } from "../../../store/users.ts";
import type { Call } from "../../operation.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { noSuchPolicy, requirePolicy } from "../managed-policies/policy.ts";

/**
 * The parts of the list, in order: groups, users and roles that have the policy attached, then users and roles that have
 * it as their boundary alone.
 */
const parts = ["group", "user", "role", "bounded", "bounded-role"] as const;

type Part = (typeof parts)[number];

const filters = { group: "Group", user: "User", role: "Role", bounded: "User", "bounded-role": "Role" } as const;

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
    const of = (kind: string) => rows.filter(({ part }) => filters[part] === kind);
    return {
      PolicyGroups: of("Group").map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: of("User").map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: of("Role").map(({ name, id }) => ({ RoleName: name, RoleId: id })),
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
  const isBoundary = part === "bounded" || part === "bounded-role";
  if (filter !== undefined && filter !== filters[part]) return false;
  return usage === undefined || isBoundary === (usage === "PermissionsBoundary");
}

async function entities(call: Call, asked: Asked, part: Part, after: string, limit: number): Promise<Entity[]> {
  if (part === "bounded" || part === "bounded-role") return boundedBy(call, asked, part, after, limit);
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

interface Bounded {
  readonly id: string;
  readonly name: string;
  readonly name_key: string;
  readonly path: string;
}

async function boundedBatch(call: Call, asked: Asked, part: Part, after: string, limit: number): Promise<Bounded[]> {
  const policyId = asked.policy.policy_id;
  if (part === "bounded") {
    const batch = await users.listByBoundary(call.tx, call.accountId, policyId, after, limit);
    return batch.map((user) => ({ ...user, id: user.user_id, name: user.user_name }));
  }
  const batch = await roles.listByBoundary(call.tx, call.accountId, policyId, after, limit);
  return batch.map((role) => ({ ...role, id: role.role_id, name: role.role_name }));
}

async function boundedBy(
  call: Call,
  asked: Asked,
  part: "bounded" | "bounded-role",
  after: string,
  limit: number,
): Promise<Entity[]> {
  const found: Entity[] = [];
  let from = after;
  while (found.length < limit) {
    const batch = await boundedBatch(call, asked, part, from, limit);
    for (const entity of batch) {
      if (found.length < limit && (await isListed(call, asked, entity))) {
        found.push({ part, id: entity.id, name: entity.name, key: entity.name_key });
      }
    }
    const last = batch.at(-1);
    if (last === undefined || batch.length < limit) break;
    from = last.name_key;
  }
  return found;
}

/** Who has the policy both ways is listed once, where both ways are asked for. */
async function isListed(call: Call, { policy, pathPrefix, usage }: Asked, entity: Bounded): Promise<boolean> {
  if (!entity.path.startsWith(pathPrefix)) return false;
  if (usage === "PermissionsBoundary") return true;
  const held = await policyAttachments.listOfOwner(
    call.tx,
    entity.id,
    policy.path,
    0,
    Math.max(call.environment.quotas.PoliciesPerUser, call.environment.quotas.PoliciesPerRole),
  );
  return held.every(({ policy_id }) => policy_id !== policy.policy_id);
}
