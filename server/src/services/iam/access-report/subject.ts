import { compiledPolicy } from "../../../access/policies-of.ts";
import type { PolicyDocument } from "../../../policy/document.ts";
import { groups } from "../../../store/groups.ts";
import { policies } from "../../../store/policies.ts";
import { type OwnerKind, policyAttachments } from "../../../store/policy-attachments.ts";
import { principals } from "../../../store/principals.ts";
import { roles } from "../../../store/roles.ts";
import type { Tx } from "../../../store/store.ts";
import { users } from "../../../store/users.ts";
import type { Call, Environment, Resource } from "../../operation.ts";
import { findPolicyByArn } from "../managed-policies/policy.ts";
import { findEntity, readEntityArn } from "../simulation/policy-source.ts";

/** Whom a report is about; kept with the report. */
export interface Subject {
  readonly kind: "user" | "group" | "role" | "policy";
  readonly id: string;
  readonly arn: string;
  readonly partition: string;
}

export interface SubjectResource extends Resource {
  readonly subject: Subject;
}

type MayFail = Call<"InvalidInputException" | "NoSuchEntityException">;

/** `kinds`: which an operation takes. */
export async function requireSubject(
  call: MayFail,
  arn: string,
  kinds: readonly Subject["kind"][],
): Promise<SubjectResource> {
  const { partition } = call;
  const entity = readEntityArn(arn);
  if (entity !== undefined && kinds.includes(entity.kind)) {
    const isOurs = entity.partition === partition && entity.accountId === call.accountId;
    const found = isOurs ? await findEntity(call, entity) : undefined;
    // Seen for a role on GenerateServiceLastAccessedDetails.
    if (found === undefined) {
      const text = `The ${entity.kind} with name ${entity.name} cannot be found.`;
      return call.missing({ arn }, "NoSuchEntityException", text);
    }
    return { arn, tags: found.tags, subject: { kind: entity.kind, id: found.id, arn, partition } };
  }
  // The text is ours.
  const invalid = () => call.missing({ arn }, "InvalidInputException", `Invalid ARN: ${arn}`);
  if (!kinds.includes("policy")) return invalid();
  const policy = await findPolicyByArn(call, arn, invalid);
  if (policy === undefined) return call.missing({ arn }, "NoSuchEntityException", `Policy ${arn} was not found.`);
  return { arn, tags: policy.tags, subject: { kind: "policy", id: policy.policy_id, arn, partition } };
}

/** The policies that a report looks at: all that give a principal something, a group's own, or the one. */
export async function documentsOf(
  { policies: cache }: Pick<Environment, "policies">,
  tx: Tx,
  { kind, id, arn }: Subject,
): Promise<PolicyDocument[]> {
  if (kind === "policy") {
    const policy = await policies.findById(tx, id, "");
    const version = policy === undefined ? undefined : await policies.findVersion(tx, id, policy.default_version);
    return version === undefined ? [] : [compiledPolicy(cache, version.document, arn).document];
  }
  return (await principals.policiesOf(tx, id)).flatMap((row) =>
    row.source === "boundary" ? [] : [compiledPolicy(cache, row.document, row.policy_name).document],
  );
}

/** A user or role that a report counts. */
export interface Entity {
  readonly type: "USER" | "ROLE";
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

/**
 * One page of the users and roles that the subject's permissions are for, in an order that no renaming disturbs: of a
 * policy its users, the members of its groups, then its roles. One who is reached in several ways comes as often. `after`
 * is the `key` of the last one, or "".
 */
export async function entitiesOf(
  tx: Tx,
  accountId: string,
  { kind, id }: Subject,
  after: string,
  limit: number,
): Promise<{ readonly key: string; readonly entity: Entity }[]> {
  switch (kind) {
    case "user": {
      const user = after === "" ? await users.findById(tx, id) : undefined;
      if (user === undefined) return [];
      return [{ key: id, entity: { type: "USER", id, name: user.user_name, path: user.path } }];
    }
    case "role": {
      const role = after === "" ? await roles.findById(tx, id) : undefined;
      if (role === undefined) return [];
      return [{ key: id, entity: { type: "ROLE", id, name: role.role_name, path: role.path } }];
    }
    case "group":
      return (await groups.listMembers(tx, id, after, limit)).map((user) => ({
        key: user.user_id,
        entity: { type: "USER", id: user.user_id, name: user.user_name, path: user.path },
      }));
    case "policy":
      return entitiesOfPolicy(tx, accountId, id, after, limit);
  }
}

async function entitiesOfPolicy(
  tx: Tx,
  accountId: string,
  policyId: string,
  after: string,
  limit: number,
): Promise<{ readonly key: string; readonly entity: Entity }[]> {
  const found: { key: string; entity: Entity }[] = [];
  const [part = "", first = "", second = ""] = after.split("/");
  const room = () => limit - found.length;
  const page = (ownerKind: OwnerKind, after: string, limit: number) => ({
    accountId,
    policyId,
    ownerKind,
    pathPrefix: "/",
    after,
    limit,
  });
  if (part === "" || part === "user") {
    for (const user of await policyAttachments.listOfPolicy(tx, page("user", first, limit))) {
      const { owner_id: id, name, path } = user;
      found.push({ key: `user/${id}`, entity: { type: "USER", id, name, path } });
    }
  }
  if (room() > 0 && part !== "role") {
    // A group that the last page ended in comes first, from its next member on.
    const current = part === "group" ? first : "";
    if (current !== "") await addMembers(current, second);
    let last = current;
    while (room() > 0) {
      const [group] = await policyAttachments.listOfPolicy(tx, page("group", last, 1));
      if (group === undefined) break;
      last = group.owner_id;
      await addMembers(last, "");
    }
  }
  if (room() > 0) {
    for (const role of await policyAttachments.listOfPolicy(tx, page("role", part === "role" ? first : "", room()))) {
      const { owner_id: id, name, path } = role;
      found.push({ key: `role/${id}`, entity: { type: "ROLE", id, name, path } });
    }
  }
  return found;

  async function addMembers(groupId: string, afterMember: string): Promise<void> {
    for (const user of await groups.listMembers(tx, groupId, afterMember, room())) {
      const { user_id: id, user_name: name, path } = user;
      found.push({ key: `group/${groupId}/${id}`, entity: { type: "USER", id, name, path } });
    }
  }
}

export function entityArn({ partition }: Subject, accountId: string, { type, path, name }: Entity): string {
  return `arn:${partition}:iam::${accountId}:${type.toLowerCase()}${path}${name}`;
}
