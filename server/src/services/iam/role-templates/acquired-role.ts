import { inlinePolicies } from "../../../store/inline-policies.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import type { RoleRow } from "../../../store/roles.ts";
import type { Call } from "../../operation.ts";
import { policyArn } from "../managed-policies/policy.ts";
import { type Json, renderTemplate, type TemplateParameter, type TemplateParameters } from "../policy-template.ts";
import type { RoleTemplate } from "./catalog.ts";

/** What a template and its parameters come to. Documents are texts, as they are stored. */
export interface RenderedRole {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly maxSessionDuration: number;
  readonly trustDocument: string;
  readonly inlinePolicies: readonly { readonly name: string; readonly document: string }[];
  readonly managedPolicyArns: readonly string[];
}

type Given = Readonly<Record<string, { readonly Values: readonly string[] | undefined }>>;

/** Every parameter that has a value: the given ones, and defaults for the others. All texts recorded from AWS, 2026-09. */
export function parametersOf(
  call: Call<"InvalidInputException">,
  template: RoleTemplate,
  given: Given,
): TemplateParameters {
  const parameters = new Map<string, TemplateParameter>();
  for (const { Name, Type, DefaultValue } of template.ParametersDefinition) {
    const values =
      (Object.hasOwn(given, Name) ? given[Name]?.Values : undefined) ??
      (DefaultValue === undefined ? undefined : [DefaultValue]);
    if (values === undefined) continue;
    const isList = Type === "StringList";
    if (!isList && values.length !== 1) {
      call.fail("ValidationError", `${Name} replacement value must contain exactly one value, got ${values.length}`);
    }
    parameters.set(Name, { isList, values });
  }
  const unknown = Object.keys(given).find((name) => !parameters.has(name));
  if (unknown !== undefined) {
    call.fail("InvalidInputException", `Failed to render template: Unrecognized parameter: ${unknown}`);
  }
  return parameters;
}

export function renderRole(
  call: Call<"InvalidInputException">,
  template: RoleTemplate,
  parameters: TemplateParameters,
): RenderedRole {
  const render = (json: Json) => renderTemplate(call, json, parameters);
  const text = (pattern: string) => String(render(pattern));
  return {
    name: text(template.RoleNamePattern),
    path: text(template.RolePathPattern ?? "/"),
    description: text(template.RoleDescriptionPattern),
    maxSessionDuration: template.MaxSessionDuration,
    trustDocument: JSON.stringify(render(template.AssumeRolePolicyDocumentTemplate)),
    // A policy whose every statement was turned off is not embedded.
    inlinePolicies: (template.InlinePolicyTemplates ?? []).flatMap(({ PolicyName, PolicyDocument }) => {
      const document = render(PolicyDocument);
      return hasStatements(document) ? [{ name: PolicyName, document: JSON.stringify(document) }] : [];
    }),
    managedPolicyArns: template.ManagedPolicyArns ?? [],
  };
}

function hasStatements(document: Json): boolean {
  const statements = typeof document === "object" && document !== null && "Statement" in document && document.Statement;
  return Array.isArray(statements) && statements.length > 0;
}

/**
 * Whether a role is still what its template made of it. AWS looks at trust, tags, boundary and policies, and lets the
 * description and the session's duration be changed (recorded from AWS, 2026-09).
 */
export async function isUnmodified(call: Call, role: RoleRow, made: RenderedRole): Promise<boolean> {
  if (role.tags.length > 0 || role.permissions_boundary_arn !== null) return false;
  if (!sameDocument(role.trust_document, made.trustDocument)) return false;
  // One more than there may be tells that there are more.
  const attached = await policyAttachments.listOfOwner(
    call.tx,
    role.role_id,
    "/",
    0,
    made.managedPolicyArns.length + 1,
  );
  if (
    !sameSet(
      attached.map((policy) => policyArn(call, policy)),
      made.managedPolicyArns,
    )
  )
    return false;
  const embedded = await inlinePolicies.list(call.tx, role.role_id, "", made.inlinePolicies.length + 1);
  return (
    embedded.length === made.inlinePolicies.length &&
    made.inlinePolicies.every(({ name, document }) =>
      embedded.some((policy) => policy.policy_name === name && sameDocument(policy.document, document)),
    )
  );
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}

function sameDocument(one: string, other: string): boolean {
  return canonical(JSON.parse(one) as Json) === canonical(JSON.parse(other) as Json); // both were read as policies before
}

/** Lists in policies are sets, and one of one item is as good as the item. */
function canonical(node: Json): string {
  if (Array.isArray(node)) {
    const items = node.map(canonical).sort();
    return items.length === 1 ? (items[0] ?? "") : `[${items.join()}]`;
  }
  if (typeof node !== "object" || node === null) return JSON.stringify(node);
  const members = Object.entries(node).map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`);
  return `{${members.sort().join()}}`;
}
