import { uniqueId } from "../../../runtime/ids.ts";
import { inlinePolicies } from "../../../store/inline-policies.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roleSources } from "../../../store/role-sources.ts";
import { type RoleRow, roles } from "../../../store/roles.ts";
import type { Call, Resource } from "../../operation.ts";
import { requirePermission } from "../../permission.ts";
import { iam } from "../iam.ts";
import { findPolicyByArn, invalidArn, noSuchPolicy } from "../managed-policies/policy.ts";
import { validateDocument } from "../policy-document.ts";
import { createdRole, roleArn } from "../roles/role.ts";
import { storedTrust } from "../roles/trust-document.ts";
import { isUnmodified, parametersOf, type RenderedRole, renderRole } from "./acquired-role.ts";
import type { RoleTemplate } from "./catalog.ts";
import { findRoleTemplate } from "./role-template.ts";

/*
 * What is not in the API reference is recorded from AWS, 2026-09: the order of the refusals, their texts, and that the
 * answer has neither description nor duration.
 */
export const AcquireRole = iam("AcquireRole", {
  // There is no permission of this name: the caller needs those for what is done, one by one.
  resource: () => ({ arn: "*", public: true }),

  async handle(input, call) {
    await requirePermission(call, "iam:GetRoleTemplateVersion", { arn: input.TemplateArn });
    const template = findRoleTemplate(call, input.TemplateArn, input.TemplateMinorVersion);
    if (template === undefined) {
      return call.fail("NoSuchEntityException", `Role template not found in repository: ${input.TemplateArn}`);
    }
    const parameters = parametersOf(call, template, input.ReplacementValues ?? {});
    const made = renderRole(call, template, parameters);
    const parametersJson = JSON.stringify([...parameters].map(([name, { values }]) => [name, values]));
    const existing = await roles.find(call.tx, call.accountId, made.name);
    if (existing !== undefined) {
      return { Role: await createdRole(call, await reuse(call, existing, template, made, parametersJson)) };
    }
    return { Role: await createdRole(call, await create(call, template, made, parametersJson)) };
  },
});

type Role = Omit<RoleRow, "name_key">;

/** As policies on roles see the request: by the template that is behind it. */
function templated(resource: Resource, template: RoleTemplate): Resource {
  return { ...resource, conditions: { "iam:roletemplatearn": [template.TemplateArn] } };
}

async function reuse(
  call: Call<"NameConflictException" | "RoleModifiedException">,
  role: RoleRow,
  template: RoleTemplate,
  made: RenderedRole,
  parametersJson: string,
): Promise<RoleRow> {
  await requirePermission(
    call,
    "iam:GetRole",
    templated({ arn: roleArn(call, role.path, role.role_name), tags: role.tags }, template),
  );
  const source = await roleSources.find(call.tx, role.role_id);
  if (source?.template_arn !== template.TemplateArn) {
    return call.fail(
      "NameConflictException",
      "A role with this name already exists in the account but was not created from this template. Choose a different role name, or remove the existing role if it is no longer needed.",
    );
  }
  if (source.parameters_json !== parametersJson || source.template_minor_version !== template.MinorVersion) {
    return call.fail(
      "NameConflictException",
      "A role with this name exists but was created with different parameters. Pass a unique roleName to create a new role.",
    );
  }
  if (!(await isUnmodified(call, role, made))) {
    return call.fail(
      "RoleModifiedException",
      `Role ${role.role_name} has been modified since it was created and is no longer managed.`,
    );
  }
  return role;
}

async function create(
  call: Call<"LimitExceededException" | "MalformedPolicyDocumentException" | "NoSuchEntityException">,
  template: RoleTemplate,
  made: RenderedRole,
  parametersJson: string,
): Promise<Role> {
  const { tx, accountId } = call;
  if (!roleName.test(made.name)) {
    // Recorded for the names of users, 2026; for a role's from a template no text is known.
    return call.fail(
      "ValidationError",
      "The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
    );
  }
  const trust = await storedTrust(call, made.trustDocument);
  const role: Role = {
    account_id: accountId,
    role_name: made.name,
    role_id: uniqueId(call.random, "AROA"),
    path: made.path,
    created_at: call.now,
    trust_document: trust,
    description: made.description,
    max_session_duration: made.maxSessionDuration,
    tags: [],
    permissions_boundary_arn: null,
    permissions_boundary_policy_id: null,
    service_name: null,
  };
  const resource = templated({ arn: roleArn(call, role.path, role.role_name) }, template);
  await requirePermission(call, "iam:CreateRole", resource);
  const quota = call.environment.quotas.RolesPerAccount;
  if ((await roles.count(tx, accountId)) >= quota) {
    return call.fail("LimitExceededException", `Cannot exceed quota for RolesPerAccount: ${quota}`);
  }
  await roles.insert(tx, role);
  for (const arn of made.managedPolicyArns) {
    const conditions = { ...resource.conditions, "iam:policyarn": [arn] };
    await requirePermission(call, "iam:AttachRolePolicy", { ...resource, conditions });
    const policy = await findPolicyByArn(call, arn, () => invalidArn(call, arn));
    if (policy === undefined) return call.fail("NoSuchEntityException", noSuchPolicy(arn));
    await policyAttachments.attach(tx, {
      owner_id: role.role_id,
      owner_kind: "role",
      account_id: accountId,
      policy_id: policy.policy_id,
    });
  }
  for (const { name, document } of made.inlinePolicies) {
    await requirePermission(call, "iam:PutRolePolicy", resource);
    validateDocument(call, document, "identity");
    await inlinePolicies.put(tx, { owner_id: role.role_id, policy_name: name, document });
  }
  await roleSources.insert(tx, {
    role_id: role.role_id,
    template_arn: template.TemplateArn,
    template_minor_version: template.MinorVersion,
    parameters_json: parametersJson,
  });
  return role;
}

const roleName = /^[\w+=,.@-]{1,64}$/;
