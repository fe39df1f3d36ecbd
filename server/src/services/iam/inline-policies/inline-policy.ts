import { type InlinePolicyRow, inlinePolicies } from "../../../store/inline-policies.ts";
import type { Call } from "../../operation.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import type { Attachable } from "../policy-attachments/attachment.ts";
import { documentSize, validateDocument } from "../policy-document.ts";

const quotas = { user: "UserPolicySize", group: "GroupPolicySize" } as const;

/** Adds a policy or takes the place of the one with its name. The quota is on all of an owner's documents together. */
export async function putInlinePolicy(
  call: Call<"MalformedPolicyDocumentException" | "LimitExceededException">,
  owner: Attachable,
  policyName: string,
  document: string,
): Promise<void> {
  validateDocument(call, document, "identity");
  const quota = call.environment.quotas[quotas[owner.ownerKind]];
  let size = documentSize(document);
  for (const other of await inlinePolicies.list(call.tx, owner.ownerId, "", quota)) {
    if (other.policy_name !== policyName) size += documentSize(other.document);
  }
  if (size > quota) {
    // As real accounts report it for every kind of owner.
    call.fail(
      "LimitExceededException",
      `Maximum policy size of ${quota} bytes exceeded for ${owner.ownerKind} ${owner.name}`,
    );
  }
  await inlinePolicies.put(call.tx, { owner_id: owner.ownerId, policy_name: policyName, document });
}

export async function requireInlinePolicy(
  call: Call<"NoSuchEntityException">,
  owner: Attachable,
  policyName: string,
): Promise<InlinePolicyRow> {
  return (await inlinePolicies.find(call.tx, owner.ownerId, policyName)) ?? absent(call, owner, policyName);
}

export async function deleteInlinePolicy(
  call: Call<"NoSuchEntityException">,
  owner: Attachable,
  policyName: string,
): Promise<void> {
  if (!(await inlinePolicies.delete(call.tx, owner.ownerId, policyName))) absent(call, owner, policyName);
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

/** Recorded from AWS for groups and roles; users are told likewise. */
function absent(call: Call<"NoSuchEntityException">, owner: Attachable, policyName: string): never {
  return call.fail("NoSuchEntityException", `The ${owner.ownerKind} policy with name ${policyName} cannot be found.`);
}
