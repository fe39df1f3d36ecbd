import { uniqueId } from "../../../runtime/ids.ts";
import { roles } from "../../../store/roles.ts";
import { boundaryPolicyId } from "../boundary.ts";
import { iam } from "../iam.ts";
import { mergeTags } from "../tags.ts";
import { createdRole, roleArn } from "./role.ts";
import { storedTrust } from "./trust-document.ts";

/** Seconds (IAM API reference). */
const defaultSessionDuration = 3_600;

/** What services have for themselves (IAM User Guide, "Service-linked roles"). */
const reservedPath = /^\/aws-service-role\//;

export const CreateRole = iam("CreateRole", {
  resource: (input, call) => ({
    arn: roleArn(call, input.Path ?? "/", input.RoleName),
    conditions:
      input.PermissionsBoundary === undefined ? {} : { "iam:permissionsboundary": [input.PermissionsBoundary] },
  }),

  async handle(input, call) {
    const { quotas } = call.environment;
    if (reservedPath.test(input.Path ?? "/")) {
      // As real accounts report it.
      call.fail(
        "InvalidInputException",
        "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
      );
    }
    const tags = mergeTags(call, [], input.Tags ?? [], quotas.TagsPerRole);
    const trust = await storedTrust(call, input.AssumeRolePolicyDocument);
    if ((await roles.find(call.tx, call.accountId, input.RoleName)) !== undefined) {
      call.fail("EntityAlreadyExistsException", `Role with name ${input.RoleName} already exists.`);
    }
    const boundary = input.PermissionsBoundary;
    const role = {
      account_id: call.accountId,
      role_name: input.RoleName,
      role_id: uniqueId(call.random, "AROA"),
      path: input.Path ?? "/",
      created_at: call.now,
      trust_document: trust,
      description: input.Description ?? null,
      max_session_duration: input.MaxSessionDuration ?? defaultSessionDuration,
      tags,
      permissions_boundary_arn: boundary ?? null,
      permissions_boundary_policy_id: boundary === undefined ? null : await boundaryPolicyId(call, boundary),
      service_name: null,
    };
    await roles.insert(call.tx, role);
    if ((await roles.count(call.tx, call.accountId)) > quotas.RolesPerAccount) {
      call.fail("LimitExceededException", `Cannot exceed quota for RolesPerAccount: ${quotas.RolesPerAccount}`);
    }
    return { Role: await createdRole(call, role) };
  },
});
