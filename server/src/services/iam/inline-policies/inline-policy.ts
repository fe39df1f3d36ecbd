import { type InlinePolicyRow, inlinePolicies } from "../../../store/inline-policies.ts";
import type { Call } from "../../operation.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import type { Attachable } from "../policy-attachments/attachment.ts";
import { documentSize, validateDocument } from "../policy-document.ts";

const quotas = { user: "UserPolicySize", group: "GroupPolicySize", role: "RolePolicySize" } as const;

/** Adds a policy or takes the place of the one with its name. The quota is on all of an owner's documents together. */
export async function putInlinePolicy(
  call: Call<"MalformedPolicyDocumentException" | "LimitExceededException">,
  owner: Attachable,
  policyName: string,
  document: string,
): Promise<void> {
  validateDocument(call, document, "identity");
  const quota = call.environment.quotas[quotas[owner.ownerKind]];
  const held = await allOf(call, owner);
  const before = named(held, policyName);
  let size = documentSize(document);
  for (const other of held) if (other !== before) size += documentSize(other.document);
  if (size > quota) {
    // As real accounts report it for every kind of owner.
    call.fail(
      "LimitExceededException",
      `Maximum policy size of ${quota} bytes exceeded for ${owner.ownerKind} ${owner.name}`,
    );
  }
  // A policy that is replaced keeps the name it was made with.
  await inlinePolicies.put(call.tx, {
    owner_id: owner.ownerId,
    policy_name: before?.policy_name ?? policyName,
    document,
  });
}

export async function requireInlinePolicy(
  call: Call<"NoSuchEntityException">,
  owner: Attachable,
  policyName: string,
): Promise<InlinePolicyRow> {
  return (await find(call, owner, policyName)) ?? absent(call, owner, policyName);
}

export async function deleteInlinePolicy(
  call: Call<"NoSuchEntityException">,
  owner: Attachable,
  policyName: string,
): Promise<void> {
  const { policy_name } = await requireInlinePolicy(call, owner, policyName);
  await inlinePolicies.delete(call.tx, owner.ownerId, policy_name);
}

export async function listInlinePolicies(
  call: Call,
  owner: Attachable,
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
) {
  const limit = input.MaxItems ?? defaultPageSize;
  const after = decodeMarker(call, input.Marker);
  const found = await inlinePolicies.list(call.tx, owner.ownerId, after, limit + 1);
  const { rows, ...more } = page(found, limit, (policy) => policy.policy_name);
  return { PolicyNames: rows.map((policy) => policy.policy_name), ...more };
}

/** By name, whatever its case (observed 2026-09): as it was made, most of the time. */
async function find(call: Call, owner: Attachable, policyName: string): Promise<InlinePolicyRow | undefined> {
  const exact = await inlinePolicies.find(call.tx, owner.ownerId, policyName);
  return exact ?? named(await allOf(call, owner), policyName);
}

function named(policies: readonly InlinePolicyRow[], policyName: string): InlinePolicyRow | undefined {
  const wanted = policyName.toLowerCase();
  return policies.find((policy) => policy.policy_name.toLowerCase() === wanted);
}

/** No more than the quota on their sizes has room for. */
function allOf(call: Call, owner: Attachable): Promise<InlinePolicyRow[]> {
  return inlinePolicies.list(call.tx, owner.ownerId, "", call.environment.quotas[quotas[owner.ownerKind]]);
}

/** Recorded from AWS for groups and roles; users are told likewise. */
function absent(call: Call<"NoSuchEntityException">, owner: Attachable, policyName: string): never {
  return call.fail("NoSuchEntityException", `The ${owner.ownerKind} policy with name ${policyName} cannot be found.`);
}
